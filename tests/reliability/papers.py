"""A newspaper of its own for a harness whose processes live by the real clock."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.clock import system_clock
from app.kit.db import Database
from app.main import create_app
from tests import servers
from tests.conftest import OwnSettings
from tests.newsroom import Json, Newsroom
from tests.reliability.timetable import Deed, write_down


@dataclass(frozen=True)
class Paper:
    """A newspaper of its own, and an editor at work in it."""

    database: Database
    newsroom: Newsroom

    def write_down(self, deeds: Sequence[Deed]) -> list[tuple[Deed, Json]]:
        """Leave an article to the clock for each of these."""
        return [
            (deed, write_down(self.newsroom, deed, number))
            for number, deed in enumerate(deeds)
        ]


@contextmanager
def founded(engine: str, config: pytest.Config, folder: Path) -> Iterator[Paper]:
    """Found one on `sqlite` or on `postgresql`, with a section and no stories."""
    with ExitStack() as open_:
        url = open_.enter_context(servers.empty_database(engine, config, folder))
        yield _found(url, open_)


def _found(url: str, open_: ExitStack) -> Paper:
    database = open_.enter_context(Database(url, threads=4))
    schema.migrate(database)
    with database.write() as session:
        _, key = keys.create(session, name="Ada", role=Role.editor, now=system_clock())
    settings = OwnSettings(database_url=url, threads=4, background=False)
    app = create_app(settings)
    client = open_.enter_context(TestClient(app))
    newsroom = Newsroom(client, key, type("Real", (), {"advance": None})())
    newsroom.section("World")
    return Paper(database, newsroom)
