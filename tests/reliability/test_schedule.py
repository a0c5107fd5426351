"""On time and once: workers are killed over and over, and miss and double nothing.

Never early by the clock of the database, whoever looks and however often.
"""

import random
import threading
import time
from collections.abc import Iterator

import pytest

from app.kit.clock import database_now
from app.kit.db import Database
from tests.newsroom import Json
from tests.prove.figures import engine_of, report, size
from tests.reliability import papers
from tests.reliability.forking import Forks
from tests.reliability.hands import MODULE, Hands
from tests.reliability.papers import Paper
from tests.reliability.timetable import (
    Deed,
    Item,
    Watch,
    bring_near,
    early,
    undone,
)

ITEMS = size(40, long=1000)
OUTAGE_ITEMS = size(12, long=200)
WORKERS = 4
GAP = 0.1
KILLED_EVERY = 0.5
PATIENCE = 60.0
LATE_MS = 1000

# Of ten articles seven go out, of which one may be cancelled, two were embargoed,
# and one is taken back.
DEEDS: tuple[Deed, ...] = (
    "publish",
    "publish",
    "lift",
    "publish",
    "publish",
    "expire",
    "publish",
    "lift",
    "publish",
    "publish",
)
CONTESTED = 10


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """The process that workers are forked from."""
    with Forks(MODULE) as forks:
        yield forks


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def paper(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    forks: Forks,
) -> Iterator[Paper]:
    folder = tmp_path_factory.mktemp("schedule")
    with papers.founded(request.param, request.config, folder) as paper:
        _warm_up(paper, forks)
        yield paper


def _warm_up(paper: Paper, forks: Forks) -> None:
    """Have what workers are forked from do all there is to do, once."""
    items = bring_near(paper.database, _some(paper, 10), first=-60.0, gap=0.0)
    with Watch(paper.database, items) as watch, Hands([forks], paper.database.url):
        watch.wait(PATIENCE)


def test_while_workers_are_killed_all_is_done_once_and_nothing_early(
    paper: Paper, forks: Forks
) -> None:
    written = _some(paper, ITEMS)
    items = bring_near(paper.database, written, first=1.0, gap=GAP)
    contested = items[::CONTESTED]

    with (
        Watch(paper.database, items) as watch,
        Hands([forks] * WORKERS, paper.database.url) as hands,
    ):
        racing = threading.Thread(target=_contest, args=(paper, contested))
        racing.start()
        while not _is_past(paper.database, items[-1]):
            time.sleep(KILLED_EVERY)
            hands.kill_one()
        racing.join()
        watch.wait(PATIENCE)

    _account(paper, items, watch)


def test_what_came_while_nobody_worked_is_done_by_the_first_who_do(
    paper: Paper, forks: Forks
) -> None:
    written = _some(paper, OUTAGE_ITEMS)
    items = bring_near(paper.database, written, first=-60.0, gap=GAP)

    with (
        Watch(paper.database, items) as watch,
        Hands([forks] * WORKERS, paper.database.url),
    ):
        watch.wait(PATIENCE)

    too_early, wrong = _faults(paper, items, watch)
    failures = len(too_early) + len(wrong)
    engine = engine_of(paper.database)
    report("outage schedule", engine, iterations=len(items), failures=failures)
    assert (too_early, wrong) == ([], [])


def test_workers_that_look_and_do_not_claim_are_caught(
    paper: Paper, forks: Forks
) -> None:
    written = paper.write_down(["publish"] * 8)
    items = bring_near(paper.database, written, first=0.5, gap=0.0)

    with (
        Watch(paper.database, items) as watch,
        Hands([forks] * WORKERS, paper.database.url, kind="polling"),
    ):
        watch.wait(PATIENCE)
        time.sleep(0.5)

    with paper.database.read() as session:
        assert list(undone(session, items)) != []


def _some(paper: Paper, count: int) -> list[tuple[Deed, Json]]:
    """Leave so many articles to the clock, some of each kind."""
    return paper.write_down([DEEDS[number % len(DEEDS)] for number in range(count)])


def _contest(paper: Paper, items: list[Item]) -> None:
    """Cancel each within a few milliseconds of its time, before or after."""
    for item in items:
        with paper.database.read() as session:
            left = (item.due - database_now(session)).total_seconds()
        time.sleep(max(0.0, left + random.uniform(-0.02, 0.02)))  # noqa: S311
        _cancel(paper, item)


def _cancel(paper: Paper, item: Item) -> None:
    """Try to cancel at the very moment, and note who was faster."""
    path = f"/articles/{item.id}/unschedule"
    answer = paper.newsroom.send("POST", path, json={}, headers={"If-Match": "*"})
    item.is_cancelled = answer["state"] == "draft"


def _is_past(database: Database, item: Item) -> bool:
    with database.read() as session:
        return database_now(session) > item.due


def _account(paper: Paper, items: list[Item], watch: Watch) -> None:
    late = [1000 * each for each in watch.lateness()]
    too_late = sum(each > LATE_MS for each in late)
    figures = {
        "late_p50_ms": late[len(late) // 2],
        "late_p99_ms": late[len(late) * 99 // 100],
        "late_max_ms": late[-1],
    }
    too_early, wrong = _faults(paper, items, watch)
    engine, count = engine_of(paper.database), len(items)
    rounded = {name: round(value, 1) for name, value in figures.items()}
    failures = len(too_early) + too_late
    report("schedule", engine, iterations=count, failures=failures, **rounded)
    report("schedule once", engine, iterations=count, failures=len(wrong))
    assert (too_early, wrong) == ([], [])


def _faults(
    paper: Paper, items: list[Item], watch: Watch
) -> tuple[list[str], list[str]]:
    with paper.database.read() as session:
        return list(early(session, items, watch)), list(undone(session, items))
