"""What readers got of an article earlier: its releases, and what each changed."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.conftest import START, Clock
from tests.delivery.reading import page, refusal, walk
from tests.newsroom import Json, Newsroom, paragraph


@pytest.fixture(scope="module")
def told(lasting_newsroom: Newsroom, session_clock: Clock) -> dict[str, Json]:
    """A story of three releases; from the second on it leads to another."""
    newsroom = lasting_newsroom
    target = newsroom.published("A scandal", slug="scandal")
    first = newsroom.published(
        "Ferry returns",
        slug="ferry",
        body=[
            {**paragraph("It came."), "id": "p1"},
            {**paragraph("Late."), "id": "p2"},
        ],
    )
    session_clock.advance(hours=1)
    body = [
        {**paragraph("It came back."), "id": "p1"},
        {"type": "related", "id": "r1", "target_id": target["id"]},
    ]
    second = newsroom.publish(newsroom.edit(first, body=body), note="A second look.")
    session_clock.advance(hours=1)
    edited = newsroom.edit(second, headline="Ferry is back", slug="ferry-back")
    third = newsroom.publish(edited, minor=True)
    return {"target": target, "story": third}


@pytest.fixture
def reader(lasting_newsroom: Newsroom) -> TestClient:
    return lasting_newsroom.client


def test_the_releases_of_an_article_are_listed_latest_first(
    reader: TestClient, told: dict[str, Json]
) -> None:
    path = f"/v1/articles/{told['story']['id']}/versions"

    listed = page(reader, path=path)["data"]

    assert listed == [
        {"version": 3, "at": "2026-11-23T11:00:00Z", "change": "minor", "note": None},
        {
            "version": 2,
            "at": "2026-11-23T10:00:00Z",
            "change": "updated",
            "note": "A second look.",
        },
        {
            "version": 1,
            "at": "2026-11-23T09:00:00Z",
            "change": "published",
            "note": None,
        },
    ]
    pages = walk(reader, "limit=1", path)
    assert [item for each in pages for item in each["data"]] == listed


def test_a_version_is_the_article_as_it_was_then(
    reader: TestClient, told: dict[str, Json]
) -> None:
    first = reader.get("/v1/articles/ferry-back/versions/1")
    now = reader.get("/v1/articles/ferry-back").json()

    assert first.json().keys() == now.keys()
    told_then = ("Ferry returns", "ferry", 1)
    assert tuple(first.json()[f] for f in ("headline", "slug", "version")) == told_then
    assert [block["text"] for block in first.json()["body"]] == ["It came.", "Late."]
    assert reader.get("/v1/articles/ferry-back/versions/3").json() == now
    cached = {"If-None-Match": first.headers["ETag"]}
    again = reader.get("/v1/articles/ferry-back/versions/1", headers=cached)
    assert again.status_code == 304
    assert f"article:{told['story']['id']}" in first.headers["Surrogate-Key"].split()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("number", ["4", "999999999"])
def test_a_version_that_never_was_is_not_found(reader: TestClient, number: str) -> None:
    answer = reader.get(f"/v1/articles/ferry-back/versions/{number}")

    assert answer.status_code == 404


@pytest.mark.usefixtures("told")
def test_the_difference_of_two_versions_is_told_by_field_and_block(
    reader: TestClient,
) -> None:
    path = "/v1/articles/ferry-back/diff"

    whole = reader.get(path, params={"from": 1, "to": 3}).json()
    latest = reader.get(path).json()

    assert [each["name"] for each in whole["fields"]] == ["headline", "slug"]
    changes = {each["id"]: each["change"] for each in whole["blocks"]}
    assert (changes["p1"], changes["p2"]) == ("changed", "removed")
    assert (latest["from_version"], latest["to_version"]) == (2, 3)
    assert (len(latest["fields"]), latest["blocks"]) == (2, [])
    assert refusal(reader, "from=9", path)["parameter"] == "from"


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("after", "version"), [(-1, None), (0, 1), (3599, 1), (3600, 2), (86400, 3)]
)
def test_an_article_is_read_as_it_stood_at_a_time(
    reader: TestClient, after: int, version: int | None
) -> None:
    at = (START + timedelta(seconds=after)).isoformat()

    answer = reader.get("/v1/articles/ferry-back", params={"at": at})

    assert answer.status_code == (200 if version else 404)
    assert answer.json().get("version") == version


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_an_earlier_body_comes_in_every_form(reader: TestClient, form: str) -> None:
    query = {"at": "2026-11-23T12:00:00Z", "body": form}

    then = reader.get("/v1/articles/ferry-back", params=query).json()

    now = reader.get("/v1/articles/ferry-back", params={"body": form}).json()
    assert then == now


@pytest.mark.usefixtures("told")
def test_an_earlier_version_leads_to_what_readers_get_now(reader: TestClient) -> None:
    version = reader.get("/v1/articles/ferry-back/versions/2")

    card = version.json()["body"][1]["article"]
    assert card["headline"] == "A scandal"
    assert f"article:{card['id']}" in version.headers["Surrogate-Key"].split()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("rest", ["versions?limit=2", "versions/1", "diff?from=1"])
def test_the_past_of_an_old_slug_is_where_the_article_is_now(
    reader: TestClient, rest: str
) -> None:
    moved = reader.get(f"/v1/articles/ferry/{rest}", follow_redirects=False)

    assert moved.status_code == 308
    api = "https://api.courier.example/v1/articles"
    assert moved.headers["Location"] == f"{api}/ferry-back/{rest}"
