"""Fixtures: every test that asks for an application runs on both databases."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic_settings import SettingsConfigDict
from sqlalchemy import ColumnElement, delete, literal_column, update
from starlette.testclient import TestClient

from app import schema
from app.access import keys
from app.access.roles import Role
from app.changes.models import StreamPosition
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from app.tables import metadata
from tests import hearing, servers
from tests.catching_up import catch_up
from tests.newsroom import Newsroom

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

BACKENDS = ("sqlite", "postgresql")

# For what is to be seen on one of them alone.
on_sqlite = pytest.mark.parametrize("backend_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("backend_url", ["postgresql"], indirect=True)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: servers.WorkerNode) -> None:
    servers.tell_worker(node)


def pytest_collection_finish() -> None:
    """Leave what was imported out of what is searched for garbage.

    All of it stays to the end, and large bodies would have it looked at again and
    again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class OwnSettings(Settings):
    """Settings that no `.env` of a developer gets into."""

    model_config = SettingsConfigDict(env_file=None)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Let time pass, as `timedelta` takes it."""
        self.now += timedelta(**by)
        return self.now


@pytest.fixture(scope="session")
def postgresql_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """The URL of an empty database on a real PostgreSQL."""
    with servers.empty_postgresql(pytestconfig) as url:
        yield url


@pytest.fixture(scope="session", params=BACKENDS)
def backend_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a migrated database, one of each kind."""
    if request.param == "sqlite":
        path: Path = tmp_path_factory.mktemp("sqlite") / "test.db"
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("postgresql_url")
    with Database(url) as database:
        schema.migrate(database)
    return url


@pytest.fixture(scope="session")
def session_clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def session_client(
    backend_url: str, session_clock: Clock, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """One application for all tests of a backend: making one takes its time."""
    settings = OwnSettings(
        database_url=backend_url,
        api_url="https://api.courier.example",
        site_url="https://www.courier.example",
        site_name="The Courier",
        background=False,
        threads=4,
        media_path=tmp_path_factory.mktemp("media"),
        # A client that hears an answer only when it is whole would wait for ever.
        stream_seconds=0,
    )
    app = create_app(settings, clock=session_clock)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def uncached_client(session_client: TestClient) -> Iterator[TestClient]:
    """Another application on the same database, which keeps no answers."""
    settings: Settings = session_client.app.state.settings  # type: ignore[attr-defined]
    app = create_app(settings.model_copy(update={"cache_bytes": 0}))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def clock(session_clock: Clock) -> Clock:
    session_clock.now = START
    return session_clock


@pytest.fixture
def database(session_client: TestClient) -> Database:
    """The application's database, empty."""
    app = session_client.app
    database: Database = app.state.database  # type: ignore[attr-defined]
    empty(database)
    # So many rows at once are beyond the log: the cache has to be told of them.
    app.state.cache.begin(0)  # type: ignore[attr-defined]
    catch_up(session_client)
    return database


@pytest.fixture
def client(session_client: TestClient, database: Database, clock: Clock) -> TestClient:
    """Anybody: a client without a key, on an empty newspaper."""
    session_client.headers.pop("Authorization", None)
    session_client.cookies.clear()
    return session_client


@pytest.fixture
def make_key(database: Database, clock: Clock) -> Callable[[Role], str]:
    """Make a key of a role."""

    def make(role: Role) -> str:
        with database.write() as session:
            return keys.create(session, name=role.name, role=role, now=clock())[1]

    return make


@pytest.fixture
def newsroom(
    client: TestClient, make_key: Callable[[Role], str], clock: Clock
) -> Newsroom:
    """An editor at work, through HTTP."""
    return Newsroom(client, make_key(Role.editor), clock)


@pytest.fixture
def publisher(
    client: TestClient, make_key: Callable[[Role], str], clock: Clock
) -> Newsroom:
    """A publisher at work, who may also end a story for good."""
    return Newsroom(client, make_key(Role.publisher), clock)


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """The SQL statements that reach the database, as they come."""
    seen: list[str] = []
    with hearing.told(database, seen.append):
        yield seen


NOUGHT: ColumnElement[int] = literal_column("0")

# Written out, since every other test begins with them: in one go on PostgreSQL.
EMPTYING = (
    *(
        str(delete(table))
        for table in reversed(metadata.sorted_tables)
        if table.name != StreamPosition.__tablename__
    ),
    str(update(StreamPosition).values(position=NOUGHT, floor=NOUGHT)),
)
EMPTYING_SQLITE = (
    *EMPTYING,
    "INSERT INTO search_index(search_index) VALUES ('delete-all')",
)


def empty(database: Database) -> None:
    """Take every row out; the log's counter begins anew."""
    script = EMPTYING_SQLITE if database.is_sqlite else ["; ".join(EMPTYING)]
    with database.engine.begin() as connection:
        for statement in script:
            # Without parameters, not with none: then a string may be many statements.
            connection.exec_driver_sql(
                statement, execution_options={"no_parameters": True}
            )
