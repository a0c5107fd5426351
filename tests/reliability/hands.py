"""Workers on the release loop, any of which may be killed and is replaced at once.

Three kinds are wrong on purpose: one polls for what is due and claims nothing, one
asks its own clock for the time, and one looks at what has come due since it last did.
"""

import os
import random
import signal
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, partial
from typing import Literal, Protocol, Self

from sqlalchemy import select

from app.background import Background, Loop
from app.kit.clock import database_now, system_clock
from app.kit.db import Database
from app.newsroom.articles.models import Article
from app.publishing import releasing
from app.publishing.desk import Desk
from app.publishing.releasing import Terms
from app.publishing.site import Site
from app.publishing.timing import clockwork
from tests.conftest import OwnSettings
from tests.newsroom import Json
from tests.reliability.forking import Life, obey

MODULE = "tests.reliability.hands"

Kind = Literal["whole", "polling", "own clock", "since last look"]


class Place(Protocol):
    """Where a worker can live."""

    def fork(self, *, url: str, kind: str) -> int: ...


class Hands:
    """As many workers as there are places; whoever leaves the block has killed all."""

    def __init__(self, places: Sequence[Place], url: str, *, kind: Kind = "whole"):
        self._places = places
        self._url = url
        self._kind = kind
        self._alive: list[int] = []

    def __enter__(self) -> Self:
        self._alive = [self._fork(place) for place in self._places]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._alive:
            os.kill(process, signal.SIGKILL)

    def kill_one(self) -> None:
        """End any of them where it stands, and let the next take its place."""
        number = random.randrange(len(self._alive))  # noqa: S311 — no secret
        os.kill(self._alive[number], signal.SIGKILL)
        self._alive[number] = self._fork(self._places[number])

    def _fork(self, place: Place) -> int:
        return place.fork(url=self._url, kind=self._kind)


def _prepare(told: Json) -> Life:
    url, kind = told["url"], told["kind"]
    return partial(_work, _database(url, kind), OwnSettings(database_url=url), kind)


@cache
def _database(url: str, kind: Kind) -> Database:
    """Open a newspaper as a worker does that has been at it for long.

    Whoever is forked knows all statements already, and makes its own connections.
    """
    clock = system_clock if kind == "own clock" else None
    database = Database(url, threads=2, clock=clock)
    if kind == "whole":
        clockwork.run(database, Site.of(OwnSettings(database_url=url)))
    database.dispose()
    return database


def _work(database: Database, settings: OwnSettings, kind: Kind) -> None:
    work: Background | Loop = Background(database, settings, system_clock)
    if kind == "polling":
        step = partial(_poll, database, Site.of(settings))
        work = Loop("polling", lambda _: step(), longest=0.05)
    if kind == "since last look":
        memory = Memory(database, Site.of(settings))
        work = Loop("looking", lambda _: memory.look(), longest=0.05)
    work.start()
    signal.pause()


def _poll(database: Database, site: Site) -> float:
    """The known-bad twin: it looks what is due, and then publishes all of that."""
    with database.read_primary() as session:
        now = database_now(session)
        due = list(session.scalars(select(Article.id).where(Article.publish_at <= now)))
    for article_id in due:
        with database.write() as session:
            article = session.get_one(Article, article_id, with_for_update=True)
            desk = Desk(now=now, by="system", site=site)
            releasing.release(session, article, Terms(), desk)
    return 0.02


class Memory:
    """The known-bad twin: it takes it that what came due before was done before."""

    def __init__(self, database: Database, site: Site):
        self._database = database
        self._site = site
        self._looked_at = datetime.min.replace(tzinfo=UTC)

    def look(self) -> float:
        """Publish what has come due since the last look, as far as time has come."""
        with self._database.write() as session:
            now = database_now(session)
            is_new = (Article.publish_at > self._looked_at, Article.publish_at <= now)
            desk = Desk(now=now, by="system", site=self._site)
            for article in session.scalars(select(Article).where(*is_new)):
                releasing.release_scheduled(session, article, desk)
        self._looked_at = max(self._looked_at, now)
        return 0.02


if __name__ == "__main__":
    obey(_prepare)
