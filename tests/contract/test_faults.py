"""What is not the caller's fault: the database away, and what nobody foresaw."""

import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import Depends
from starlette.testclient import TestClient

from app import schema
from app.access.callers import Anybody
from app.access.models import Key
from app.kit.clock import system_clock
from app.kit.db import Database, WriteSession
from app.kit.settings import Settings
from app.main import create_app
from tests.contract.conftest import NOWHERE
from tests.contract.problems import API_URL, problem_of
from tests.contract.walking import Operation, Visitor, is_get, reads, writes

# Well-formed, so that it is looked up.
KEY = f"bs_x{zlib.crc32(b'x'):08x}"


def _settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        api_url=API_URL,
        background=False,
        threads=2,
        stream_seconds=0,
    )


@pytest.fixture(scope="module")
def app_without_database() -> Iterator[TestClient]:
    """An application whose PostgreSQL does not answer."""
    app = create_app(_settings("postgresql://nobody@127.0.0.1:1/nowhere"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def visitor_without_database(app_without_database: TestClient) -> Visitor:
    headers = {"Authorization": f"Bearer {KEY}"}
    return Visitor(app_without_database, NOWHERE, headers)


@pytest.fixture(scope="module")
def faulty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An application with a route that nobody tried before the release."""
    url = f"sqlite:///{tmp_path_factory.mktemp('faulty') / 'test.db'}"
    with Database(url) as database:
        schema.migrate(database)
    app = create_app(_settings(url))
    app.get("/faulty", dependencies=[Depends(Anybody())])(_fail)
    app.post("/racing", dependencies=[Depends(Anybody())])(_lose_a_race)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def _fail() -> None:
    raise ZeroDivisionError("the secret of /etc/broadsheet")


def _lose_a_race(session: WriteSession) -> None:
    # What two requests do that take a name at once, neither seeing the other.
    now = system_clock()
    for _ in range(2):
        session.add(
            Key(
                name="Desk",
                role="editor",
                scopes=[],
                digest=b"one digest",
                hint="bs_",
                created_at=now,
            )
        )


def _needs_database(operation: Operation) -> bool:
    return reads(operation) or writes(operation)


def test_without_a_database_every_read_is_unavailable(
    visitor_without_database: Visitor,
) -> None:
    for operation in visitor_without_database.operations(is_get, _needs_database):
        answer = visitor_without_database.visit(operation)

        assert problem_of(answer)["code"] == "unavailable", operation
        assert answer.headers["Retry-After"].isdigit()


def test_without_a_database_every_write_is_unavailable(
    visitor_without_database: Visitor,
) -> None:
    for operation in visitor_without_database.operations(writes):
        answer = visitor_without_database.visit(
            operation, json={}, headers={"If-Match": '"v1"'}
        )

        assert problem_of(answer)["code"] == "unavailable", operation


def test_an_unavailable_database_is_not_described(
    visitor_without_database: Visitor,
) -> None:
    text = visitor_without_database.client.get("/v1/articles").text.lower()

    for word in ("127.0.0.1", "psycopg", "sqlalchemy", "connection", "nobody"):
        assert word not in text


def test_without_a_database_the_process_lives_and_its_manual_is_read(
    visitor_without_database: Visitor,
) -> None:
    client = visitor_without_database.client

    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/openapi.json").is_success
    assert client.get("/docs/problems/unavailable").is_success


def test_what_nobody_foresaw_is_a_problem_that_tells_nothing(
    faulty_app: TestClient,
) -> None:
    answer = faulty_app.get("/faulty")

    problem = problem_of(answer)
    assert (problem["code"], problem["detail"]) == ("internal-error", None)
    for word in ("secret", "ZeroDivision", "Traceback", "/etc", ".py"):
        assert word not in answer.text


def test_what_nobody_foresaw_is_logged_under_the_request_s_id(
    faulty_app: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="broadsheet"):
        faulty_app.get("/faulty", headers={"X-Request-Id": "morning-1"})

    (record,) = caplog.records
    assert "morning-1" in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_who_loses_a_race_for_a_name_hears_of_a_conflict(
    faulty_app: TestClient,
) -> None:
    answer = faulty_app.post("/racing")

    assert problem_of(answer)["code"] == "conflict"
    for word in ("UNIQUE", "constraint", "digest", "INSERT"):
        assert word not in answer.text


def test_a_database_without_tables_is_unavailable(tmp_path: Path) -> None:
    app = create_app(_settings(f"sqlite:///{tmp_path / 'empty.db'}"))
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/v1/articles")

    assert problem_of(answer)["code"] == "unavailable"
