"""Too much at once: readers are told to come back; what is taken back goes through."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from starlette.testclient import TestClient

from app.edge.shedding import share
from app.main import create_app
from tests.newsroom import Newsroom

PATIENCE = 20
IN_FLIGHT = 8
AFTER = "after_cursor_execute"


@pytest.fixture
def busy(session_client: TestClient) -> Iterator[TestClient]:
    """Another process on the same database, which takes little at once."""
    more = {"in_flight": IN_FLIGHT, "threads": 12, "cache_bytes": 0}
    other = create_app(_app(session_client).state.settings.model_copy(update=more))
    with TestClient(other, raise_server_exceptions=False) as client:
        yield client


def test_lists_are_refused_first_and_a_withdrawal_never(
    newsroom: Newsroom, busy: TestClient
) -> None:
    story = newsroom.published()
    item = f"/v1/articles/{story['id']}"
    newsroom.client = busy
    with ThreadPoolExecutor(12) as threads, _held_reads(busy) as reads:
        slow = [threads.submit(busy.get, "/v1/articles") for _ in range(4)]
        reads.wait_for(4)
        shed = [busy.get("/v1/articles?limit=5")]
        slow += [threads.submit(busy.get, item) for _ in range(2)]
        reads.wait_for(2)
        shed += [busy.get(item)]
        reads.hold_no_more()
        newsroom.withdraw(story)
        reads.go_on()
        answers = [each.result() for each in slow]

    for refused in shed:
        problem = refused.json()
        assert (refused.status_code, problem["type"][-10:]) == (503, "overloaded")
        assert 1 <= int(refused.headers["retry-after"]) <= 3
        assert refused.headers["x-request-id"] == problem["request_id"]
    assert {answer.status_code for answer in answers} == {200}
    assert busy.get(item).status_code == 410


class _Reads:
    """Reads that have taken their snapshot, and wait to be let go."""

    def __init__(self) -> None:
        self._held = threading.Semaphore(0)
        self._may_go = threading.Event()
        self._is_over = threading.Event()

    def __call__(self, *arguments: object) -> None:
        # SQLite's BEGIN takes no snapshot yet.
        if str(arguments[2]).startswith("SELECT") and not self._is_over.is_set():
            self._held.release()
            self._may_go.wait(PATIENCE)

    def wait_for(self, count: int) -> None:
        assert all(self._held.acquire(timeout=PATIENCE) for _ in range(count))

    def hold_no_more(self) -> None:
        self._is_over.set()

    def go_on(self) -> None:
        self._may_go.set()


@contextmanager
def _held_reads(client: TestClient) -> Iterator[_Reads]:
    reads = _Reads()
    for engine in _app(client).state.database.reading_engines:
        event.listen(engine, AFTER, reads)
    try:
        yield reads
    finally:
        reads.hold_no_more()
        reads.go_on()


def _app(client: TestClient) -> FastAPI:
    app = client.app
    assert isinstance(app, FastAPI)
    return app


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/v1/articles", 0.5),
        ("/v1/articles/ferry/related", 0.5),
        ("/v1/articles/ferry", 0.75),
        ("/manage/v1/articles", 1.0),
        ("/manage/v1/articles/ferry/publish", 1.0),
        ("/manage/v1/articles/ferry/withdraw", float("inf")),
        ("/manage/v1/articles/ferry/kill", float("inf")),
        ("/manage/v1/articles/ferry/legal", float("inf")),
    ],
)
def test_each_kind_has_its_share(path: str, part: float) -> None:
    assert share(path) == part
