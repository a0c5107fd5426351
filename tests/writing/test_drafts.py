"""Drafts: made, read, listed and deleted, and each save is a revision."""

import re

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.kit.db import Database
from app.newsroom.articles.models import Article, Revision
from tests.conftest import START, Clock
from tests.newsroom import Json, Newsroom, if_match, paragraph


def revisions(database: Database, article: Json) -> list[Revision]:
    """Read what was saved of an article, since no route answers it yet."""
    statement = select(Revision).order_by(Revision.number)
    with database.read() as session:
        rows = list(session.scalars(statement))
        session.expunge_all()
    return [row for row in rows if str(row.article_id) == article["id"]]


def test_a_draft_needs_a_headline_and_a_section(newsroom: Newsroom) -> None:
    section = newsroom.section()

    made = newsroom.request(
        "POST", "/articles", json={"headline": "Ferry returns", "section": "world"}
    )

    assert made.status_code == 201
    draft = made.json()
    assert made.headers["ETag"] == '"v1"'
    assert made.headers["Location"] == (
        f"https://api.courier.example/manage/v1/articles/{draft['id']}"
    )
    assert (draft["state"], draft["version"], draft["revision"]) == ("draft", 1, 1)
    assert (draft["slug"], draft["path"]) == ("ferry-returns", None)
    assert (draft["section"], draft["body"]) == (section["id"], [])
    assert (draft["type"], draft["genre"]) == ("article", "news")
    assert (draft["language"], draft["access"]) == ("en", "free")


@pytest.mark.parametrize("missing", ["headline", "section"])
def test_without_either_there_is_no_draft(newsroom: Newsroom, missing: str) -> None:
    newsroom.section()
    story = {"headline": "Ferry returns", "section": "world"}
    del story[missing]

    refused = newsroom.request("POST", "/articles", json=story)

    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [f"/{missing}"]


def test_a_draft_is_read_by_id_and_slug_with_its_version(newsroom: Newsroom) -> None:
    draft = newsroom.draft("Ferry returns")

    by_id = newsroom.request("GET", f"/articles/{draft['id']}")
    by_slug = newsroom.request("GET", "/articles/ferry-returns")

    assert by_id.json() == by_slug.json() == draft
    assert by_id.headers["ETag"] == '"v1"'
    assert by_id.headers["Cache-Control"] == "no-store"


def test_references_are_written_by_id_slug_or_path(newsroom: Newsroom) -> None:
    europe = newsroom.section("Europe", parent=newsroom.section("World")["id"])
    ada, bo = newsroom.author("Ada"), newsroom.author("Bo")

    draft = newsroom.draft(
        section="/world/europe",
        authors=["bo", ada["id"], "bo"],
        sections=[europe["id"]],
    )

    assert draft["section"] == europe["id"]
    assert draft["authors"] == [bo["id"], ada["id"]]
    assert draft["sections"] == []


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("section", "nowhere", "/section"),
        ("sections", ["world", "nowhere"], "/sections/1"),
        ("authors", ["nobody"], "/authors/0"),
        ("tags", ["trade", "unheard-of", "other"], "/tags/1"),
        ("lead_media", "0198c0de-0000-7000-8000-000000000000", "/lead_media"),
        ("sponsor", "nobody", "/sponsor"),
        ("related", ["nothing"], "/related/0"),
    ],
)
def test_an_unknown_reference_is_refused_where_it_stands(
    newsroom: Newsroom, field: str, value: object, pointer: str
) -> None:
    newsroom.section()
    newsroom.tag()
    story = {"headline": "X", "section": "world", field: value}

    refused = newsroom.request("POST", "/articles", json=story)

    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/unknown-reference")
    assert refused.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    "block",
    [
        {"type": "image", "media_id": "0198c0de-0000-7000-8000-000000000000"},
        {"type": "related", "target_id": "0198c0de-0000-7000-8000-000000000000"},
    ],
)
def test_an_unknown_reference_in_the_body_is_refused(
    newsroom: Newsroom, block: Json
) -> None:
    newsroom.section()
    story = {"headline": "X", "section": "world", "body": [paragraph(), block]}

    refused = newsroom.request("POST", "/articles", json=story)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith("/body")


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("body_html", "<h2>Tides</h2><p>High water at <b>six</b>.</p>"),
        ("body_markdown", "## Tides\n\nHigh water at **six**."),
    ],
)
def test_a_body_is_written_as_html_or_markdown(
    newsroom: Newsroom, field: str, body: str
) -> None:
    story: Json = {"body": None, field: body}

    draft = newsroom.draft(**story)

    assert [(block["type"], block["html"]) for block in draft["body"]] == [
        ("heading", "Tides"),
        ("paragraph", "High water at <strong>six</strong>."),
    ]


def test_a_body_is_given_once(newsroom: Newsroom) -> None:
    newsroom.section()
    story = {"headline": "X", "section": "world", "body": [], "body_html": "<p>X</p>"}

    refused = newsroom.request("POST", "/articles", json=story)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/body_html"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
    ],
)
def test_a_language_tag_is_written_in_the_usual_case(
    newsroom: Newsroom, given: str, kept: str
) -> None:
    assert newsroom.draft(language=given)["language"] == kept


@pytest.mark.parametrize("given", ["english", "en_GB", "", "e"])
def test_what_is_no_language_tag_is_refused(newsroom: Newsroom, given: str) -> None:
    newsroom.section()
    story = {"headline": "X", "section": "world", "language": given}

    refused = newsroom.request("POST", "/articles", json=story)

    assert refused.json()["errors"][0]["pointer"] == "/language"


def test_every_save_is_a_revision(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    draft = newsroom.draft("One", note="From the wire")
    later = clock.advance(hours=1)

    edited = newsroom.edit(draft, headline="Two", note="Sharper")

    assert edited["revision"] == 2
    rows = revisions(database, draft)
    assert [
        (row.number, row.content["headline"], row.saved_at, row.saved_by, row.note)
        for row in rows
    ] == [
        (1, "One", START, "editor", "From the wire"),
        (2, "Two", later, "editor", "Sharper"),
    ]


def test_publishing_is_no_revision(newsroom: Newsroom, database: Database) -> None:
    article = newsroom.published()

    assert (article["revision"], article["released_revision"]) == (1, 1)
    assert len(revisions(database, article)) == 1


def test_a_draft_can_be_deleted_with_all_its_revisions(
    newsroom: Newsroom, database: Database
) -> None:
    draft = newsroom.edit(newsroom.draft(), headline="Two")

    gone = newsroom.request(
        "DELETE", f"/articles/{draft['id']}", headers=if_match(draft)
    )

    assert gone.status_code == 204
    assert newsroom.request("GET", f"/articles/{draft['id']}").status_code == 404
    with database.read() as session:
        assert session.scalars(select(Article)).all() == []
    assert revisions(database, draft) == []


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_readers_have_had_is_not_deleted(
    newsroom: Newsroom, client: TestClient, state: str
) -> None:
    article = newsroom.published()
    if state == "withdrawn":
        article = newsroom.withdraw(article)

    refused = newsroom.request(
        "DELETE", f"/articles/{article['id']}", headers=if_match(article)
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/was-released")
    assert newsroom.send("GET", f"/articles/{article['id']}") == article


def test_the_newsroom_s_list_has_every_state_latest_change_first(
    newsroom: Newsroom, clock: Clock
) -> None:
    published = newsroom.published("Published")
    clock.advance(minutes=1)
    newsroom.withdraw(newsroom.published("Withdrawn"))
    clock.advance(minutes=1)
    newsroom.draft("Draft")
    clock.advance(minutes=1)
    newsroom.edit(published, headline="Published, edited")

    items = newsroom.send("GET", "/articles")["data"]

    assert [(item["headline"], item["state"]) for item in items] == [
        ("Published, edited", "published"),
        ("Draft", "draft"),
        ("Withdrawn", "withdrawn"),
    ]
    assert [item["has_unreleased_changes"] for item in items] == [True, False, False]


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_the_newsroom_s_list_can_be_narrowed_to_a_state(
    newsroom: Newsroom, state: str
) -> None:
    newsroom.draft()
    newsroom.published()
    newsroom.withdraw(newsroom.published())

    items = newsroom.send("GET", "/articles", params={"state": state})["data"]

    assert [item["state"] for item in items] == [state]


def test_an_unknown_state_is_refused_with_those_there_are(newsroom: Newsroom) -> None:
    refused = newsroom.request("GET", "/articles", params={"state": "spiked"})

    [fault] = refused.json()["errors"]
    assert (refused.status_code, fault["parameter"]) == (422, "state")
    assert "withdrawn" in fault["detail"]


def test_the_newsroom_s_list_comes_in_pages(newsroom: Newsroom) -> None:
    made = [newsroom.draft(f"Story {number}")["id"] for number in range(5)]

    first = newsroom.request("GET", "/articles", params={"limit": 3})
    following = first.json()["links"]["next"]
    rest = newsroom.client.get(following, headers=newsroom.headers).json()

    assert re.search(r'rel="next"', first.headers["Link"])
    found = [item["id"] for page in (first.json(), rest) for item in page["data"]]
    assert found == sorted(made, reverse=True)
    assert rest["links"]["next"] is None


def test_state_is_never_written(newsroom: Newsroom) -> None:
    newsroom.section()
    story = {"headline": "X", "section": "world", "state": "published"}

    refused = newsroom.request("POST", "/articles", json=story)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/state"
