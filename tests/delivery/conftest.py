"""A newspaper that lasts for a whole file of tests which only read it."""

import pytest
from starlette.testclient import TestClient

from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from tests.conftest import START, Clock, empty
from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def lasting_newsroom(session_client: TestClient, session_clock: Clock) -> Newsroom:
    """An editor at an empty newspaper, for files whose tests change nothing.

    Such a file cannot use `client`, `database` or `newsroom`: these empty it.
    """
    session_clock.now = START
    database: Database = session_client.app.state.database  # type: ignore[attr-defined]
    empty(database)
    with database.write() as session:
        key = keys.create(session, name="editor", role=Role.editor, now=START)[1]
    return Newsroom(session_client, key, session_clock)
