"""Ending a story while others are at work: it stays ended, and waits for none."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import httpx
import pytest
from httpx import Response
from sqlalchemy import select

from app.access.roles import Role
from app.changes.models import Change
from app.delivery.store.models import Address, Document, Listing, SearchEntry, Version
from app.kit.db import Database
from app.kit.patches import checked
from app.newsroom.articles.adding import NewStory
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCreate
from app.publishing import archiving, refreshing
from app.publishing.archiving import ArchivedStory
from app.publishing.desk import Desk
from app.publishing.remedies import killing
from app.publishing.remedies.killing import Grounds
from tests.conftest import START, on_postgresql
from tests.newsroom import Json
from tests.prove.figures import engine_of, report, size
from tests.reliability.crew import Crew, at_once

ROUNDS = size(25, long=1000)
LOST_RACE = (200, 409, 412)

Desks = Callable[[], Desk]


@pytest.fixture
def chief(
    served_at: str, database: Database, make_key: Callable[[Role], str]
) -> Iterator[Crew]:
    """Somebody who may end stories."""
    headers = {"Authorization": f"Bearer {make_key(Role.publisher)}"}
    with httpx.Client(base_url=served_at, headers=headers, timeout=30) as client:
        yield Crew(client)


def _kill(chief: Crew, story: Json) -> Response:
    return chief.send("POST", f"/articles/{story['id']}/kill", {"note": "Gone."})


def test_a_killed_story_stays_killed_whatever_is_done_meanwhile(
    crew: Crew, chief: Crew, database: Database
) -> None:
    section = crew.make("/sections", name="World")["id"]
    faults: list[str] = []
    for number in range(ROUNDS):
        story = crew.draft(f"Ferry {number}", section=section)
        if number % 2:
            story = dict(crew.publish(story).json())

        killed, *others = at_once(
            [
                partial(_kill, chief, story),
                partial(crew.publish, story),
                partial(crew.change, "articles", story, kicker="Port"),
            ]
        )

        assert killed.status_code == 200
        assert {answer.status_code for answer in others} <= set(LOST_RACE)
        faults += _revived(crew, database, story)

    failures = len(faults)
    report("kill races", engine_of(database), iterations=ROUNDS, failures=failures)
    assert faults == []
    _assert_nothing_is_left(database)


def test_a_kill_that_looks_before_it_is_its_turn_is_caught(
    crew: Crew, database: Database, desk: Desks
) -> None:
    section = crew.make("/sections", name="World")["id"]
    story = crew.draft("Ferry", section=section)
    with database.read() as session:
        seen = session.get_one(Article, UUID(story["id"]))

    crew.publish(story)
    with database.write() as session:
        article = session.merge(seen, load=False)
        killing.end(session, article, "kill", Grounds(note="Gone."), desk())

    assert list(_revived(crew, database, story)) != []


def test_a_kill_comes_between_two_steps_of_a_refresh(
    crew: Crew, chief: Crew, database: Database, desk: Desks
) -> None:
    section = crew.make("/sections", name="World")["id"]
    author = crew.make("/authors", name="Ada Reed")
    named = {"section": section, "authors": [author["id"]]}
    first, *_ = [
        crew.publish(crew.draft(f"Story {number}", **named)).json()
        for number in range(refreshing.BATCH + 1)
    ]
    crew.change("authors", author, name="Ada Read")
    paused, killed = threading.Event(), threading.Event()

    def pause(_seconds: float) -> None:
        paused.set()
        assert killed.wait(timeout=30)

    refresh = threading.Thread(
        target=lambda: refreshing.run_pending(database, desk, pause=pause)
    )
    refresh.start()
    assert paused.wait(timeout=30)
    answer = _kill(chief, first)
    killed.set()
    refresh.join()

    assert answer.status_code == 200
    with database.read() as session:
        log = select(Change.event).order_by(Change.position)
        events = list(session.scalars(log))
    assert "article.refreshed" in events[: events.index("article.killed")]
    assert _events(database, first)[-1] == "article.killed"


@on_postgresql  # SQLite has one writer at a time: the batch at hand is awaited
def test_a_kill_does_not_wait_for_an_archive_to_be_loaded(
    crew: Crew, chief: Crew, database: Database, desk: Desks
) -> None:
    section = crew.make("/sections", name="World")["id"]
    story = crew.publish(crew.draft("Ferry", section=section)).json()
    stories = [
        ArchivedStory(
            story=NewStory(
                data=checked(
                    ArticleCreate, {"headline": f"Old {number}", "section": section}
                ),
                source="archive",
                external_id=str(number),
            ),
            published_at=START - timedelta(days=number),
        )
        for number in range(20)
    ]

    with database.write() as session:
        archived = [each.id for each in archiving.publish(session, stories, desk())]
        answer = _kill(chief, story)

    assert answer.status_code == 200
    with database.read() as session:
        log = select(Change.resource_id).order_by(Change.position)
        order = list(session.scalars(log))
    assert order[-21:] == [order[-21], *archived]
    assert str(order[-21]) == story["id"]


def _revived(crew: Crew, database: Database, story: Json) -> Iterator[str]:
    """Say what became of a story that was killed, if it is not gone for everybody."""
    article = crew.read(f"/articles/{story['id']}")
    if article["state"] != "killed":
        yield f"{article['state']}: {story['id']}"
    was_public = article["release"] > 0
    public = crew.client.get(f"/v1/articles/{story['id']}")
    if public.status_code != (410 if was_public else 404):
        yield f"answered {public.status_code}: {story['id']}"
    last = _events(database, story)[-1:]
    if last != (["article.killed"] if was_public else []):
        yield f"told last of {last}: {story['id']}"


def _events(database: Database, story: Json) -> list[str]:
    with database.read() as session:
        log = select(Change.resource_id, Change.event).order_by(Change.position)
        rows = session.execute(log).all()
    return [row.event for row in rows if str(row.resource_id) == story["id"]]


def _assert_nothing_is_left(database: Database) -> None:
    """Look for a story in every table that readers get something from."""
    stories = select(Document.id).where(Document.kind == "article")
    addresses = select(Address.text).where(
        Address.kind == "article", Address.text.is_not(None)
    )
    with database.read() as session:
        for left in (
            stories,
            addresses,
            select(Listing.id),
            select(SearchEntry.id),
            select(Version.article_id),
        ):
            assert session.scalars(left).all() == []
