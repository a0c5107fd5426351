"""What a measurement stands on: a database with articles, and how long it may take."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from time import perf_counter

from sqlalchemy import Select, func, select

from app import schema
from app.access import keys
from app.access.roles import Role
from app.delivery.store.facets import EVERYTHING
from app.delivery.store.models import Document, Facet, Listing
from app.importers import generated, sample
from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.settings import Settings
from app.publishing.desk import Desk
from app.publishing.site import Site

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """How many articles a load has made, and in how many seconds."""

    articles: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A filled database; `spare` has another, empty one there for a while."""

    name: str
    url: str
    articles: int
    scale: float
    spare: Callable[[], AbstractContextManager[str]]

    @property
    def seconds(self) -> float:
        """How long each asking lasts."""
        return max(0.2, 2 * self.scale)

    @property
    def repeats(self) -> int:
        """How often each is asked, the one after the other; the median is taken."""
        return max(1, round(5 * self.scale))

    def many(self, full: int) -> int:
        """How often something is tried that is tried so often at scale 1."""
        return max(2, round(full * self.scale))

    @cached_property
    def slug(self) -> str:
        """An article of this database."""
        with Database(self.url) as database, database.read() as session:
            statement = select(Document.key).where(Document.kind == "article")
            return session.scalars(statement.order_by(Document.id).limit(1)).one()

    def settings(self, **more: str) -> dict[str, str]:
        """The variables of a server of this database: no cache, nothing beside it."""
        return {
            "BROADSHEET_DATABASE_URL": self.url,
            "BROADSHEET_BACKGROUND": "false",
            "BROADSHEET_CACHE_BYTES": "0",
            "BENCH_DATABASE_URL": self.url,
            "BENCH_SLUG": self.slug,
            **more,
        }


def fill(url: str, articles: int, tell: Tell = lambda _done, _total: None) -> Loaded:
    """Load the sample and generated stories, as `broadsheet demo` does."""
    with Database(url) as database:
        schema.migrate(database)
        site = Site.of(Settings(database_url=url))
        desk = Desk(now=system_clock(), by="bench", site=site)
        sample.load(database, desk, lambda _done, _total: None)
        started = perf_counter()
        made = generated.fill(database, desk, articles, tell)
        return Loaded(made, perf_counter() - started)


def everything() -> Select[datetime]:
    """Select when each public article was published, from the list of all."""
    number = select(Facet.id).where(
        Facet.kind == EVERYTHING.kind, Facet.value == EVERYTHING.value
    )
    of_all = Listing.facet_id == number.scalar_subquery()
    return select(Listing.published_at).where(of_all)


def count(url: str) -> int:
    """Count the public articles."""
    with Database(url) as database, database.read() as session:
        articles = select(func.count()).select_from(everything().subquery())
        return session.scalar(articles) or 0


@contextmanager
def editor(url: str) -> Iterator[str]:
    """Have a key to the newsroom for a while."""
    with Database(url) as database:
        with database.write() as session:
            key, text = keys.create(
                session, name="bench", role=Role.publisher, now=system_clock()
            )
        yield text
        with database.write() as session:
            keys.revoke(session, key.id, now=system_clock())
