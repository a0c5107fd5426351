"""An empty database of each kind for each test."""

from collections.abc import Iterator

import pytest

from app.kit.db import Database
from tests import servers


@pytest.fixture
def empty_postgresql_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """A PostgreSQL database of its own for one test."""
    with servers.empty_postgresql(pytestconfig) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database without tables."""
    url = f"sqlite:///{tmp_path_factory.mktemp('empty')}/paper.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgresql_url")
    with Database(url, threads=2) as database:
        yield database
