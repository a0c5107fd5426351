"""Clients that send a byte now and then are hung up on; meanwhile others are served."""

import itertools
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app import schema
from app.kit.db import Database
from tests.ports import free_port
from tests.prove.figures import FOLDER, report, size

HOST = "127.0.0.1"
HOSTILE = size(60, long=500)
DEADLINES = (10.0, 30.0) if FOLDER else (0.5, 1.0)
"""How long headers and a body may take: what is usual, and a little in the suite."""

PATIENCE = 30
BOUND_SECONDS = 0.25
READ = b"GET /v1/articles HTTP/1.1\r\nHost: a\r\n\r\n"

# What is sent at first, and what now and then: a head, a body, nothing at all.
WAYS = (
    (b"GET /v1/articles HTTP/1.1\r\nX: ", b" "),
    (b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n", b" "),
    (b"", b""),
)

OURS = ("-c", "from app.cli import main; main()", "serve", "--port")
UVICORN = ("-m", "uvicorn", "--factory", "app.main:application", "--port")


class Hostile:
    """A client that takes its time, and what it is told."""

    def __init__(self, connection: socket.socket, beginning: bytes, drop: bytes):
        self._connection = connection
        self._drop = drop
        self.told = b""
        connection.sendall(beginning)
        connection.settimeout(0)

    def goes_on(self) -> bool:
        """Send a little more, unless the server has hung up."""
        try:
            while part := self._connection.recv(65_536):
                self.told += part
        except BlockingIOError:
            with suppress(OSError):
                self._connection.send(self._drop)
            return True
        except ConnectionError:
            return False
        return False


@dataclass(frozen=True)
class Outcome:
    """What became of hostile clients and of those who came beside them."""

    open: int
    answers: Sequence[bytes]
    seconds: Sequence[float]
    """How long each of the others' reads took."""

    @property
    def slowest_of_a_hundred(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[-1]


def test_who_trickles_is_hung_up_on_while_others_are_served(tmp_path: Path) -> None:
    with _serving(OURS, tmp_path) as port:
        outcome = _attack(port, slack=PATIENCE)

    p99 = outcome.slowest_of_a_hundred
    late = sum(each > BOUND_SECONDS for each in outcome.seconds)
    report(
        "trickle",
        "SQLite",
        iterations=HOSTILE,
        failures=outcome.open + (late if p99 > BOUND_SECONDS else 0),
        others_reads=len(outcome.seconds),
        others_p99_ms=round(1_000 * p99, 1),
    )
    assert outcome.open == 0
    told = [each for each in outcome.answers if each]
    assert len(told) > HOSTILE / 2
    assert all(each.startswith(b"HTTP/1.1 408 ") for each in told)
    assert len(outcome.seconds) > 5


def test_a_server_that_waits_for_ever_would_be_found_out(tmp_path: Path) -> None:
    with _serving(UVICORN, tmp_path) as port:
        assert _attack(port, slack=2).open > 0


def _attack(port: int, *, slack: float) -> Outcome:
    """Trickle for as long as a body may take, and longer; others read meanwhile."""
    is_over = threading.Event()
    with ExitStack() as connections, ThreadPoolExecutor() as threads:
        reading = threads.submit(_read, port, is_over)
        try:
            clients = [
                Hostile(connections.enter_context(_connect(port)), *way)
                for _, way in zip(range(HOSTILE), itertools.cycle(WAYS), strict=False)
            ]
            is_open = _drip(clients, until=time.monotonic() + max(DEADLINES) + slack)
        finally:
            is_over.set()
        return Outcome(len(is_open), [each.told for each in clients], reading.result())


def _drip(clients: Sequence[Hostile], *, until: float) -> Sequence[Hostile]:
    """Go on until the server has hung up on all; answers on whom it has not."""
    while clients and time.monotonic() < until:
        time.sleep(0.05)
        clients = [each for each in clients if each.goes_on()]
    return clients


def _connect(port: int) -> socket.socket:
    return socket.create_connection((HOST, port), timeout=PATIENCE)


def _read(port: int, is_over: threading.Event) -> list[float]:
    """Read all the time on one connection; answers how long each read took."""
    seconds = []
    with _connect(port) as connection, connection.makefile("rb") as answers:
        while not is_over.is_set():
            began = time.perf_counter()
            connection.sendall(READ)
            assert answers.readline().startswith(b"HTTP/1.1 200 ")
            length = 0
            while (line := answers.readline()) != b"\r\n":
                name, _, value = line.partition(b":")
                length = int(value) if name == b"content-length" else length
            answers.read(length)
            seconds.append(time.perf_counter() - began)
            time.sleep(0.005)
    return seconds


@contextmanager
def _serving(program: Sequence[str], folder: Path) -> Iterator[int]:
    """Serve an empty newspaper in a process of its own; answers its port."""
    url = f"sqlite:///{folder / 'paper.db'}"
    with Database(url) as database:
        schema.migrate(database)
    heads, bodies = DEADLINES
    settings = {
        "BROADSHEET_DATABASE_URL": url,
        "BROADSHEET_HEADER_SECONDS": str(heads),
        "BROADSHEET_BODY_SECONDS": str(bodies),
    }
    # The numbers of a long form are no settings of the server.
    kept = {n: v for n, v in os.environ.items() if not n.startswith("BROADSHEET_")}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *program, str(port)],
        env=kept | settings,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _await(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError), _connect(port):
            return
        assert time.monotonic() < deadline
        time.sleep(0.05)
