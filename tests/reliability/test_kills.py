"""Acknowledged means kept: the server is killed over and over, and nothing is lost.

Clients write through HTTP under an `Idempotency-Key` each, and ask again until they are
answered. What they were told is then looked for in the tables.
"""

import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.orm import Session

from app import schema
from app.access import keys
from app.access.roles import Role
from app.changes.models import Change
from app.delivery.store.models import Document, Version
from app.kit.clock import system_clock
from app.kit.db import Database
from app.newsroom.articles.models import Article, Revision
from app.newsroom.sections.schemas import SectionCreate
from app.publishing.desk import Desk
from app.publishing.reference import sections
from app.publishing.site import Site
from tests import servers
from tests.conftest import OwnSettings
from tests.prove.figures import FOLDER, engine_of, report, size
from tests.reliability.clients import Kept, Persistent
from tests.reliability.felling import felled
from tests.reliability.mortal import Mortal, Waiting
from tests.reliability.tailing import is_contiguous

WRITERS = 3
DATABASE_KILLS = size(1, long=150)
KILLS = {"sqlite": size(10, long=1000), "postgresql": size(3, long=150)}


@dataclass(frozen=True)
class Paper:
    """A newspaper of its own, and an editor's key to it."""

    url: str
    key: str
    section: str


@pytest.fixture(scope="module")
def waiting() -> Iterator[Waiting]:
    """The process that servers are forked from: to load the program takes longest."""
    with Waiting() as waiting:
        yield waiting


@pytest.fixture(params=["sqlite", "postgresql"])
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Paper]:
    with servers.empty_database(request.param, request.config, tmp_path) as url:
        yield _found(url)


def _found(url: str) -> Paper:
    now = system_clock()
    with Database(url) as database:
        schema.migrate(database)
        if not database.is_sqlite:
            # The tests' server is told to forget a little when it is killed.
            name = make_url(url).database
            with database.engine.begin() as connection:
                setting = f'ALTER DATABASE "{name}" SET synchronous_commit = on'
                connection.execute(text(setting))
        with database.write() as session:
            _, key = keys.create(session, name="Ada", role=Role.editor, now=now)
            desk = Desk(now=now, by="Ada", site=Site.of(OwnSettings()))
            section = sections.create(session, SectionCreate(name="World"), desk)
            return Paper(url, key, str(section.id))


@dataclass
class Outcome:
    """What many kills have done to a newspaper."""

    kills: int
    kept: list[Kept]
    lost: list[str]
    torn: list[str]

    @property
    def acknowledged(self) -> int:
        return sum(each.count for each in self.kept)

    @property
    def failures(self) -> int:
        return len(self.lost) + len(self.torn) + len(self.surprises)

    @property
    def surprises(self) -> list[str]:
        return [each for kept in self.kept for each in kept.surprises]


def test_whatever_was_acknowledged_is_there_after_every_kill(
    waiting: Waiting, paper: Paper
) -> None:
    kills = KILLS["sqlite" if paper.url.startswith("sqlite") else "postgresql"]
    outcome = _kill_and_look(waiting, paper, kills=kills)

    with Database(paper.url) as database:
        report(
            "kills",
            engine_of(database),
            iterations=outcome.kills,
            failures=outcome.failures,
            acknowledged_writes=outcome.acknowledged,
        )
    assert outcome.acknowledged >= kills
    assert (outcome.lost, outcome.torn, outcome.surprises) == ([], [], [])


@pytest.mark.skipif(FOLDER is None, reason="takes minutes: make prove")
def test_whatever_was_acknowledged_outlives_its_database(waiting: Waiting) -> None:
    with felled() as cluster:
        paper = _found(cluster.url)
        outcome = _kill_and_look(
            waiting, paper, kills=DATABASE_KILLS, kill=lambda _: cluster.fell()
        )

    report(
        "database kills",
        "PostgreSQL",
        iterations=outcome.kills,
        failures=outcome.failures,
        acknowledged_writes=outcome.acknowledged,
    )
    assert (outcome.lost, outcome.torn, outcome.surprises) == ([], [], [])


def test_a_server_that_answers_before_it_commits_is_caught(
    waiting: Waiting, paper: Paper
) -> None:
    outcome = _kill_and_look(waiting, paper, kills=3, is_hasty=True)

    assert outcome.lost != []


def _kill_and_look(
    waiting: Waiting,
    paper: Paper,
    *,
    kills: int,
    is_hasty: bool = False,
    kill: Callable[[Mortal], None] = Mortal.kill,
) -> Outcome:
    answered, stopping = threading.Event(), threading.Event()
    with Mortal(waiting, paper.url, is_hasty=is_hasty) as server:
        clients = [
            Persistent(waiting.url, paper.key, f"Writer {number}", answered.set)
            for number in range(WRITERS)
        ]
        with ThreadPoolExecutor(WRITERS) as threads:
            working = [
                threads.submit(each.work, paper.section, stopping) for each in clients
            ]
            try:
                for _ in range(kills):
                    answered.clear()
                    assert answered.wait(timeout=60)
                    time.sleep(random.uniform(0, 0.2))  # noqa: S311 — no secret
                    kill(server)
            finally:
                stopping.set()
            for each in working:
                each.result()
    kept = [each.kept for each in clients]
    with Database(paper.url) as database, database.read() as session:
        lost = [fault for each in kept for fault in _lost(session, each)]
        torn = [*_torn(session), *_broken(database)]
    return Outcome(kills, kept, lost, torn)


def _lost(session: Session, kept: Kept) -> Iterator[str]:
    """Say what was acknowledged and is not there, or is there twice."""
    made = Counter(
        content["headline"] for content in session.scalars(select(Article.content))
    )
    yield from (f"{made[each]} × {each}" for each in kept.created if made[each] != 1)
    releases = {
        (str(article), number)
        for article, number in session.execute(
            select(Version.article_id, Version.version)
        )
    }
    yield from (f"release {each}" for each in kept.released - releases)
    saves = {
        (str(article), content["standfirst"])
        for article, content in session.execute(
            select(Revision.article_id, Revision.content)
        )
    }
    yield from (f"save {each}" for each in kept.saved - saves)


def _torn(session: Session) -> Iterator[str]:
    """Say what there is one half of: released and not logged, logged and not there."""
    log = session.execute(
        select(Change.position, Change.resource_id, Change.version).order_by(
            Change.position
        )
    ).all()
    if not is_contiguous([row.position for row in log]):
        yield "the log has holes"
    logged = Counter((row.resource_id, row.version) for row in log)
    releases = {
        (article.id, number)
        for article in session.scalars(select(Article))
        for number in range(1, article.release + 1)
    }
    rows = session.execute(select(Version.article_id, Version.version))
    kept = {(article, number) for article, number in rows}
    yield from (
        f"{logged[each]} × log {each}" for each in releases if logged[each] != 1
    )
    yield from (f"version {each}" for each in releases ^ kept)
    last = {row.resource_id: row.position for row in log}
    shown = session.execute(select(Document.id, Document.position))
    yield from (f"document {each}" for each, at in shown if last.get(each) != at)


def _broken(database: Database) -> list[str]:
    """Ask SQLite whether its file is whole."""
    path = make_url(database.url).database
    if not database.is_sqlite or path is None:
        return []
    with closing(sqlite3.connect(path)) as connection:
        [verdict] = connection.execute("PRAGMA integrity_check").fetchone()
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [] if verdict == "ok" and not dangling else [f"{verdict} {dangling}"]
