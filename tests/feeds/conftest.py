"""Fixtures: the log by way of a real server, where clients wait and streams flow."""

from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from app.kit.settings import Settings
from app.main import create_app
from tests.newsroom import Newsroom
from tests.serving import serving


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def served(session_client: TestClient) -> Iterator[str]:
    """The address of another process on the tests' database, whose streams go on."""
    settings: Settings = session_client.app.state.settings  # type: ignore[attr-defined]
    lasting = settings.model_copy(update={"stream_seconds": 3600})
    with serving(create_app(lasting)) as url:
        yield url


@pytest.fixture
def reader(served: str, newsroom: Newsroom) -> Iterator[httpx.Client]:
    """A client of that process, on the newspaper that `newsroom` writes."""
    assert newsroom.headers
    with httpx.Client(base_url=served, timeout=20) as client:
        yield client
