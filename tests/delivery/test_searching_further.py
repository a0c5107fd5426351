"""Beside what was found: how it is spread, and what else may have been meant."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import refusal
from tests.newsroom import Json, Newsroom, paragraph


@pytest.fixture(scope="module")
def client(lasting_newsroom: Newsroom) -> Iterator[TestClient]:
    """Anybody who looks for something in four stories, and in none that is hidden."""
    desk = lasting_newsroom
    world = desk.section("World")
    desk.section("Europe", parent=world["id"])
    for name in ("Ada", "Bo"):
        desk.author(name)
    desk.tag("Ports")
    for number, (section, author, text) in enumerate(
        [
            ("world", "ada", "The ferry came back to the harbour."),
            ("world/europe", "ada", "A ferry waits in the harbour for its captain."),
            ("world/europe", "bo", "The ferry and the Häuser of the captain."),
            ("world", "bo", "The bridge is shut."),
        ],
        start=1,
    ):
        desk.published(
            f"Story {number}",
            section=section,
            authors=[author],
            tags=["ports"] if number == 1 else [],
            type="gallery" if number == 2 else "article",
            body=[paragraph(text)],
            published_at=f"{2027 - number}-05-01T06:00:00Z"
            if number > 1
            else "2026-05-01T06:00:00Z",
        )
    desk.draft("Zeppelin", body=[paragraph("A zeppelin nobody has seen.")])
    return desk.client


def meta(client: TestClient, q: str, **more: str) -> Json:
    answer = client.get("/v1/search", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["meta"])


def spread(client: TestClient, q: str, facet: str, **more: str) -> dict[str, int]:
    counts = meta(client, q, facets=facet, **more)["facets"][facet]
    return {each["name"] or each["value"]: each["count"] for each in counts}


def test_what_was_found_is_counted_by_each_facet(client: TestClient) -> None:
    assert spread(client, "ferry", "section") == {"World": 3, "Europe": 2}
    assert spread(client, "ferry", "author") == {"Ada": 2, "Bo": 1}
    assert spread(client, "ferry", "tag") == {"Ports": 1}
    assert spread(client, "ferry", "type") == {"article": 2, "gallery": 1}
    assert spread(client, "ferry", "year") == {"2024": 1, "2025": 1, "2026": 1}


def test_other_filters_narrow_what_is_counted(client: TestClient) -> None:
    more = {"section": "world/europe", "author": "bo"}

    assert spread(client, "ferry", "author", **more) == {"Bo": 1}
    assert spread(client, "ferry", "type", section="nowhere") == {}


def test_a_value_is_what_the_filter_of_that_name_takes(client: TestClient) -> None:
    [bo] = [
        each
        for each in meta(client, "ferry", facets="author")["facets"]["author"]
        if each["name"] == "Bo"
    ]

    assert bo["path"] == "/authors/bo"
    found = client.get(f"/v1/search?q=ferry&author={bo['value']}").json()["data"]
    assert len(found) == bo["count"]


def test_facets_are_not_counted_unasked_and_unknown_ones_are_refused(
    client: TestClient,
) -> None:
    assert "facets" not in meta(client, "ferry")
    fault = refusal(client, "q=ferry&facets=colour", "/v1/search")
    assert fault["parameter"] == "facets"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fery", "ferry"),
        ("ferrry", "ferry"),
        ("fwrry", "ferry"),
        ("frery", "ferry"),
        ("Harbuor", "harbour"),
        ("ferry harbuor", "ferry harbour"),
        ("captin bridge", "captain bridge"),
        ("hauxer", "häuser"),
        # Both are somewhere, only not together: nothing is misspelt.
        ("bridge captain", None),
        ("ferry", None),
        ("xyzzyx", None),
        ("fer", None),
        ("zepelin", None),
        ("ueds", None),
        ("", None),
        ('"', None),
        ("a b c d e f", None),
    ],
)
def test_what_is_a_letter_away_is_proposed(
    client: TestClient, typed: str, meant: str | None
) -> None:
    assert meta(client, typed)["did_you_mean"] == meant
