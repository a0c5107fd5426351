"""What sitemaps list: every page, the articles by the month they were published in.

A month that is over keeps its file: only what changes in it changes that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from app.content.vocabularies import DataMining
from app.delivery.store.facets import EVERYTHING
from app.delivery.store.models import Document, Facet, Listing
from app.feeds import signals
from app.feeds.stories import Part, Picture
from app.kit.settings import Settings

PER_FILE = 2_000
"""How many articles a file lists; the protocol allows 50,000."""
MOST_PAGES = 50_000

NEWS = timedelta(days=2)
MOST_NEWS = 1_000
"""What a news sitemap may list (Google Search Central, *News sitemaps*)."""

OTHER_PAGES = ("section", "author", "tag")


@dataclass(frozen=True)
class File:
    """One sitemap of articles, and when anything in it changed last."""

    name: str
    changed_at: datetime


@dataclass(frozen=True)
class PageUrl:
    """One page: where it is, when it changed, and the picture it opens with."""

    url: str
    changed_at: datetime
    picture: str | None = None


@dataclass(frozen=True)
class NewsUrl:
    """One page of the latest news."""

    url: str
    title: str
    language: str
    published_at: datetime


class _Mined(Part):
    data_mining: DataMining | None = None


class _Head(Part):
    noindex: bool


class _Listed(Part):
    """What sitemaps say of an article."""

    url: str
    canonical_url: str
    headline: str
    language: str
    first_published_at: datetime
    lead_media: Picture | None
    seo: _Head

    @property
    def picture(self) -> str | None:
        lead = self.lead_media
        return lead.url if lead and lead.kind == "image" else None


def files(session: Session) -> list[File]:
    """List the sitemaps of articles, the oldest first."""
    month = _month(session).label("month")
    rows = session.execute(
        select(month, func.count(), func.max(Listing.updated_at))
        .where(Listing.facet_id == _everything())
        .group_by(month)
        .order_by(month)
    )
    return [
        File(_name(text, part), changed_at)
        for text, count, changed_at in rows
        for part in range(1, -(-count // PER_FILE) + 1)
    ]


def articles(session: Session, month: datetime, part: int) -> list[PageUrl]:
    """List a part of the articles of a month, in the order they were published."""
    statement = (
        _documents()
        .where(
            Listing.published_at >= month,
            Listing.published_at < _next(month),
        )
        .order_by(Listing.published_at, Listing.id)
        .offset((part - 1) * PER_FILE)
        .limit(PER_FILE)
    )
    return [
        PageUrl(said.url, changed_at, said.picture)
        for said, changed_at in _listed(session, statement)
    ]


def news(session: Session, now: datetime) -> list[NewsUrl]:
    """List the articles of the last two days, newest first."""
    statement = (
        _documents()
        .where(Listing.published_at > now - NEWS)
        .order_by(Listing.published_at.desc(), Listing.id.desc())
        .limit(MOST_NEWS)
    )
    return [
        NewsUrl(said.url, said.headline, said.language, said.first_published_at)
        for said, _ in _listed(session, statement)
    ]


def pages(session: Session, site_url: str) -> list[PageUrl]:
    """List the pages of sections, authors and tags."""
    rows = session.execute(
        select(Document.path, Document.changed_at)
        .where(Document.kind.in_(OTHER_PAGES), Document.path.is_not(None))
        .order_by(Document.kind, Document.key)
        .limit(MOST_PAGES)
    )
    return [PageUrl(f"{site_url}{path}", changed_at) for path, changed_at in rows]


def mining_rules(session: Session, settings: Settings) -> list[dict[str, object]]:
    """List what may be mined where the answer changes, the deepest sections first."""
    rows = session.execute(
        select(Document.key, Document.detail).where(Document.kind == "section")
    )
    said = {key: _Mined.model_validate_json(detail).data_mining for key, detail in rows}
    deepest = sorted(said, key=lambda key: (-key.count("/"), key))
    own = [
        (f"/{key}/*", said[key])
        for key in deepest
        if said[key] != said.get(key.rpartition("/")[0], settings.data_mining)
    ]
    return [
        _rule(where, mining, settings.data_mining_policy)
        for where, mining in [*own, ("/*", settings.data_mining)]
        if mining is not None
    ]


def _rule(where: str, mining: DataMining, policy: str | None) -> dict[str, object]:
    rule: dict[str, object] = {
        "location": where,
        "tdm-reservation": int(signals.reservation(mining)),
    }
    return {**rule, "tdm-policy": policy} if policy else rule


def _documents() -> Select[bytes, datetime]:
    return (
        select(Document.detail, Listing.updated_at)
        .join(Document, Document.id == Listing.id)
        .where(Listing.facet_id == _everything())
    )


def _listed(
    session: Session, statement: Select[bytes, datetime]
) -> Iterator[tuple["_Listed", datetime]]:
    """Read articles, but for those that search engines are to find elsewhere."""
    for detail, changed_at in session.execute(statement):
        said = _Listed.model_validate_json(detail)
        if not said.seo.noindex and said.canonical_url == said.url:
            yield said, changed_at


def _everything() -> ScalarSelect[int]:
    number = select(Facet.id).where(
        Facet.kind == EVERYTHING.kind, Facet.value == EVERYTHING.value
    )
    return number.scalar_subquery()


def _month(session: Session) -> ColumnElement[str]:
    if session.get_bind().dialect.name == "sqlite":
        seconds = type_coerce(Listing.published_at, Integer) / 1_000_000
        return func.strftime("%Y-%m", seconds, "unixepoch")
    return func.to_char(func.timezone("UTC", Listing.published_at), "YYYY-MM")


def _name(month: str, part: int) -> str:
    return month if part == 1 else f"{month}-{part}"


def _next(month: datetime) -> datetime:
    return (month + timedelta(days=32)).replace(day=1)
