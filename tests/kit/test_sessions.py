"""A read changes nothing, and a write is kept before anybody is told that it is."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.kit import engines, refusals
from app.kit.db import Database, ReadSession, WriteSession, before_commit
from app.kit.intake import Intake
from app.kit.settings import Settings

# The database looks for the parent at the commit and not before.
TABLE = (
    "CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER"
    " REFERENCES children (id) DEFERRABLE INITIALLY DEFERRED)"
)
ROW = text("INSERT INTO children (id, parent) VALUES (:id, :parent)")
COUNT = text("SELECT count(*) FROM children")

Make = Callable[[int, int | None], None]


@pytest.fixture
def own(backend_url: str) -> Iterator[Database]:
    """A database with one table of its own, whose commits can fail."""
    with Database(backend_url, threads=4) as database:
        with database.engine.begin() as connection:
            connection.execute(text(TABLE))
        yield database
        with database.engine.begin() as connection:
            connection.execute(text("DROP TABLE children"))


@pytest.fixture
def http(own: Database) -> Iterator[TestClient]:
    """An application that saves a child and answers."""
    app = FastAPI()
    settings = Settings()
    app.state.database, app.state.settings = own, settings
    refusals.install(app)
    app.add_middleware(Intake, settings=settings)

    @app.post("/children")
    def save(session: WriteSession, child: int, parent: int | None = None) -> str:
        session.execute(ROW, {"id": child, "parent": parent})
        return "saved"

    def too_late(request: Request) -> Iterator[Session]:
        with request.app.state.database.write() as session:
            yield session

    @app.post("/children-told-too-early")
    def tell_too_early(
        session: Annotated[Session, Depends(too_late)], child: int, parent: int
    ) -> str:
        session.execute(ROW, {"id": child, "parent": parent})
        return "saved"

    @app.get("/children")
    def write_by_mistake(session: ReadSession) -> str:
        session.execute(ROW, {"id": 1, "parent": None})
        return "read"

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def _count(database: Database) -> int:
    with database.read_primary() as session:
        return int(session.execute(COUNT).scalar_one())


def test_what_a_write_saved_is_there_when_the_answer_is(
    http: TestClient, own: Database
) -> None:
    assert http.post("/children?child=1").status_code == 200
    assert _count(own) == 1


def test_a_commit_that_fails_is_an_error_and_no_row(
    http: TestClient, own: Database
) -> None:
    answer = http.post("/children?child=1&parent=99")

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert _count(own) == 0


def test_after_a_commit_that_failed_the_next_write_goes_through(
    http: TestClient, own: Database
) -> None:
    http.post("/children?child=1&parent=99")

    assert http.post("/children?child=2").status_code == 200
    assert _count(own) == 1


def test_known_bad_with_the_framework_s_own_scope_success_is_told_and_the_row_lost(
    http: TestClient, own: Database
) -> None:
    answer = http.post("/children-told-too-early?child=1&parent=99")

    assert (answer.status_code, answer.json()) == (200, "saved")
    assert _count(own) == 0


def test_a_read_session_cannot_write(http: TestClient, own: Database) -> None:
    answer = http.get("/children")

    assert answer.status_code >= 500
    assert _count(own) == 0


@pytest.mark.parametrize("kind", ["read", "read_primary"])
def test_no_way_of_reading_can_write(own: Database, kind: str) -> None:
    reading = own.read if kind == "read" else own.read_primary

    with pytest.raises(DBAPIError, match=r"(?i)read.?only"), reading() as session:
        session.execute(ROW, {"id": 1, "parent": None})


def test_a_read_sees_one_snapshot(own: Database) -> None:
    with own.read() as reading:
        before = reading.execute(COUNT).scalar_one()
        with own.write() as writing:
            writing.execute(ROW, {"id": 1, "parent": None})
        after = reading.execute(COUNT).scalar_one()

    assert (before, after) == (0, 0)
    assert _count(own) == 1


def test_a_block_that_fails_leaves_nothing(own: Database) -> None:
    with suppress(KeyError), own.write() as session:
        session.execute(ROW, {"id": 1, "parent": None})
        raise KeyError("a mistake")

    assert _count(own) == 0


def test_what_is_to_be_done_before_the_commit_is_done_last_once_and_inside(
    own: Database,
) -> None:
    order: list[str] = []

    def last(session: Session) -> None:
        order.append("last")
        session.execute(ROW, {"id": 2, "parent": 1})

    with own.write() as session:
        before_commit(session, last)
        before_commit(session, last)
        order.append("work")
        session.execute(ROW, {"id": 1, "parent": None})

    assert order == ["work", "last"]
    assert _count(own) == 2


def test_what_fails_before_the_commit_takes_everything_with_it(own: Database) -> None:
    def fails(_session: Session) -> None:
        raise KeyError("a mistake")

    with suppress(KeyError), own.write() as session:
        session.execute(ROW, {"id": 1, "parent": None})
        before_commit(session, fails)

    assert _count(own) == 0


def test_sqlite_lets_four_threads_write_and_none_finds_it_locked(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/busy.db"
    with Database(url, threads=4) as one, Database(url, threads=4) as other:
        with one.engine.begin() as connection:
            connection.execute(text(TABLE))

        def write(number: int) -> None:
            with (one if number % 2 else other).write() as session:
                count = session.execute(COUNT).scalar_one()
                session.execute(ROW, {"id": count + 1, "parent": None})

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(write, range(200)))

        assert _count(one) == 200


def test_who_waits_to_write_is_told_when_it_lasts_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 1)
    url = f"sqlite:///{tmp_path}/busy.db"
    with Database(url, threads=2) as one, Database(url, threads=2) as other:
        with one.engine.begin() as connection:
            connection.execute(text(TABLE))
        with one.write() as session:
            session.execute(ROW, {"id": 1, "parent": None})
            with pytest.raises(OperationalError, match="locked"), other.write() as late:
                late.execute(ROW, {"id": 2, "parent": None})

        # Nobody is in the way any more, and the connection that gave up is of use.
        for number, database in ((3, other), (4, one)):
            with database.write() as session:
                session.execute(ROW, {"id": number, "parent": None})
        assert _count(one) == 3


def test_known_bad_with_the_driver_s_deferred_begin_writers_find_it_locked(
    tmp_path: Path,
) -> None:
    path = tmp_path / "busy.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(TABLE)

    def write(_number: int) -> str:
        with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as own:
            try:
                own.execute("BEGIN")
                (count,) = own.execute("SELECT count(*) FROM children").fetchone()
                own.execute("INSERT INTO children VALUES (?, NULL)", (count + 1,))
                own.execute("COMMIT")
            except sqlite3.OperationalError as error:
                return str(error)
        return "written"

    with ThreadPoolExecutor(4) as threads:
        outcomes = set(threads.map(write, range(200)))

    assert outcomes == {"written", "database is locked"}
