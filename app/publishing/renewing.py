"""After a change of renderer or addresses: documents of an old shape are made anew.

Newest articles first, in batches that hold up nobody, and picking up where it
was when it was interrupted: what has the new shape is done.
"""

import time
from collections.abc import Callable, Iterator
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.delivery.advance import storing
from app.delivery.store.models import Document
from app.kit.db import Database
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.ads_txt.models import AdsTxt
from app.newsroom.authors.models import Author
from app.newsroom.fronts.models import Front
from app.newsroom.identity import Named
from app.newsroom.media.models import Media
from app.newsroom.menus.models import Menu
from app.newsroom.sections.models import Section
from app.newsroom.tags.models import Tag
from app.publishing import opening, rerendering
from app.publishing.desk import Desk
from app.publishing.reference import (
    ad_policies,
    ad_slots,
    authors,
    fronts,
    menus,
    sections,
    sellers,
    tags,
)

BATCH = 20

Pause = Callable[[float], object]
Row = TypeVar("Row", bound=Named)


def count_stale(session: Session, shape: str) -> int:
    """Count the documents that look other than they would be rendered now."""
    counted = select(func.count()).select_from(Document)
    public = session.scalar(counted.where(Document.shape != shape)) or 0
    return public + storing.count_of_other_shape(session, shape)


def renew(
    database: Database, desk: Callable[[], Desk], *, pause: Pause = time.sleep
) -> Iterator[int]:
    """Render every document of an old shape again; tells how many each step did."""
    while True:
        started = time.monotonic()
        done = _reference_step(database, desk()) or _article_step(database, desk())
        if not done:
            return
        yield done
        pause(min(time.monotonic() - started, 1.0))


def _article_step(database: Database, desk: Desk) -> int:
    with database.read_primary() as session:
        shape = desk.site.shape
        ids = _stale(session, shape, is_article=True)
        ids = ids or storing.of_other_shape(session, shape, limit=BATCH)
        prepared = rerendering.prepare(session, ids, desk)
    with database.write() as session:
        return rerendering.store(session, ids, prepared, desk) if ids else 0


def _reference_step(database: Database, desk: Desk) -> int:
    with database.write() as session:
        ids = _stale(session, desk.site.shape, is_article=False)
        for document_id in ids:
            _show(session, session.get_one(Document, document_id), desk)
        return len(ids)


def _stale(session: Session, shape: str, *, is_article: bool) -> list[UUID]:
    kind = Document.kind == "article" if is_article else Document.kind != "article"
    statement = (
        select(Document.id)
        .where(Document.shape != shape, kind)
        .order_by(Document.published_at.desc(), Document.id)
        .limit(BATCH)
    )
    return list(session.scalars(statement))


def _show(session: Session, document: Document, desk: Desk) -> None:
    """Show a piece of reference data as it would be shown when saved now."""
    _SHOWN[document.kind](session, document.id, desk)


def _shown(
    kind: type[Row], show: Callable[[Session, Row, Desk], None]
) -> Callable[[Session, UUID, Desk], None]:
    return lambda session, row_id, desk: show(
        session, session.get_one(kind, row_id), desk
    )


_SHOWN = {
    "author": _shown(Author, authors.show),
    "tag": _shown(Tag, tags.show),
    "section": _shown(Section, sections.show),
    "media": _shown(Media, opening.show),
    "ad_slot": _shown(AdSlot, ad_slots.show),
    "ad_policy": _shown(AdPolicy, ad_policies.show),
    "menu": _shown(Menu, menus.show),
    "front": _shown(Front, fronts.show),
    "ads_txt": _shown(AdsTxt, sellers.show),
}
