"""`broadsheet serve`: as a process, from any directory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from app import schema
from app.kit.db import Database
from tests.cli.conftest import Run
from tests.ports import free_port

PROGRAM = "from app.cli import main; main()"
ROOT = Path(__file__).parents[2]


class Serving:
    """A server process, and where it answers."""

    def __init__(self, process: subprocess.Popen[str], line: str, port: int):
        self.process = process
        self.line = line
        self.base = f"http://127.0.0.1:{port}"

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.base + path, timeout=20)

    def stop(self) -> str:
        """Stop it as an operator would; answers what it logged."""
        self.process.send_signal(signal.SIGINT)
        _, logged = self.process.communicate(timeout=60)
        return logged


Serve = Callable[..., Serving]


@pytest.fixture
def serve(folder: Path) -> Iterator[Serve]:
    """Start servers that end with the test."""
    with ExitStack() as running:

        def start(*words: str, command: str = "serve", **settings: str) -> Serving:
            serving = _started(folder, command, *words, **settings)
            return running.enter_context(serving)

        yield start


@contextmanager
def _started(folder: Path, *words: str, **settings: str) -> Iterator[Serving]:
    port = free_port()
    own = {f"BROADSHEET_{name.upper()}": value for name, value in settings.items()}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words, "--port", str(port)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        up = (line for line in process.stdout if " is up on " in line)
        try:
            yield Serving(process, next(up, "").strip(), port)
        finally:
            process.kill()


def test_an_empty_folder_becomes_a_newspaper_that_is_ready(
    serve: Serve, folder: Path
) -> None:
    serving = serve()

    assert serving.get("/health/ready").json() == {"status": "ok"}
    assert serving.get("/v1/articles").json()["data"] == []
    assert serving.line == (
        f"Broadsheet is up on {serving.base} (reference: {serving.base}/docs)."
    )
    assert (folder / "var" / "broadsheet.db").is_file()
    assert serving.stop() == ""


def test_several_processes_say_once_that_they_are_up(serve: Serve) -> None:
    serving = serve("--workers", "2")

    assert serving.get("/health/ready").status_code == 200
    assert serving.line.startswith("Broadsheet is up on ")
    serving.stop()


def test_read_only_serves_reads(serve: Serve) -> None:
    serving = serve("--read-only")

    assert serving.get("/v1/articles").status_code == 200
    serving.stop()


def test_the_access_log_holds_requests_without_their_query(serve: Serve) -> None:
    serving = serve(access_log="true")

    for _ in range(3):
        serving.get("/v1/articles?limit=7")
    serving.get("/v1/preview/secret-token")

    logged = serving.stop()
    assert logged.count("127.0.0.1 GET /v1/articles 200") == 3
    assert "limit" not in logged
    assert "127.0.0.1 GET /v1/preview/… 404" in logged
    assert "secret" not in logged


def test_before_it_ends_it_says_so_and_answers_on(serve: Serve) -> None:
    serving = serve(drain_seconds="2")
    assert serving.get("/health/ready").status_code == 200

    serving.process.terminate()
    deadline = time.monotonic() + 20
    while (ready := serving.get("/health/ready")).status_code == 200:
        assert time.monotonic() < deadline
    answer = serving.get("/v1/articles")

    assert ready.status_code == 503
    assert answer.status_code == 200
    assert answer.headers["connection"] == "close"
    serving.process.communicate(timeout=60)
    assert serving.process.returncode == 0


def test_the_demo_serves_what_it_loaded(serve: Serve) -> None:
    serving = serve(command="demo")

    article = serving.get("/v1/articles?limit=1").json()
    assert len(article["data"]) == 1
    assert article["links"]["self"].startswith(serving.base)
    assert "The Aldmere Courier is up on" in serving.line
    serving.stop()


def test_a_port_in_use_is_told_in_a_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        served, loaded = run("serve", "--port", port), run("demo", "--port", port)

    for ran in (served, loaded):
        assert ran.code == 1
        assert f"Port {port} on 127.0.0.1 cannot be had: Address already" in ran.err
        assert len(ran.err.splitlines()) == 1


def test_a_host_that_is_not_here_is_told_in_a_sentence(run: Run) -> None:
    ran = run("serve", "--host", "192.0.2.1")

    assert ran.code == 1
    assert "on 192.0.2.1 cannot be had" in ran.err


def test_a_postgresql_without_tables_is_not_served(
    run: Run, empty_postgresql_url: str
) -> None:
    ran = run("serve", database_url=empty_postgresql_url)

    assert ran.code == 1
    assert "run `broadsheet migrate`" in ran.err


def test_tables_of_an_older_program_are_not_served(run: Run, url: str) -> None:
    with Database(url) as database:
        schema.migrate(database, to="0003")

    ran = run("serve", database_url=url)

    assert ran.code == 1
    assert "are at 0003" in ran.err
    with Database(url) as database:
        assert schema.current(database) == "0003"
