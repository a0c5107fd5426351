"""A restart loses no request: processes are ended in turn, and all goes on meanwhile.

Readers, writers and followers of the log come through the reference proxy. A stream or
a long poll at a process that is to end is told to come back, and misses nothing.
"""

import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from uuid import uuid4

import httpx
import pytest

from tests.newsroom import Json
from tests.prove.figures import report, size
from tests.reliability import fleet as fleets
from tests.reliability.fleet import Fleet, publisher
from tests.reliability.following import Follower, by_long_poll, by_stream
from tests.reliability.forking import Forks
from tests.reliability.restarts.balancing import Balancer, balancing

PROCESSES = 2
RESTARTS = size(2, long=100)
READERS, WRITERS = size(3, long=14), size(1, long=4)
DRAIN_SECONDS = 0.5
PLACES = ("/v1/articles", "/v1/sections", "/v1/tags?limit=1", "/v1/articles?limit=1")


@dataclass
class Outcome:
    """What became of everybody's requests."""

    answered: int
    faults: Sequence[str]
    followers: Sequence[Follower]
    rows: int
    """How many rows the log has in the end."""

    @property
    def missed(self) -> list[int]:
        """List what any follower did not hear of, or heard out of order."""
        return [gap for each in self.followers for gap in each.gaps(self.rows)]


def test_while_processes_are_restarted_no_request_fails(forks: Forks, url: str) -> None:
    outcome = _restart_under_load(forks, url, RESTARTS, signal.SIGTERM)

    faults, missed = outcome.faults, outcome.missed
    report(
        "restarts",
        "SQLite" if url.startswith("sqlite") else "PostgreSQL",
        iterations=RESTARTS,
        failures=len(faults) + len(missed),
        requests=outcome.answered,
        rows_followed=outcome.rows,
    )
    assert (faults, missed) == ([], [])
    assert outcome.rows > RESTARTS
    # Each of these was at every process, and none of those is there any more.
    assert all(each.answers >= RESTARTS / PROCESSES for each in outcome.followers)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_processes_that_break_off_are_caught(forks: Forks, url: str) -> None:
    outcome = _restart_under_load(forks, url, PROCESSES, signal.SIGKILL)

    assert outcome.faults != []
    # Even then a follower who comes back has missed nothing.
    assert outcome.missed == []


def _restart_under_load(
    forks: Forks, url: str, restarts: int, how: signal.Signals
) -> Outcome:
    key = fleets.found(url)
    is_over = threading.Event()
    with ExitStack() as open_, ThreadPoolExecutor(READERS + WRITERS) as threads:
        settings: Json = {"database_url": url, "drain_seconds": DRAIN_SECONDS}
        fleet = open_.enter_context(Fleet(forks, size=PROCESSES, **settings))
        front, balancer = open_.enter_context(balancing(fleet.bases))
        for base in fleet.bases:
            balancer.await_ready(base)
        followers = [
            open_.enter_context(Follower(front, read))
            for read in (by_stream, by_stream, by_long_poll)
        ]
        working = [threads.submit(_read, front, is_over) for _ in range(READERS)]
        working += [threads.submit(_write, front, key, is_over) for _ in range(WRITERS)]
        try:
            _roll(fleet, balancer, restarts, how)
        finally:
            is_over.set()
        told = [each.result() for each in working]
        rows = _end(front, key, followers)
    faults = [fault for _, found in told for fault in found]
    faults += [fault for each in followers for fault in each.faults]
    return Outcome(sum(done for done, _ in told), faults, followers, rows)


def _roll(fleet: Fleet, balancer: Balancer, restarts: int, how: signal.Signals) -> None:
    """End one after the other, and begin it again before the next one ends."""
    for _, number in zip(range(restarts), cycle(range(PROCESSES)), strict=False):
        fleet.end(number, how)
        fleet.begin(number)
        balancer.await_ready(fleet.bases[number])


def _read(front: str, is_over: threading.Event) -> tuple[int, list[str]]:
    """Read all the time; answers how often, and what went wrong."""
    faults: list[str] = []
    asked = 0
    with httpx.Client(base_url=front, timeout=30) as client:
        while not is_over.wait(0.002):
            faults += _faults_of(client, "GET", PLACES[asked % len(PLACES)])
            asked += 1
    return asked, faults


def _write(front: str, key: str, is_over: threading.Event) -> tuple[int, list[str]]:
    """Make tag after tag; answers how many, and what went wrong."""
    faults: list[str] = []
    made = 0
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=front, headers=headers, timeout=30) as client:
        while not is_over.wait(0.01):
            tag = {"name": f"Tag {uuid4()}", "listed": True}
            faults += _faults_of(client, "POST", "/manage/v1/tags", tag)
            made += 1
    return made, faults


def _faults_of(
    client: httpx.Client, method: str, path: str, content: object = None
) -> list[str]:
    headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
    try:
        answer = client.request(method, path, json=content, headers=headers)
    except httpx.TransportError as fault:
        return [f"{method} {path}: {fault!r}"]
    is_right = answer.status_code == (201 if method == "POST" else 200)
    return [] if is_right else [f"{method} {path}: {answer.status_code} {answer.text}"]


def _end(front: str, key: str, followers: Sequence[Follower]) -> int:
    """Let followers come to the end; answers how many rows there are by then."""
    with publisher(front, key) as crew:
        crew.make("/tags", name="Last but one", listed=True)
        told = crew.client.get("/v1/articles?limit=1&total=true")
        rows = int(told.headers["Broadsheet-Position"])
        for each in followers:
            each.end_at(rows)
        crew.make("/tags", name="Last", listed=True)
    return rows
