"""Clocks that are wrong, and clocks that are set while everybody works by them.

Workers on PostgreSQL have the database's clock for a judge, whatever their own says.
On SQLite there is one clock: what it makes due is done once, and going back undoes
nothing of it.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import pytest

from app.delivery.store.models import Document
from app.kit.db import Database
from tests.prove.figures import FOLDER, engine_of, report, size
from tests.reliability import papers
from tests.reliability.clocks import HOUR, Machine, SetClock, preloaded
from tests.reliability.forking import Forks
from tests.reliability.hands import MODULE, Hands
from tests.reliability.papers import Paper
from tests.reliability.timetable import (
    Deed,
    Item,
    Watch,
    bring_near,
    done,
    early,
    undone,
)

ON_TIME = size(5, long=150)
WAITING = size(4, long=40)
STEPS = size(3, long=100)
PATIENCE = 30.0
DEEDS: tuple[Deed, ...] = ("publish", "lift", "expire")


@pytest.fixture(scope="module")
def preload() -> dict[str, str]:
    return preloaded()


@pytest.fixture(scope="module")
def forks(
    preload: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Forks]:
    """What workers are forked from; who is not told otherwise lives by the truth."""
    true = SetClock(tmp_path_factory.mktemp("clocks") / "true")
    with Forks(MODULE, environment={**preload, **true.environment}) as forks:
        yield forks


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def paper(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    forks: Forks,
) -> Iterator[Paper]:
    folder = tmp_path_factory.mktemp("steps")
    with papers.founded(request.param, request.config, folder) as paper:
        # What workers are forked from does all there is to do once.
        items = bring_near(paper.database, paper.write_down(DEEDS), first=-60.0, gap=0)
        with Hands([forks], paper.database.url):
            _comes_true(lambda: _is_public(paper.database, items[0]), within=PATIENCE)
        yield paper


@pytest.fixture
def machine(forks: Forks, tmp_path: Path) -> Callable[[float], Machine]:
    """Set up a machine whose clock is so many hours ahead of the true time."""

    def set_up(hours: float) -> Machine:
        file = tmp_path / f"{hours:+}h"
        return Machine(SetClock(file, ahead=hours * HOUR), forks)

    return set_up


@dataclass
class Stepping:
    """A newspaper whose workers' clock is set again and again."""

    paper: Paper
    machine: Machine
    waiting: list[Item]
    faults: list[str] = field(default_factory=list)
    rung: list[Item] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.paper.database

    def step(self, hours: float, *, patience: float = PATIENCE) -> None:
        """Set the clock, wait until workers have looked at it, and look after them."""
        self.machine.clock.step_to(ahead=hours * HOUR)
        # It goes out last of all that is due: then the others have to be out.
        self._ring(patience)
        past = max(bell.due for bell in self.rung)
        due = [item for item in self.waiting if item.due <= past]
        rest = [item for item in self.waiting if item.due > past]
        with self.database.read() as session:
            self.faults += undone(session, [*self.rung, *due])
            self.faults += done(session, rest)

    def _ring(self, patience: float) -> None:
        """Leave an article to the nearest time there is by the clock that counts."""
        ahead = self.machine.clock.ahead if self.database.is_sqlite else 0.0
        written = self.paper.write_down(["publish"])
        [bell] = bring_near(self.database, written, first=ahead + 0.1, gap=0.0)
        self.rung.append(bell)
        _comes_true(lambda: _is_public(self.database, bell), within=patience)


def test_what_a_step_makes_due_is_done_once_and_a_step_back_undoes_nothing(
    paper: Paper, machine: Callable[[float], Machine]
) -> None:
    deeds = list(islice(cycle(DEEDS), WAITING))
    # Half an hour from now, and every hour from then on.
    waiting = bring_near(
        paper.database, paper.write_down(deeds), first=HOUR / 2, gap=HOUR
    )
    place = machine(0)
    stepping = Stepping(paper, place, waiting)

    with Hands([place] * 2, paper.database.url):
        for hours in _steps():
            stepping.step(hours)

    items = [*waiting, *stepping.rung]
    faults = stepping.faults
    engine = engine_of(paper.database)
    report("clock steps", engine, iterations=len(items), failures=len(faults))
    assert faults == []


def _steps() -> Sequence[float]:
    """By how many hours the clock is ahead, one after the other."""
    if FOLDER is None:
        return (1, -2, 2)
    return [random.uniform(-WAITING, WAITING) for _ in range(STEPS)]  # noqa: S311


# On SQLite a worker's clock is the one that counts.
@pytest.mark.parametrize("paper", ["postgresql"], indirect=True)
def test_workers_whose_clocks_are_wrong_are_on_time(
    paper: Paper, machine: Callable[[float], Machine]
) -> None:
    ahead, behind, stepped = machine(3), machine(-3), machine(0)
    items: list[Item] = []
    faults: list[str] = []

    for places in ([ahead, ahead], [behind, behind], [ahead, behind, stepped]):
        deeds = list(islice(cycle(DEEDS), ON_TIME))
        written = paper.write_down(deeds)
        some = bring_near(paper.database, written, first=0.3, gap=0.05)
        with (
            Watch(paper.database, some) as watch,
            Hands(places, paper.database.url),
            _swinging(stepped.clock),
        ):
            watch.wait(PATIENCE)
        with paper.database.read() as session:
            faults += [*early(session, some, watch), *undone(session, some)]
        items += some

    report("clock", "PostgreSQL", iterations=len(items), failures=len(faults))
    assert faults == []


# On SQLite a worker's clock is the one that counts.
@pytest.mark.parametrize("paper", ["postgresql"], indirect=True)
def test_a_worker_that_goes_by_its_own_clock_is_caught(
    paper: Paper, machine: Callable[[float], Machine]
) -> None:
    written = paper.write_down(DEEDS)
    items = bring_near(paper.database, written, first=HOUR, gap=0.0)

    def is_caught() -> bool:
        with paper.database.read() as session:
            return len(list(done(session, items))) == len(items)

    with Hands([machine(3)], paper.database.url, kind="own clock"):
        assert _comes_true(is_caught, within=PATIENCE)


# PostgreSQL's clock is not stepped.
@pytest.mark.parametrize("paper", ["sqlite"], indirect=True)
def test_a_worker_that_remembers_when_it_looked_is_caught(
    paper: Paper, machine: Callable[[float], Machine]
) -> None:
    place = machine(1)
    stepping = Stepping(paper, place, [])

    with Hands([place], paper.database.url, kind="since last look"):
        stepping.step(1)
        assert stepping.faults == []
        stepping.step(0, patience=0.5)

    assert stepping.faults != []


@contextmanager
def _swinging(clock: SetClock) -> Iterator[None]:
    """Step a clock to and fro by hours, all the time."""
    stopping = threading.Event()

    def swing() -> None:
        while not stopping.wait(0.02):
            clock.step_to(ahead=random.uniform(-5, 5) * HOUR)  # noqa: S311

    swinging = threading.Thread(target=swing)
    swinging.start()
    try:
        yield
    finally:
        stopping.set()
        swinging.join()


def _is_public(database: Database, item: Item) -> bool:
    with database.read() as session:
        return session.get(Document, item.id) is not None


def _comes_true(condition: Callable[[], bool], *, within: float) -> bool:
    deadline = time.monotonic() + within
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()
