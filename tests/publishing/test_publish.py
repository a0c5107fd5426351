"""Publishing: one transaction, and the article is everywhere it belongs."""

from typing import Any

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from app.content.words import fts5_match, questions, tsquery
from app.delivery.store.models import SearchEntry, Version
from app.kit.db import Database
from tests.conftest import START
from tests.newsroom import Newsroom
from tests.publishing.backstage import events, log, position

NOW = START.isoformat().replace("+00:00", "Z")


@pytest.fixture
def story(newsroom: Newsroom) -> dict[str, Any]:
    """A draft that stands in every kind of list."""
    newsroom.section("World")
    newsroom.section("Europe", parent="world")
    newsroom.section("Business")
    newsroom.author("Ada Reed")
    newsroom.tag("Trade")
    lead = newsroom.media()
    return newsroom.draft(
        "Ferries are returning",
        section="world/europe",
        sections=["business"],
        authors=["ada-reed"],
        tags=["trade"],
        lead_media=lead["id"],
        genre="analysis",
        type="gallery",
        language="en-GB",
        access="registered",
    )


LISTS = [
    {},
    {"section": "world/europe"},
    {"section": "world"},
    {"section": "business"},
    {"author": "ada-reed"},
    {"tag": "trade"},
    {"genre": "analysis"},
    {"type": "gallery"},
    {"language": "en-GB"},
    {"access": "registered"},
]


def ids(client: TestClient, **params: str) -> list[str]:
    page = client.get("/v1/articles", params=params).json()
    return [article["id"] for article in page["data"]]


def test_a_draft_is_nowhere(
    client: TestClient, story: dict[str, Any], database: Database
) -> None:
    path = "/world/europe/ferries-are-returning"

    assert client.get(f"/v1/articles/{story['id']}").status_code == 404
    assert client.get("/v1/articles/ferries-are-returning").status_code == 404
    assert [ids(client, **params) for params in LISTS] == [[]] * len(LISTS)
    assert client.get("/v1/resolve", params={"path": path}).json()["status"] == (
        "unknown"
    )
    assert client.get("/v1/authors/ada-reed").status_code == 404
    assert not any(event.startswith("article.") for event in events(database))


def test_a_published_article_answers_by_id_and_by_slug(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any]
) -> None:
    published = newsroom.publish(story)

    by_id = client.get(f"/v1/articles/{story['id']}")
    by_slug = client.get("/v1/articles/ferries-are-returning")

    assert by_id.content == by_slug.content
    shown = by_id.json()
    assert shown["path"] == published["path"] == "/world/europe/ferries-are-returning"
    assert shown["url"] == f"https://www.courier.example{shown['path']}"
    assert (shown["version"], shown["change"]) == (1, "published")
    assert shown["published_at"] == shown["updated_at"] == NOW
    assert (published["state"], published["has_unreleased_changes"]) == (
        "published",
        False,
    )


def test_a_published_article_stands_in_every_list_it_belongs_to(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any]
) -> None:
    newsroom.publish(story)

    assert [ids(client, **params) for params in LISTS] == [[story["id"]]] * len(LISTS)


def test_a_published_article_names_what_it_refers_to(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any]
) -> None:
    newsroom.publish(story)

    shown = client.get(f"/v1/articles/{story['id']}").json()

    assert shown["section"]["path"] == "/world/europe"
    assert [each["path"] for each in shown["sections"]] == [
        "/world/europe",
        "/business",
    ]
    assert [each["name"] for each in shown["authors"]] == ["Ada Reed"]
    assert shown["byline"] == "Ada Reed"
    assert [(each["slug"], each["kind"]) for each in shown["tags"]] == [
        ("trade", "topic")
    ]
    assert shown["lead_media"]["alt"] == "The quay"


def test_a_published_path_resolves(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any]
) -> None:
    path = newsroom.publish(story)["path"]

    found = client.get("/v1/resolve", params={"path": path}).json()

    assert found == {
        "status": "found",
        "http_status": 200,
        "location": path,
        "reason": None,
        "note": None,
        "kind": "article",
        "id": story["id"],
    }


def test_publishing_makes_public_whom_the_article_names(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any], database: Database
) -> None:
    before = position(database)

    newsroom.publish(story)

    assert client.get("/v1/authors/ada-reed").status_code == 200
    assert client.get("/v1/tags/trade").status_code == 200
    assert client.get(f"/v1/media/{story['lead_media']}").status_code == 200
    assert sorted(events(database, before)) == [
        "article.published",
        "author.created",
        "media.created",
        "tag.created",
    ]


def test_the_log_row_says_what_was_published(
    newsroom: Newsroom, story: dict[str, Any], database: Database
) -> None:
    newsroom.publish(story)

    [row] = [row for row in log(database) if row.event == "article.published"]

    assert (row.kind, str(row.resource_id)) == ("article", story["id"])
    assert (row.version, row.change, row.at) == (1, "published", START)
    assert (row.path, row.paths) == ("/world/europe/ferries-are-returning", [])
    assert row.facets_before == []
    # Everything; two sections and an ancestor; author, tag, picture; and the four
    # closed lists.
    assert len(row.facets_after) == 11


def test_the_log_names_the_keys_of_every_list_and_of_the_path(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any], database: Database
) -> None:
    path = "/world/europe/ferries-are-returning"
    asked: list[tuple[str, dict[str, str]]] = [
        ("/v1/resolve", {"path": path}),
        ("/v1/articles", {"ids": story["id"]}),
        *(("/v1/articles", params) for params in LISTS),
    ]
    answers = [client.get(url, params=params) for url, params in asked]

    before = position(database)

    newsroom.publish(story)

    named = {key for row in log(database, before) for key in row.keys}
    for answer in answers:
        assert set(answer.headers["Surrogate-Key"].split()) & named, answer.url


def test_log_positions_are_contiguous(
    newsroom: Newsroom, story: dict[str, Any], database: Database
) -> None:
    newsroom.withdraw(newsroom.publish(story))

    positions = [row.position for row in log(database)]

    assert positions == list(range(1, len(positions) + 1))


def test_the_release_is_kept_as_a_version(
    newsroom: Newsroom, client: TestClient, story: dict[str, Any], database: Database
) -> None:
    newsroom.publish(story, note="First edition")

    with database.read() as session:
        [version] = session.scalars(select(Version)).all()

    assert str(version.article_id) == story["id"]
    assert (version.version, version.change) == (1, "published")
    assert (version.at, version.note) == (START, "First edition")
    assert version.detail == client.get(f"/v1/articles/{story['id']}").content


def found_by(database: Database, words: str) -> list[str]:
    """Ask the engine itself."""
    asked = questions(words, ["en"])
    if database.is_sqlite:
        match = fts5_match(asked)
        query = "SELECT rowid FROM search_index WHERE search_index MATCH :match"
    else:
        match = tsquery(asked)
        query = (
            "SELECT number FROM search_entries WHERE vector @@ CAST(:match AS tsquery)"
        )
    with database.read() as session:
        numbers = session.scalars(text(query), {"match": match}).all()
        entries = select(SearchEntry.id).where(SearchEntry.number.in_(numbers))
        return [str(article_id) for article_id in session.scalars(entries)]


@pytest.mark.parametrize("words", ["ferry returned", "REED", "trading", "monday came"])
def test_a_published_article_is_found_by_other_forms_of_its_words(
    newsroom: Newsroom, story: dict[str, Any], database: Database, words: str
) -> None:
    newsroom.publish(story)

    assert found_by(database, words) == [story["id"]]


def test_search_words_follow_each_release_and_leave_with_a_withdrawal(
    newsroom: Newsroom, database: Database
) -> None:
    article = newsroom.published("Herring prices rise")
    edited = newsroom.edit(article, headline="Sprat prices rise")
    assert found_by(database, "sprats") == []

    republished = newsroom.publish(edited)
    assert found_by(database, "herrings") == []
    assert len(found_by(database, "sprats")) == 1

    newsroom.withdraw(republished)
    assert found_by(database, "sprats") == []
    with database.read() as session:
        assert session.scalars(select(SearchEntry)).all() == []


def test_the_same_headline_twice_makes_two_addresses(
    newsroom: Newsroom, client: TestClient
) -> None:
    first, second = newsroom.published("Frost"), newsroom.published("Frost")

    assert [first["path"], second["path"]] == ["/world/frost", "/world/frost-2"]
    assert client.get("/v1/articles/frost-2").json()["id"] == second["id"]
