"""Which feed is meant: the newspaper's own, a section's, an author's or a tag's.

A feed has the path of the page that it belongs to: that of `/world/europe` is
`/feeds/world/europe.rss`, that of the front page `/feeds/home.rss`.
"""

from dataclasses import dataclass, replace

import orjson
from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.vocabularies import DataMining
from app.delivery import reading
from app.delivery.filters import Group
from app.delivery.reading import Moved
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.kit.settings import Settings

HOME = "home"

_KINDS = {"authors": "author", "tags": "tag"}
_DESCRIBED = {"author": "bio", "tag": "description", "section": "description"}


@dataclass(frozen=True)
class Channel:
    """What a feed is of; `name` is its address without the form."""

    id: str
    name: str
    title: str
    description: str
    page_url: str
    publisher: str
    site_url: str
    feeds_url: str
    data_mining: DataMining | None
    groups: tuple[Group, ...]
    keys: tuple[str, ...]

    def url(self, form: str, cursor: str | None = None) -> str:
        """Say where it is in this form, at the beginning or further on."""
        query = f"?cursor={cursor}" if cursor else ""
        return f"{self.feeds_url}/{self.name}.{form}{query}"


def find(request: Request, session: Session, name: str) -> Channel:
    """Find what a feed is of; an old name answers 308, an unknown one 404."""
    settings: Settings = request.app.state.settings
    if name == HOME:
        return home(settings)
    kind, key = _kind(name)
    try:
        found = reading.get(session, kind, key)
    except Moved as moved:
        raise Moved(f"{name.removesuffix(key)}{moved.key}") from None
    return _of(settings, kind, found.content, name)


def home(settings: Settings) -> Channel:
    """Describe the newspaper's own feed."""
    return Channel(
        id=f"{settings.site_url}/",
        name=HOME,
        title=settings.site_name,
        description=f"The latest from {settings.site_name}.",
        page_url=f"{settings.site_url}/",
        publisher=settings.site_name,
        site_url=settings.site_url,
        feeds_url=f"{settings.api_url}/feeds",
        data_mining=settings.data_mining,
        groups=(),
        keys=(),
    )


def sections(settings: Settings, session: Session) -> list[Channel]:
    """Describe the feeds of all sections, in the newspaper's order."""
    rows = session.execute(
        select(Document.key, Document.detail)
        .where(Document.kind == "section")
        .order_by(Document.ordinal, Document.key)
    )
    return [_of(settings, "section", detail, key) for key, detail in rows]


def _of(settings: Settings, kind: str, detail: bytes, name: str) -> Channel:
    said = orjson.loads(detail)
    own = said[_DESCRIBED[kind]]
    return replace(
        home(settings),
        id=f"urn:uuid:{said['id']}",
        name=name,
        title=f"{said['name']} – {settings.site_name}",
        description=own or f"{said['name']} in {settings.site_name}.",
        page_url=said["url"],
        data_mining=said.get("data_mining", settings.data_mining),
        groups=(Group(kind, (said["id"],), is_none_of=False),),
        keys=(keys.resource(kind, said["id"]),),
    )


def _kind(name: str) -> tuple[str, str]:
    folder, _, key = name.partition("/")
    kind = _KINDS.get(folder)
    return ("section", name) if kind is None else (kind, key)
