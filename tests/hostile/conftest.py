"""Fixtures: a newspaper with a little of everything, which outlasts every attack."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from tests import hearing
from tests.conftest import START, Clock, empty
from tests.hostile.standing import Standing
from tests.hostile.stock import lay_in
from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def standing(session_client: TestClient, session_clock: Clock) -> Iterator[Standing]:
    """One newspaper for all tests of a module: what they send is to change nothing."""
    session_clock.now = START
    session_client.headers.pop("Authorization", None)
    session_client.cookies.clear()
    app: Any = session_client.app
    database: Database = app.state.database
    empty(database)
    with database.write() as session:
        _, key = keys.create(session, name="Ada", role=Role.admin, now=START)
    stock = lay_in(Newsroom(session_client, key, session_clock))
    standing = Standing(session_client, database, stock, key)
    with hearing.told(database, standing.note):
        yield standing


@pytest.fixture
def unharmed(standing: Standing) -> Iterator[Standing]:
    """The newspaper, which holds after the test what it held before."""
    before = standing.contents()
    yield standing
    assert standing.contents() == before
