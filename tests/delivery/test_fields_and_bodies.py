"""`fields` picks from an answer, and `body` says in which form the story comes."""

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import page, refusal
from tests.newsroom import Newsroom, paragraph

BODY = [
    {"type": "heading", "level": 2, "html": "Tides"},
    paragraph("High water at <strong>six</strong>."),
    {"type": "list", "style": "unordered", "items": [{"html": "North"}]},
]


@pytest.fixture(scope="module")
def paper(lasting_newsroom: Newsroom) -> Newsroom:
    """One story with an author and a body of several blocks."""
    lasting_newsroom.author("Ada Reed", role="Editor")
    lasting_newsroom.author("Bo Lind")
    lasting_newsroom.published(
        "High water", slug="tide", body=BODY, authors=["ada-reed", "bo-lind"]
    )
    return lasting_newsroom


@pytest.fixture
def client(paper: Newsroom) -> TestClient:
    """Anybody who reads it."""
    return paper.client


def test_fields_pick_what_is_named(client: TestClient) -> None:
    shown = client.get(
        "/v1/articles/tide?fields=headline,section.name,authors.name,lead_media.alt"
    ).json()

    assert shown == {
        "headline": "High water",
        "section": {"name": "World"},
        "authors": [{"name": "Ada Reed"}, {"name": "Bo Lind"}],
        "lead_media": None,
    }


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("authors.name,authors.role", {"name", "role"}),
        ("authors,authors.name", {"id", "slug", "name", "path", "role", "portrait"}),
        ("authors.name,authors", {"id", "slug", "name", "path", "role", "portrait"}),
    ],
)
def test_a_whole_field_is_more_than_a_part_of_it(
    client: TestClient, asked: str, keys: set[str]
) -> None:
    shown = client.get(f"/v1/articles/tide?fields={asked}").json()

    assert shown["authors"][0].keys() == keys


def test_fields_pick_from_every_item_of_a_list(client: TestClient) -> None:
    answer = page(client, "fields=slug,tags.name")

    assert answer["data"] == [{"slug": "tide", "tags": []}]
    assert answer["meta"] == {"limit": 20}


def test_lists_carry_a_body_when_fields_ask_for_it(client: TestClient) -> None:
    [item] = page(client, "fields=slug,body,seo.title")["data"]

    whole = client.get("/v1/articles/tide").json()
    assert item == {
        "slug": "tide",
        "body": whole["body"],
        "seo": {"title": "High water"},
    }


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("headlin", "headline"),
        ("headline,sectoin", "section"),
        ("section.nam", "name"),
        ("authors.nme", "name"),
        ("seo.titel", "title"),
        ("lead_media.credits", "credit"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/articles", "/v1/articles/tide"])
def test_an_unknown_field_is_refused_with_the_nearest(
    client: TestClient, path: str, asked: str, near: str
) -> None:
    fault = refusal(client, f"fields={asked}", path)

    assert fault["parameter"] == "fields"
    assert f"Did you mean {near}?" in fault["detail"]


@pytest.mark.parametrize(
    "asked", ["", "headline,", "headline.text", "revision", "state", "."]
)
def test_what_is_no_field_is_refused(client: TestClient, asked: str) -> None:
    assert refusal(client, f"fields={asked}")["parameter"] == "fields"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("html", "<strong>six</strong>"),
        ("markdown", "**six**"),
        ("text", "High water at six."),
    ],
)
def test_a_body_comes_in_the_form_that_is_asked_for(
    client: TestClient, form: str, text: str
) -> None:
    shown = client.get(f"/v1/articles/tide?body={form}").json()

    assert shown["body"] == []
    assert text in shown[f"body_{form}"]
    others = {"body_html", "body_markdown", "body_text"} - {f"body_{form}"}
    assert [shown[name] for name in others] == [None, None]


def test_a_body_is_blocks_unless_asked_otherwise(client: TestClient) -> None:
    shown = client.get("/v1/articles/tide").json()

    assert shown == client.get("/v1/articles/tide?body=blocks").json()
    assert [block["type"] for block in shown["body"]] == [
        "heading",
        "paragraph",
        "list",
    ]
    assert shown["body"][1]["text"] == "High water at six."
    names = ("body_html", "body_markdown", "body_text")
    assert [shown[name] for name in names] == [None] * 3


def test_a_form_is_the_same_article_otherwise(client: TestClient) -> None:
    blocks = client.get("/v1/articles/tide").json()

    html = client.get("/v1/articles/tide?body=html").json()

    assert {**html, "body": blocks["body"], "body_html": None} == blocks


def test_fields_pick_from_a_form(client: TestClient) -> None:
    shown = client.get("/v1/articles/tide?body=text&fields=body_text").json()

    assert shown.keys() == {"body_text"}
    assert shown["body_text"].startswith("Tides")


def test_every_form_has_its_own_entity_tag(client: TestClient) -> None:
    queries = ("", "?body=html", "?body=markdown", "?body=text", "?fields=headline")

    tags = [
        client.get(f"/v1/articles/tide{query}").headers["ETag"] for query in queries
    ]

    assert len(set(tags)) == len(queries)


@pytest.mark.parametrize("form", ["pdf", "HTML", ""])
def test_an_unknown_form_is_refused(client: TestClient, form: str) -> None:
    fault = refusal(client, f"body={form}", "/v1/articles/tide")

    assert fault["parameter"] == "body"
