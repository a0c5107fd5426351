"""Rendering articles again that somebody has, without ever holding up a newsroom.

The rendering is made first, outside any lock. Then, for at most 50 ms, the
results are stored, if what they were made from still holds; an article that has
changed meanwhile is rendered under its lock.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.changes import log
from app.changes.log import Entry
from app.delivery.store import documents
from app.delivery.store.documents import Rendering
from app.newsroom.articles import editing
from app.newsroom.articles.models import Article
from app.publishing import embargoing
from app.publishing.desk import Desk
from app.publishing.releasing import keys_of, terms_of
from app.publishing.rendering import articles as rendering
from app.publishing.rendering import sources

LOCK_SECONDS = 0.05


@dataclass(frozen=True)
class Prepared:
    """A rendering, and the state of everything it was made from."""

    article_id: UUID
    release: int
    versions: frozenset[tuple[UUID, int]]
    made: Rendering


def prepare(
    session: Session, article_ids: Sequence[UUID], desk: Desk
) -> dict[UUID, Prepared]:
    """Render these articles as they are now; those not published are left out."""
    statement = select(Article).where(
        Article.id.in_(article_ids), Article.state == "published"
    )
    return {
        article.id: _render(session, article, desk)
        for article in session.scalars(statement)
    }


def store(
    session: Session,
    article_ids: Sequence[UUID],
    prepared: dict[UUID, Prepared],
    desk: Desk,
) -> int:
    """Store renderings in order until the time is up; answers how many are done."""
    started = time.monotonic()
    for done, article_id in enumerate(article_ids, start=1):
        _store_one(session, article_id, prepared.get(article_id), desk)
        if time.monotonic() - started > LOCK_SECONDS:
            return done
    return len(article_ids)


def _store_one(
    session: Session, article_id: UUID, prepared: Prepared | None, desk: Desk
) -> None:
    article = session.get(
        Article, article_id, with_for_update=True, populate_existing=True
    )
    if article is not None and article.state == "embargoed":
        embargoing.rerender(session, article, desk)
    if article is None or article.state != "published":
        return
    if prepared is None or not _still_holds(session, article, prepared):
        prepared = _render(session, article, desk)
    put = documents.put(session, prepared.made, version=article.release, now=desk.now)
    if not put.is_changed:
        return
    entry = Entry(
        event="article.refreshed",
        kind="article",
        resource_id=article.id,
        at=desk.now,
        version=article.release,
        change=article.last_change,
        path=article.path,
        paths=put.aliases,
        keys=keys_of(article, put.aliases, put.touched),
        facets_before=list(put.facets_before.values()),
        facets_after=list(put.facets_after.values()),
    )
    log.record(session, entry, stamp=documents.stamp)


def _render(session: Session, article: Article, desk: Desk) -> Prepared:
    assert article.released_revision is not None
    assert article.path
    assert article.last_change
    snapshot = editing.get_revision(session, article.id, article.released_revision)
    named = sources.read(session, snapshot)
    terms = terms_of(article, path=article.path, change=article.last_change)
    return Prepared(
        article_id=article.id,
        release=article.release,
        versions=named.versions,
        made=rendering.render(snapshot, named, terms, desk.site),
    )


def _still_holds(session: Session, article: Article, prepared: Prepared) -> bool:
    if article.release != prepared.release or article.released_revision is None:
        return False
    snapshot = editing.get_revision(session, article.id, article.released_revision)
    return sources.read(session, snapshot).versions == prepared.versions
