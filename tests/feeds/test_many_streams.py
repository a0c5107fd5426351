"""Many who only listen: each is told each thing once, and to wait costs little.

No thread belongs to a client, and no look at the database: the watcher looks for all of
them. The long form has a thousand clients at one process as it is served, and reports
what that process takes for them.
"""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.changes.watching import Watcher
from app.kit.db import Database
from app.main import create_app
from tests import hearing
from tests.catching_up import catch_up
from tests.newsroom import Newsroom
from tests.ports import free_port
from tests.prove.figures import FOLDER, engine_of, report, size
from tests.serving import HOST, serving

FEW = 100
MANY = size(FEW, long=1_000)
EVENTS = 3
AT_ONCE = 50
PATIENCE = 60
PROGRAM = "from app.cli import main; main()"
ROOT = Path(__file__).parents[2]


class Crowd:
    """Clients of the stream at one address, by the plainest means there are."""

    def __init__(self, url: str, *, after: int, count: int):
        self._port = urlsplit(url).port
        self._after = after
        self._door = asyncio.Semaphore(AT_ONCE)
        self._begun = asyncio.Barrier(count + 1)
        self._hearing = [asyncio.create_task(self._hear()) for _ in range(count)]

    async def arrive(self) -> None:
        """Wait until all of them listen."""
        async with asyncio.timeout(PATIENCE):
            await self._begun.wait()

    async def heard(self) -> list[list[int]]:
        """Wait until all have been told the last event; answer what each was told."""
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*self._hearing)

    async def _hear(self) -> list[int]:
        async with self._door:
            reader, writer = await asyncio.open_connection(HOST, self._port)
            path = f"/v1/changes/stream?after={self._after}"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            await reader.readuntil(b"retry:")
        await self._begun.wait()
        ids: list[int] = []
        while not ids or ids[-1] < self._after + EVENTS:
            line = await reader.readline()
            assert line, "the stream has ended"
            if line.startswith(b"id:"):
                ids.append(int(line[3:]))
        writer.close()
        return ids


@pytest.mark.anyio
async def test_a_client_that_waits_has_no_thread_and_asks_the_database_nothing(
    session_client: TestClient, newsroom: Newsroom
) -> None:
    settings = session_client.app.state.settings  # type: ignore[attr-defined]
    app = create_app(settings.model_copy(update={"stream_seconds": 3600}))
    after = await asyncio.to_thread(catch_up, session_client)
    with serving(app) as url, _asked(app.state.database) as asked:
        await asyncio.to_thread(_wait_for_a_look, app)
        assert app.state.watcher.position == after
        before, threads = len(asked), threading.active_count()
        crowd = Crowd(url, after=after, count=FEW)
        await crowd.arrive()
        await asyncio.to_thread(_wait_for_a_look, app)
        more = threading.active_count() - threads
        await asyncio.to_thread(_publish, newsroom)
        heard = await crowd.heard()
        in_all = list(asked)
        # Whoever does ask the database is noticed.
        await asyncio.to_thread(httpx.get, f"{url}/v1/sections", timeout=PATIENCE)

    assert heard == [list(range(after + 1, after + EVENTS + 1))] * FEW
    assert more <= settings.threads
    assert in_all[before:] == []
    assert asked[len(in_all) :] != []


@pytest.mark.anyio
@pytest.mark.skipif(FOLDER is None, reason="takes a minute: make prove")
async def test_a_thousand_wait_at_one_process_and_all_are_told(
    session_client: TestClient, newsroom: Newsroom, database: Database, backend_url: str
) -> None:
    after = await asyncio.to_thread(catch_up, session_client)
    with _served(backend_url) as (url, process):
        idle, few = _resident(process), _threads(process)
        crowd = Crowd(url, after=after, count=MANY)
        await crowd.arrive()
        waiting, threads = _resident(process), _threads(process)
        began = time.monotonic()
        await asyncio.to_thread(_publish, newsroom)
        heard = await crowd.heard()
        took = time.monotonic() - began

    wanted = list(range(after + 1, after + EVENTS + 1))
    failures = sum(each != wanted for each in heard)
    report(
        "streams",
        engine_of(database),
        iterations=MANY * EVENTS,
        failures=failures,
        clients=MANY,
        megabytes_before=round(idle, 1),
        megabytes_with_them=round(waiting, 1),
        more_threads=threads - few,
        seconds_until_all_were_told=round(took, 2),
    )
    assert failures == 0


def _publish(newsroom: Newsroom) -> None:
    for number in range(EVENTS):
        newsroom.tag(f"Tag {number}", listed=True)


@contextmanager
def _asked(database: Database) -> Iterator[list[str]]:
    """Note what anybody but the watcher asks the database."""
    seen: list[str] = []

    def note(statement: str) -> None:
        if threading.current_thread().name != "watcher":
            seen.append(statement)

    with hearing.told(database, note):
        yield seen


def _wait_for_a_look(app: FastAPI) -> None:
    """Wait until the watcher has looked at the log once more."""
    watcher: Watcher = app.state.watcher
    began = time.monotonic()
    while time.monotonic() - watcher.unseen_seconds < began:
        assert time.monotonic() < began + PATIENCE
        time.sleep(0.02)


@contextmanager
def _served(database_url: str) -> Iterator[tuple[str, int]]:
    """Serve as an operator does; give the address and the number of the process."""
    own = {name: v for name, v in environ.items() if not name.startswith("BROADSHEET_")}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--port", str(port)],
        cwd=ROOT,
        env={**own, "BROADSHEET_DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert any(" is up on " in line for line in process.stdout)
        try:
            yield f"http://{HOST}:{port}", process.pid
        finally:
            process.kill()


def _resident(process: int) -> float:
    """What a process has in memory, in megabytes."""
    return _status(process, "VmRSS") / 1024


def _threads(process: int) -> int:
    return _status(process, "Threads")


def _status(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(each.split()[1]) for each in lines if each.startswith(name))
