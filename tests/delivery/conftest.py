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


@pytest.fixture
def desk(newsroom: Newsroom) -> Newsroom:
    """An editor with three sections and six stories, the first the newest."""
    world = newsroom.section("World")
    newsroom.section("Europe", parent=world["id"])
    newsroom.section("Sport")
    newsroom.tag("Trade", listed=True)
    for number, section in enumerate(
        ["world", "world/europe", "sport", "world", "sport", "world/europe"], start=1
    ):
        newsroom.published(
            f"Story {number}",
            slug=f"story-{number}",
            section=section,
            tags=["trade"] if number % 2 else [],
            published_at=f"2026-05-{20 - number:02}T06:00:00Z",
        )
    return newsroom
