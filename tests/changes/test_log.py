"""The log: positions in commit order, without gaps, taken at the very end."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.changes import log, reading
from app.changes.log import Entry, log_position
from app.changes.models import StreamPosition
from app.kit.db import Database
from app.kit.ids import new_id
from tests.conftest import START


def _entry(event: str = "tag.created", resource_id: UUID | None = None) -> Entry:
    kind, _, _ = event.partition(".")
    return Entry(event=event, kind=kind, resource_id=resource_id or new_id(), at=START)


def _position(database: Database) -> int:
    with database.read_primary() as session:
        return int(session.scalar(select(log_position())) or 0)


def _logged(database: Database) -> list[tuple[int, str]]:
    with database.read_primary() as session:
        return [(row.position, row.event) for row in reading.after(session, 0)]


def test_a_row_is_written_when_the_transaction_commits_and_not_before(
    database: Database,
) -> None:
    with database.write() as session:
        log.record(session, _entry())
        session.flush()
        assert reading.after(session, 0) == []

    assert _logged(database) == [(1, "tag.created")]
    assert _position(database) == 1


def test_the_rows_of_one_transaction_stand_together_in_their_order(
    database: Database,
) -> None:
    with database.write() as session:
        for event in ("tag.created", "tag.updated", "article.published"):
            log.record(session, _entry(event))
    with database.write() as session:
        log.record(session, _entry("menu.updated"))

    assert _logged(database) == [
        (1, "tag.created"),
        (2, "tag.updated"),
        (3, "article.published"),
        (4, "menu.updated"),
    ]


def test_a_row_says_all_that_was_recorded(database: Database) -> None:
    resource = new_id()
    entry = Entry(
        event="article.updated",
        kind="article",
        resource_id=resource,
        at=START,
        version=4,
        change="minor",
        path="/world/ferry",
        paths=["/world/boat"],
        keys=["article:1", "articles"],
        facets_before=[7, 2],
        facets_after=[9, 2],
    )
    with database.write() as session:
        log.record(session, entry)

    with database.read_primary() as session:
        [row] = reading.after(session, 0)
    assert (row.stream, row.position, row.id.version) == ("public", 1, 7)
    assert (row.event, row.kind, row.resource_id) == (
        "article.updated",
        "article",
        resource,
    )
    assert (row.version, row.change, row.at) == (4, "minor", START)
    assert (row.path, row.paths) == ("/world/ferry", ["/world/boat"])
    assert row.keys == ["article:1", "articles"]
    assert (row.facets_before, row.facets_after) == ([2, 7], [2, 9])


def test_what_is_rolled_back_takes_no_position(database: Database) -> None:
    with database.write() as session:
        log.record(session, _entry("tag.created"))
    with suppress(KeyError), database.write() as session:
        log.record(session, _entry("tag.updated"))
        raise KeyError("a mistake")
    with database.write() as session:
        log.record(session, _entry("tag.deleted"))

    assert _logged(database) == [(1, "tag.created"), (2, "tag.deleted")]


def test_a_transaction_that_fails_while_it_is_stamped_leaves_no_gap(
    database: Database,
) -> None:
    def fails(_session: Session, _placed: Sequence[tuple[UUID, int]]) -> None:
        raise KeyError("a mistake")

    with suppress(KeyError), database.write() as session:
        log.record(session, _entry("tag.updated"), stamp=fails)
    with database.write() as session:
        log.record(session, _entry("tag.deleted"))

    assert _logged(database) == [(1, "tag.deleted")]


def test_a_transaction_that_records_nothing_moves_nothing(database: Database) -> None:
    with database.write() as session:
        session.scalar(select(log_position()))

    assert _position(database) == 0


def test_a_stamp_is_told_all_positions_once_inside_the_transaction(
    database: Database,
) -> None:
    told: list[tuple[UUID, int]] = []
    seen: list[int] = []

    def stamp(session: Session, placed: Sequence[tuple[UUID, int]]) -> None:
        told.extend(placed)
        seen.append(len(reading.after(session, 0)))

    resources = [new_id() for _ in range(3)]
    with database.write() as session:
        for resource in resources:
            log.record(session, _entry(resource_id=resource), stamp=stamp)

    assert told == list(zip(resources, (1, 2, 3), strict=True))
    assert seen == [3]


def test_the_log_is_read_from_a_position_on_and_in_portions(
    database: Database,
) -> None:
    with database.write() as session:
        for _ in range(7):
            log.record(session, _entry())

    with database.read() as session:
        portion = reading.after(session, 2, limit=3)
        rest = reading.after(session, 7)

    assert [row.position for row in portion] == [3, 4, 5]
    assert rest == []


def test_other_streams_have_counters_of_their_own(database: Database) -> None:
    with database.write() as session:
        log.record(session, _entry())

    with database.read_primary() as session:
        counters = session.scalars(select(StreamPosition))
        assert {each.stream: each.position for each in counters} == {
            "public": 1,
            "advance": 0,
        }


def test_writers_at_the_same_time_leave_neither_gap_nor_double(
    database: Database,
) -> None:
    def write(number: int) -> None:
        with suppress(KeyError), database.write() as session:
            for _ in range(1 + number % 3):
                log.record(session, _entry())
            if number % 5 == 0:
                raise KeyError("a mistake")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(60)))

    kept = sum(1 + number % 3 for number in range(60) if number % 5)
    positions = [position for position, _ in _logged(database)]
    assert positions == list(range(1, kept + 1))
    assert _position(database) == kept
