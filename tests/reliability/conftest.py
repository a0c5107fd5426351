"""A real server on a loopback port: races need threads, sockets and a real pool."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from app.access.roles import Role
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests import servers
from tests.conftest import START, Clock
from tests.reliability import fleet
from tests.reliability.crew import Crew
from tests.reliability.forking import Forks
from tests.serving import serving


@pytest.fixture(scope="session")
def settings(session_client: TestClient) -> Settings:
    """The settings of a process of its own beside the tests' application."""
    app = session_client.app
    whole: Settings = app.state.settings  # type: ignore[attr-defined]
    return whole.model_copy(update={"threads": 16})


@pytest.fixture(scope="session")
def served_at(settings: Settings) -> Iterator[str]:
    """The address of a uvicorn server on the tests' database."""
    with serving(create_app(settings, clock=Clock())) as url:
        yield url


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """The process that the servers of a fleet are forked from."""
    with Forks(fleet.MODULE) as forks:
        yield forks


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database for a test alone, one of each kind."""
    with servers.empty_database(request.param, request.config, tmp_path) as url:
        yield url


@pytest.fixture
def crew(
    served_at: str, database: Database, make_key: Callable[[Role], str]
) -> Iterator[Crew]:
    """Many editors at once, on an empty newspaper."""
    with httpx.Client(
        base_url=served_at,
        headers={"Authorization": f"Bearer {make_key(Role.editor)}"},
        timeout=30,
        limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
    ) as client:
        yield Crew(client)


@pytest.fixture
def desk(settings: Settings, clock: Clock) -> Callable[[], Desk]:
    """The desk at which the system itself works, for refreshes."""
    assert clock.now == START
    return lambda: Desk(now=clock(), by="system", site=Site.of(settings))
