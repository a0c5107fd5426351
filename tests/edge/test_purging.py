"""Caches in front are told of every change: in order, at least once, kills first."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from app.changes import log
from app.changes.log import Entry
from app.changes.models import Change, StreamPosition
from app.edge.purging import places
from app.edge.purging.endpoints import Endpoint
from app.edge.purging.following import Purger
from app.edge.purging.lanes import CHANGES, LANES, TAKEDOWNS, Lane
from app.edge.purging.models import PurgePlace
from app.kit.db import Database
from tests.conftest import Clock
from tests.edge.caches import FakeCache, drain, fake_cache
from tests.newsroom import Json, Newsroom


@pytest.fixture
def cache() -> Iterator[FakeCache]:
    with fake_cache() as running:
        yield running


class Follower:
    """Both lanes to one cache, as a process has them."""

    def __init__(self, database: Database, endpoint: Endpoint):
        self.lanes = {lane: Purger(database, endpoint, lane) for lane in LANES}
        self.follow()

    def follow(self, *lanes: Lane) -> None:
        """Let lanes work until they rest; without a name, both."""
        for lane in lanes or LANES:
            drain(self.lanes[lane])

    def close(self) -> None:
        for purger in self.lanes.values():
            purger.close()


@pytest.fixture
def follower(database: Database, cache: FakeCache) -> Iterator[Follower]:
    follower = Follower(database, cache.endpoint)
    yield follower
    follower.close()


def _logged(database: Database, event: str) -> Change:
    with database.read() as session:
        return session.scalars(select(Change).where(Change.event == event)).one()


def _place(database: Database, lane: Lane = CHANGES) -> PurgePlace:
    with database.read() as session:
        found = select(PurgePlace).where(PurgePlace.lane == lane.name)
        return session.scalars(found.order_by(PurgePlace.endpoint)).one()


def test_a_change_is_purged_softly_by_the_keys_that_the_log_names(
    newsroom: Newsroom, database: Database, cache: FakeCache, follower: Follower
) -> None:
    newsroom.published()

    follower.follow()

    row = _logged(database, "article.published")
    (told,) = cache.told
    assert (told.method, told.is_soft) == ("PURGE", True)
    assert set(row.keys) <= set(told.keys)
    assert told.headers["broadsheet-position"] == str(row.position)


def test_what_a_cache_holds_of_a_story_is_among_what_it_is_told_to_drop(
    newsroom: Newsroom, client: TestClient, cache: FakeCache, follower: Follower
) -> None:
    story = newsroom.published()
    follower.follow()
    cache.told.clear()
    addresses = (
        "/v1/articles",
        f"/v1/articles/{story['id']}",
        "/v1/articles?section=world",
    )
    held = [client.get(each).headers["Surrogate-Key"].split() for each in addresses]

    newsroom.publish(newsroom.edit(story, headline="Ferry is late"))
    follower.follow()

    assert all(set(keys) & cache.dropped for keys in held)


@pytest.mark.parametrize("verb", ["kill", "legal", "withdraw"])
def test_what_was_taken_back_is_dropped_at_once_and_not_only_stale(
    publisher: Newsroom, cache: FakeCache, follower: Follower, verb: str
) -> None:
    story = publisher.published()
    follower.follow()
    cache.told.clear()

    publisher.verb(story, verb)
    follower.follow(TAKEDOWNS)

    hard = [told for told in cache.told if not told.is_soft]
    assert hard == cache.told
    assert f"article:{story['id']}" in cache.dropped


def test_a_kill_waits_for_no_other_purge_and_for_no_retry_of_one(
    publisher: Newsroom, database: Database, cache: FakeCache, follower: Follower
) -> None:
    story = publisher.published()
    cache.status = 503
    follower.follow(CHANGES)
    cache.status = 200
    cache.told.clear()

    publisher.verb(story, "kill")
    follower.follow()

    (told,) = cache.told
    assert f"article:{story['id']}" in told.keys
    assert _place(database, CHANGES).position < _place(database, TAKEDOWNS).position


def test_a_dead_cache_holds_up_no_other(
    newsroom: Newsroom, database: Database, cache: FakeCache, follower: Follower
) -> None:
    dead = Follower(database, Endpoint("purge+http://127.0.0.1:1"))
    newsroom.tag(listed=True)

    dead.follow()
    follower.follow()
    dead.close()

    assert "tags" in cache.dropped
    with database.read() as session:
        states = session.execute(
            select(PurgePlace.endpoint, PurgePlace.error).where(
                PurgePlace.lane == CHANGES.name
            )
        )
        assert dict(states.all()) == {
            cache.url: None,
            "purge+http://127.0.0.1:1": "ConnectError",
        }


def test_a_purge_that_failed_is_tried_again_ever_later_and_not_lost(
    newsroom: Newsroom,
    database: Database,
    cache: FakeCache,
    follower: Follower,
    clock: Clock,
) -> None:
    cache.status = 503
    tag = newsroom.tag(listed=True)
    waits = []
    for attempt in range(1, 9):
        follower.follow(CHANGES)
        follower.follow(CHANGES)
        place = _place(database)
        assert (place.attempts, len(cache.told)) == (attempt, attempt)
        assert place.retry_at is not None
        waits.append((place.retry_at - clock()).total_seconds())
        clock.now = place.retry_at
    cache.status = 200
    cache.told.clear()

    follower.follow(CHANGES)

    assert f"tag:{tag['id']}" in cache.dropped
    assert _place(database).error is None
    assert all(
        most / 2 <= wait <= most
        for wait, most in zip(waits, (1, 2, 4, 8, 16, 32, 60, 60), strict=True)
    )


def test_another_process_goes_on_where_the_first_one_ended(
    newsroom: Newsroom, database: Database, cache: FakeCache, follower: Follower
) -> None:
    newsroom.tag("Trade", listed=True)
    follower.follow()
    cache.told.clear()
    second = newsroom.tag("Fishing", listed=True)

    Follower(database, cache.endpoint).close()

    (told,) = cache.told
    assert f"tag:{second['id']}" in told.keys


def test_what_one_process_is_sending_no_other_sends(
    newsroom: Newsroom, database: Database, cache: FakeCache, follower: Follower
) -> None:
    cache.is_open.clear()
    newsroom.tag(listed=True)
    first = threading.Thread(target=follower.lanes[CHANGES].run)
    first.start()
    cache.was_told.wait(20)

    Follower(database, cache.endpoint).close()
    cache.is_open.set()
    first.join()

    assert len(cache.told) == 1
    assert _place(database).position == 1


def test_what_a_killed_process_had_begun_to_send_another_one_sends(
    newsroom: Newsroom,
    database: Database,
    cache: FakeCache,
    follower: Follower,
    clock: Clock,
) -> None:
    tag = newsroom.tag(listed=True)
    with database.write() as session:
        assert places.claim(session, _place(database), clock())

    follower.follow()
    assert cache.told == []
    clock.advance(seconds=20)
    follower.follow()

    assert f"tag:{tag['id']}" in cache.dropped


def test_everything_is_purged_once_more_a_little_later(
    newsroom: Newsroom, cache: FakeCache, follower: Follower, clock: Clock
) -> None:
    newsroom.tag(listed=True)
    follower.follow()
    first = list(cache.told)
    follower.follow()
    assert cache.told == first

    clock.advance(seconds=2)
    follower.follow()
    clock.advance(seconds=60)
    follower.follow()

    assert len(cache.told) == 2 * len(first)
    assert cache.told[1].keys == first[0].keys


def test_what_comes_between_a_purge_and_its_repetition_is_repeated_too(
    newsroom: Newsroom, cache: FakeCache, follower: Follower, clock: Clock
) -> None:
    tags: list[Json] = []
    for name in ("Trade", "Fishing", "Ports", "Weather"):
        tags.append(newsroom.tag(name, listed=True))
        follower.follow()
        clock.advance(seconds=1)
    for _ in range(3):
        clock.advance(seconds=2)
        follower.follow()

    told = [key for each in cache.told for key in each.keys]
    assert [told.count(f"tag:{tag['id']}") for tag in tags] == [2, 2, 2, 2]


def test_a_log_that_was_replaced_makes_everything_suspect(
    newsroom: Newsroom, database: Database, cache: FakeCache, follower: Follower
) -> None:
    newsroom.tag(listed=True)
    follower.follow()
    cache.told.clear()
    with database.engine.begin() as connection:
        connection.execute(update(StreamPosition).values(position=9_000, floor=9_000))

    follower.follow()
    follower.follow()

    assert [told.keys for told in cache.told] == [["*"], ["*"]]
    assert _place(database).position == 9_000


def test_many_changes_are_few_requests_and_none_has_too_many_keys(
    database: Database, cache: FakeCache, follower: Follower, clock: Clock
) -> None:
    keys = [[f"tag:{uuid4()}" for _ in range(width)] for width in (1, 3, 150, 2) * 3]
    with database.write() as session:
        for some in keys:
            row = Entry(
                event="tag.updated", kind="tag", resource_id=uuid4(), at=clock()
            )
            log.record(session, replace(row, keys=some))

    follower.follow(CHANGES)

    assert len(keys) / 4 < len(cache.told) < len(keys)
    assert all(len(told.headers["surrogate-key"]) <= 4_000 for told in cache.told)
    assert cache.dropped == {key for some in keys for key in some}
