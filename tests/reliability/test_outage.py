"""Readers survive the loss of the database, and are not shown what was taken back.

PostgreSQL is lost behind a line that is cut; a SQLite file is held by another program.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from app.main import create_app
from tests import servers
from tests.conftest import START, Clock, OwnSettings
from tests.edge.faults import Line, breakable
from tests.newsroom import Newsroom
from tests.prove.figures import report, size

READS = size(50, long=20_000)
PATIENCE = 60


@pytest.fixture(params=["sqlite", "postgresql"])
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    """A database of its own, at the end of a line that can be cut."""
    with (
        servers.empty_database(request.param, request.config, tmp_path) as url,
        breakable(url) as whole,
    ):
        yield whole


def _open(line: Line, **settings: int) -> TestClient:
    """Make a client of an application whose database is at the end of the line."""
    with Database(line.url) as database:
        schema.migrate(database)
    own = OwnSettings(database_url=line.url, background=False, threads=4)
    app = create_app(own.model_copy(update=settings), clock=Clock())
    return TestClient(app, raise_server_exceptions=False)


def _newsroom(line: Line, reader: TestClient) -> Newsroom:
    with Database(line.url) as database, database.write() as session:
        key = keys.create(session, name="Ada", role=Role.publisher, now=START)[1]
    return Newsroom(reader, key, Clock())


def test_a_database_that_goes_away_and_comes_back(line: Line) -> None:
    with _open(line) as reader:
        newsroom = _newsroom(line, reader)
        kept, killed, unread = (newsroom.published(name) for name in ("A", "B", "C"))
        places = [f"/v1/articles/{each['id']}" for each in (kept, killed, unread)]
        before = [reader.get(place) for place in places[:2]]
        newsroom.verb(killed, "kill")

        line.cut()
        stale = _await(lambda: reader.get(places[0]), lambda a: "age" in a.headers)
        ready = reader.get("/health/ready")
        with ThreadPoolExecutor() as threads:
            refused = [
                threads.submit(newsroom.request, "POST", "/tags", json={"name": "T"}),
                *(threads.submit(reader.get, place) for place in places[1:]),
            ]
        unanswered = _unanswered(reader, places[0], stale)

        assert (stale.status_code, stale.content) == (200, before[0].content)
        assert stale.headers["broadsheet-stale"] == "database"
        assert (ready.status_code, ready.json()) == (200, {"status": "cached"})
        for answer in (each.result() for each in refused):
            assert answer.status_code == 503
            assert int(answer.headers["retry-after"]) > 0
        engine = "SQLite" if line.url.startswith("sqlite") else "PostgreSQL"
        report("outage", engine, iterations=READS, failures=unanswered)
        assert unanswered == 0

        line.mend()
        fresh = _await(lambda: reader.get(places[0]), lambda a: "age" not in a.headers)
        assert (fresh.status_code, fresh.content) == (200, before[0].content)
        assert reader.get("/health/ready").json() == {"status": "ok"}
        statuses = [reader.get(place).status_code for place in places]
        assert statuses == [200, 410, 200]
        assert newsroom.tag()["name"] == "Trade"


@pytest.mark.parametrize("line", ["postgresql"], indirect=True)
def test_who_keeps_nothing_has_nothing_to_answer_with(line: Line) -> None:
    with _open(line, cache_bytes=0) as reader:
        place = f"/v1/articles/{_newsroom(line, reader).published('A')['id']}"
        right = reader.get(place)

        line.cut()

        assert (right.status_code, reader.get(place).status_code) == (200, 503)


def _unanswered(reader: TestClient, place: str, right: Response) -> int:
    """Count the reads that are not answered as they were before."""
    answers = (reader.get(place) for _ in range(READS))
    return sum(each.content != right.content for each in answers)


def _await(ask: Callable[[], Response], is_so: Callable[[Response], bool]) -> Response:
    deadline = time.monotonic() + PATIENCE
    while not is_so(answer := ask()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return answer
