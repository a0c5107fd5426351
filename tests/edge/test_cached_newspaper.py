"""The cache before a newspaper: what overtakes a read, and what it saves."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import event
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.newsroom import Newsroom

PATIENCE = 20


def test_a_read_that_a_withdrawal_overtakes_is_not_kept(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    story = newsroom.published()
    url = f"/v1/articles/{story['id']}"
    with ThreadPoolExecutor() as threads, _slow_reads(database) as (begun, go_on):
        slow = threads.submit(client.get, url)
        assert begun.wait(PATIENCE)
        newsroom.withdraw(story)
        after = threads.submit(client.get, url)
        go_on.set()

        assert slow.result().status_code == 200
        assert after.result().status_code == 410
    assert client.get(url).status_code == 410


def test_a_kept_answer_asks_the_database_nothing(
    newsroom: Newsroom, client: TestClient, statements: list[str]
) -> None:
    url = f"/v1/articles/{newsroom.published()['slug']}"
    first = client.get(url)
    # The watcher looks at the log meanwhile.
    del statements[:]
    second = client.get(url)

    assert (first.content, first.headers["etag"]) == (
        second.content,
        second.headers["etag"],
    )
    assert [each for each in statements if "documents" in each] == []


@contextmanager
def _slow_reads(
    database: Database,
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Hold the first reader between its snapshot and its answer, until told."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(*arguments: object) -> None:
        if "documents.detail" in str(arguments[2]) and not begun.is_set():
            begun.set()
            go_on.wait(PATIENCE)

    for engine in database.reading_engines:
        event.listen(engine, "after_cursor_execute", hold)
    yield begun, go_on
    for engine in database.reading_engines:
        event.remove(engine, "after_cursor_execute", hold)
