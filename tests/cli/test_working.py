"""`broadsheet worker`: releases what is due without serving, and ends when told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update
from starlette.testclient import TestClient

from app.kit.clock import system_clock
from app.kit.db import Database
from app.newsroom.articles.models import Article
from tests.cli.test_serving import PROGRAM, ROOT
from tests.newsroom import Newsroom


def _comes_true(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_a_worker_releases_what_is_due_and_ends_at_sigterm(
    newsroom: Newsroom, client: TestClient, database: Database, folder: Path
) -> None:
    draft = newsroom.draft()
    newsroom.schedule(draft, publish_at="2199-01-01T00:00:00Z")
    with database.engine.begin() as connection:
        at = system_clock() - timedelta(seconds=1)
        connection.execute(update(Article).values(publish_at=at))

    def is_released() -> bool:
        return bool(client.get(f"/v1/articles/{draft['id']}").is_success)

    own = {"BROADSHEET_DATABASE_URL": database.url, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "worker"],
        cwd=folder,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        released = _comes_true(is_released)
        process.send_signal(signal.SIGTERM)
        said, logged = process.communicate(timeout=60)

    assert released
    assert (process.returncode, logged) == (0, "")
    assert said == "Broadsheet: the worker is up.\n"
    with database.read() as session:
        assert session.scalar(select(Article.state)) == "published"
