"""The log is kept for some weeks: what is older goes, from the beginning on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from app.changes import log, pruning, reading
from app.changes.log import Entry
from app.changes.reading import Extent
from app.kit.db import Database
from app.kit.ids import new_id
from tests.conftest import START

WEEK = timedelta(weeks=1)


def _write(database: Database, rows: int, at: datetime) -> None:
    with database.write() as session:
        for _ in range(rows):
            entry = Entry(event="tag.created", kind="tag", resource_id=new_id(), at=at)
            log.record(session, entry)


def _kept(database: Database) -> tuple[Extent, list[int]]:
    with database.read() as session:
        rows = reading.after(session, 0, limit=10_000)
        return reading.extent(session), [row.position for row in rows]


def _forget(database: Database, pauses: list[float] | None = None) -> None:
    rests: list[float] = [] if pauses is None else pauses
    pruning.run_due(database, before=START - WEEK, pause=rests.append)


def test_what_is_old_goes_and_the_rest_has_no_gap(database: Database) -> None:
    _write(database, 1201, START - 2 * WEEK)
    _write(database, 3, START)
    pauses: list[float] = []
    _forget(database, pauses)

    assert _kept(database) == (Extent(1201, 1204), [1202, 1203, 1204])
    # In batches, with a rest after each.
    assert len(pauses) == 3


def test_what_is_young_stays(database: Database) -> None:
    _write(database, 2, START - WEEK)
    _forget(database)

    assert _kept(database) == (Extent(0, 2), [1, 2])


def test_a_row_from_a_clock_that_was_ahead_keeps_what_came_after_it(
    database: Database,
) -> None:
    for at in (START - 3 * WEEK, START, START - 2 * WEEK):
        _write(database, 1, at)
    _forget(database)

    assert _kept(database) == (Extent(1, 3), [2, 3])


def test_all_may_go_and_the_next_row_has_the_next_position(
    database: Database,
) -> None:
    _write(database, 2, START - 2 * WEEK)
    _forget(database)
    assert _kept(database) == (Extent(2, 2), [])

    _write(database, 1, START)
    assert _kept(database) == (Extent(2, 3), [3])


def test_two_processes_that_forget_at_once_forget_the_same(database: Database) -> None:
    _write(database, 1400, START - 2 * WEEK)
    _write(database, 1, START)
    with ThreadPoolExecutor(3) as threads:
        several = [threads.submit(partial(_forget, database)) for _ in range(3)]
        for each in several:
            each.result()

    assert _kept(database) == (Extent(1400, 1401), [1401])
