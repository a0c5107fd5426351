"""By the source's own identity: twice the same is once."""

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.kit.db import Database
from app.newsroom.articles.models import Revision
from tests.newsroom import Json, Newsroom, paragraph


@pytest.fixture
def world(newsroom: Newsroom) -> Json:
    return newsroom.section("World")


def test_what_a_source_sends_becomes_a_draft(newsroom: Newsroom, world: Json) -> None:
    made = newsroom.send(
        "PUT",
        "/articles/by-external-id/wire/urn:1",
        json={"headline": "Ferry returns", "section": "world"},
    )

    assert (made["state"], made["version"]) == ("draft", 1)
    assert (made["source"], made["external_id"]) == ("wire", "urn:1")
    assert newsroom.send("GET", f"/articles/{made['id']}") == made


@pytest.mark.parametrize(
    "body",
    [
        {"body": [paragraph("One."), paragraph("Two.")]},
        {"body_html": "<h2>Tides</h2><p>One.</p><ul><li>Two</li></ul>"},
        {"body_markdown": "One.\n\n- Two\n- Three"},
        {},
    ],
    ids=["blocks", "html", "markdown", "none"],
)
def test_twice_the_same_is_once(
    newsroom: Newsroom, world: Json, database: Database, body: Json
) -> None:
    path = "/articles/by-external-id/wire/urn:1"
    story = {"headline": "Ferry returns", "section": "world", **body}

    first = newsroom.send("PUT", path, json=story)
    second = newsroom.send("PUT", path, json=story)

    assert second == first
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Revision)) == 1


def test_another_content_is_a_new_revision(newsroom: Newsroom, world: Json) -> None:
    path = "/articles/by-external-id/wire/urn:1"
    story = {"headline": "Ferry returns", "section": "world", "kicker": "Port"}
    first = newsroom.send("PUT", path, json=story)

    second = newsroom.send(
        "PUT", path, json={"headline": "Ferry sinks", "section": "world"}
    )

    assert (second["id"], second["version"]) == (first["id"], 2)
    assert (second["headline"], second["kicker"]) == ("Ferry sinks", None)
    assert second["slug"] == "ferry-returns"


def test_readers_keep_what_was_released(
    newsroom: Newsroom, client: TestClient, world: Json
) -> None:
    path = "/articles/by-external-id/wire/urn:1"
    first = newsroom.send(
        "PUT", path, json={"headline": "Ferry returns", "section": "world"}
    )
    newsroom.publish(first)

    newsroom.send("PUT", path, json={"headline": "Ferry sinks", "section": "world"})

    shown = client.get(f"/v1/articles/{first['id']}").json()
    assert shown["headline"] == "Ferry returns"


def test_one_identity_belongs_to_one_source(newsroom: Newsroom, world: Json) -> None:
    story = {"headline": "Ferry returns", "section": "world"}

    made = [
        newsroom.send("PUT", f"/articles/by-external-id/{path}", json=story)
        for path in ("wire/1", "agency/1", "wire/2")
    ]

    assert len({article["id"] for article in made}) == 3
    assert [article["slug"] for article in made] == [
        "ferry-returns",
        "ferry-returns-2",
        "ferry-returns-3",
    ]


@pytest.mark.parametrize("path", ["wi%20re/1", "wire/%00", "wire/caf%C3%A9"])
def test_what_is_no_identity_is_refused(
    newsroom: Newsroom, world: Json, path: str
) -> None:
    refused = newsroom.request(
        "PUT",
        f"/articles/by-external-id/{path}",
        json={"headline": "X", "section": "world"},
    )

    assert refused.is_client_error
    assert newsroom.send("GET", "/articles")["data"] == []
