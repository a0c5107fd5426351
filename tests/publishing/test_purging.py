"""Purging: of a story that has ended no word is left, in the newsroom either."""

from uuid import UUID

import pytest
from httpx import Response

from app.kit.columns import Base
from app.kit.db import Database
from app.kit.errors import NotFound
from app.publishing.timing import setbacks
from tests.conftest import START
from tests.contract.problems import problem_of
from tests.newsroom import Json, Newsroom, if_match, paragraph
from tests.publishing.searching import tables_with

CANARY = "zqcanary"
WIRE = f"/articles/by-external-id/wire/urn:{CANARY}:1"


def _words(**more: object) -> Json:
    return {
        "headline": f"{CANARY} one",
        "section": "world",
        "standfirst": CANARY,
        "body": [paragraph(f"{CANARY} at length.")],
        "links": [{"url": "https://www.courier.example/", "label": CANARY}],
        **more,
    }


@pytest.fixture
def story(publisher: Newsroom, database: Database) -> Json:
    """A story from a source, that says the canary wherever it was ever kept."""
    publisher.section("World")
    pictures = [
        publisher.send(
            "POST",
            "/media",
            json={
                "kind": "image",
                "url": f"https://images.courier.example/{CANARY}-{number}.jpg",
                "width": 2400,
                "height": 1600,
                "alt": CANARY,
            },
            headers={"Idempotency-Key": f"picture-{number}"},
        )
        for number in range(2)
    ]
    first = publisher.send("PUT", WIRE, json=_words(lead_media=pictures[0]["id"]))
    changes = {"slug": f"{CANARY}-two", "lead_media": pictures[1]["id"], "note": CANARY}
    edited = publisher.edit(first, **changes)
    released = _publish(publisher, edited).json()
    with database.write() as session:
        setback = NotFound(f"/world/{CANARY} is taken.")
        setbacks.note(session, UUID(released["id"]), setback, now=START)
    return publisher.edit(released, headline=f"{CANARY} unreleased")


def _publish(newsroom: Newsroom, article: Json) -> Response:
    headers = if_match(article) | {"Idempotency-Key": "publish"}
    path = f"/articles/{article['id']}/publish"
    return newsroom.request("POST", path, json={"note": CANARY}, headers=headers)


def _stored(database: Database) -> list[str]:
    """Where in the whole database there is a word of it."""
    return tables_with(database, CANARY, Base.metadata.sorted_tables)


def test_a_kill_that_purges_leaves_no_word_but_the_reason(
    publisher: Newsroom, database: Database, story: Json
) -> None:
    kept = {"revisions.content", "media.url", "outcomes.answer", "setbacks.reason"}
    assert kept <= set(_stored(database))

    ended = publisher.verb(story, "kill", reason=f"About {CANARY}", purge=True)

    assert _stored(database) == ["articles.reason"]
    assert (ended["state"], ended["headline"], ended["body"]) == ("killed", "", [])
    assert publisher.send("GET", "/media")["data"] == []


@pytest.mark.parametrize("end", ["kill", "legal"])
def test_what_has_ended_can_be_purged_later(
    publisher: Newsroom, database: Database, story: Json, end: str
) -> None:
    ended = publisher.verb(story, end)
    assert _stored(database)

    once = publisher.verb(ended, "purge")
    twice = publisher.verb(once, "purge")

    assert _stored(database) == []
    assert (twice["state"], twice["slug"]) == (ended["state"], once["slug"])


def test_who_saved_and_released_what_was_purged_stays_known(
    publisher: Newsroom, story: Json
) -> None:
    path = f"/articles/{story['id']}/revisions"
    before = publisher.send("GET", path)["data"]

    publisher.verb(story, "kill", purge=True)

    after = publisher.send("GET", path)["data"]
    assert after == [{**each, "note": None} for each in before]
    assert [each["number"] for each in after] == [3, 2, 1]
    assert publisher.send("GET", f"{path}/1")["content"]["body"] == []


def test_neither_its_source_nor_a_retry_brings_it_back(
    publisher: Newsroom, story: Json
) -> None:
    publisher.verb(story, "kill", purge=True)

    sent_again = publisher.request("PUT", WIRE, json=_words())
    done_again = _publish(publisher, {**story, "version": 2})

    assert problem_of(sent_again)["code"] == "wrong-state"
    assert problem_of(done_again)["code"] == "outcome-gone"


def test_no_new_story_takes_the_slug_of_one_that_was_purged(
    publisher: Newsroom, story: Json
) -> None:
    publisher.verb(story, "kill", purge=True)

    explicit = _words(slug=f"{CANARY}-two")
    refused = publisher.request("POST", "/articles", json=explicit)
    derived = publisher.draft(f"{CANARY} two")

    assert problem_of(refused)["code"] == "slug-taken"
    assert derived["slug"] == f"{CANARY}-two-2"


def test_a_picture_that_another_story_has_outlives_a_purge(
    publisher: Newsroom, story: Json
) -> None:
    other = publisher.draft("Other", lead_media=story["lead_media"])

    publisher.verb(story, "kill", purge=True)

    assert [each["id"] for each in publisher.send("GET", "/media")["data"]] == [
        other["lead_media"]
    ]


def test_to_what_was_purged_nobody_goes_back(publisher: Newsroom, story: Json) -> None:
    ended = publisher.verb(story, "kill", purge=True)
    path = f"/articles/{story['id']}/revert"

    refused = publisher.request(
        "POST", path, json={"revision": 1}, headers=if_match(ended)
    )

    assert problem_of(refused)["code"] == "wrong-state"
