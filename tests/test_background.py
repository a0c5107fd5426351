"""The thread beside the answers: it refreshes, outlives errors, and ends when told."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from starlette.testclient import TestClient

from app.background import Background, Loop
from app.changes import reading
from app.changes.reading import Extent
from app.edge.purging.models import PurgePlace
from app.edge.purging.waking import Waking
from app.kit.clock import Clock
from app.kit.db import Database
from app.kit.settings import Settings
from app.publishing.models import Refresh
from tests.conftest import START
from tests.edge.caches import fake_cache
from tests.newsroom import Newsroom

SETTINGS = Settings(
    api_url="https://api.courier.example",
    site_url="https://www.courier.example",
    site_name="The Courier",
)


@contextmanager
def _running(
    database: Database, clock: Clock = lambda: START, *, settings: Settings = SETTINGS
) -> Iterator[Background]:
    background = Background(database, settings, clock)
    background.start()
    try:
        yield background
    finally:
        background.stop()


def _comes_true(condition: Callable[[], bool], *, within: float = 20) -> bool:
    deadline = time.monotonic() + within
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def _byline(client: TestClient, article_id: str) -> str:
    shown = client.get(f"/v1/articles/{article_id}").json()
    return str(shown["authors"][0]["name"])


def _waiting(database: Database) -> list[Refresh]:
    with database.read_primary() as session:
        return list(session.scalars(select(Refresh)))


def _places(database: Database) -> list[PurgePlace]:
    with database.read_primary() as session:
        return list(session.scalars(select(PurgePlace)))


def test_a_renamed_author_stands_renamed_on_her_stories(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    author = newsroom.author("Ada Reed")
    story = newsroom.published(authors=["ada-reed"])

    with _running(database):
        newsroom.patch("authors", author, name="Ada Reed-Marsh")

        assert _comes_true(lambda: _byline(client, story["id"]) == "Ada Reed-Marsh")
        assert _comes_true(lambda: _waiting(database) == [])


def test_a_database_that_was_away_is_worked_on_when_it_is_back(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> None:
    author = newsroom.author("Ada Reed")
    story = newsroom.published(authors=["ada-reed"])
    newsroom.patch("authors", author, name="Ada Reed-Marsh")
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE refreshes RENAME TO refreshes_away"))

    with caplog.at_level(logging.WARNING), _running(database):
        noticed = _comes_true(lambda: "trying again" in caplog.text)
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE refreshes_away RENAME TO refreshes"))

        assert noticed
        assert _comes_true(lambda: _byline(client, story["id"]) == "Ada Reed-Marsh")


def test_a_nearer_time_wakes_the_release_loop(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    alarm: threading.Event = client.app.state.alarm  # type: ignore[attr-defined]
    draft = newsroom.draft()
    alarm.clear()

    newsroom.schedule(draft, publish_at="2026-11-23T10:00:00Z")

    assert alarm.is_set()
    woken = Loop("test", lambda _: 3600.0, longest=1.0, wake=alarm)
    woken.start()
    assert _comes_true(lambda: not alarm.is_set())
    woken.tell_to_stop()
    woken.wait_for_end()
    assert not woken.is_running


def test_a_scheduled_story_goes_out_by_itself(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    draft = newsroom.draft()
    newsroom.schedule(draft, publish_at="2026-11-23T10:00:00Z")

    def is_public() -> bool:
        return bool(client.get(f"/v1/articles/{draft['id']}").is_success)

    with _running(database):
        clock.advance(hours=1)  # type: ignore[attr-defined]

        assert _comes_true(is_public)


def test_what_is_old_in_the_log_is_forgotten_by_itself(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    newsroom.published()

    def is_forgotten() -> bool:
        with database.read() as session:
            return reading.extent(session) == Extent(floor=2, head=2)

    # By the database's clock: that of the process is wrong.
    with _running(database, lambda: START + timedelta(days=365)):
        clock.advance(days=30)  # type: ignore[attr-defined]
        assert not _comes_true(is_forgotten, within=1)
        clock.advance(days=1)  # type: ignore[attr-defined]
        assert _comes_true(is_forgotten)


def test_a_cache_in_front_is_told_by_itself(
    newsroom: Newsroom, database: Database
) -> None:
    with fake_cache() as cache:
        settings = SETTINGS.model_copy(update={"purge_urls": (cache.url,)})
        with _running(database, settings=settings) as background:
            assert _comes_true(lambda: len(_places(database)) == 2)
            tag = newsroom.tag(listed=True)
            Waking(background.bells).forget()

            assert _comes_true(lambda: f"tag:{tag['id']}" in cache.dropped)


def test_an_idle_thread_ends_at_once(database: Database) -> None:
    with _running(database) as background:
        assert background.is_running

    assert not background.is_running


def test_stopping_ends_after_the_batch_at_hand_and_keeps_the_rest_for_later(
    newsroom: Newsroom, database: Database
) -> None:
    author = newsroom.author("Ada Reed")
    for number in range(21):
        newsroom.published(f"Story {number}", authors=["ada-reed"])
    newsroom.patch("authors", author, name="Ada Reed-Marsh")
    working = threading.Event()

    def slow_clock() -> datetime:
        working.set()
        time.sleep(0.5)
        return START

    with _running(database, slow_clock) as background:
        assert working.wait(20)

    assert not background.is_running
    assert len(_waiting(database)) == 1
