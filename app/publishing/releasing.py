"""Releasing articles, and taking them back: what readers get changes here.

Document, lists, addresses, search words, version and log row are written in one
transaction. A reader sees all of a release or none of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from app.changes import log
from app.changes.log import Entry
from app.content.vocabularies import ChangeKind
from app.delivery.store import documents, keys
from app.delivery.store.documents import Put, Rendering
from app.delivery.store.models import Version
from app.kit.clock import database_now
from app.kit.errors import Conflict, Fault, Invalid
from app.newsroom.articles import editing, workflow
from app.newsroom.articles.models import Article, ReleasedRevision
from app.publishing import embargoing, naming, opening
from app.publishing.desk import Desk
from app.publishing.rendering import articles as rendering
from app.publishing.rendering import sources
from app.publishing.rendering.release import Release


class HasExpired(Conflict):
    """Its time to be taken back has passed: set another one, or cancel it."""

    code = "has-expired"
    title = "The time to take it back has passed"


@dataclass(frozen=True)
class Terms:
    """How a release is to be made."""

    note: str | None = None
    published_at: datetime | None = None
    is_minor: bool = False


def release(session: Session, article: Article, terms: Terms, desk: Desk) -> Article:
    """Make the working revision the one that readers get."""
    workflow.check(article, "publish")
    if article.expire_at is not None and article.expire_at <= database_now(session):
        raise HasExpired
    return _release(session, article, article.revision, terms, desk)


def release_scheduled(session: Session, article: Article, desk: Desk) -> Article:
    """Give readers the revision whose time has come, as of that time.

    It was claimed because of its state, which nobody can change meanwhile.
    """
    assert article.scheduled_revision
    terms = Terms(published_at=None if article.release else article.publish_at)
    return _release(session, article, article.scheduled_revision, terms, desk)


def _release(
    session: Session, article: Article, revision: int, terms: Terms, desk: Desk
) -> Article:
    published_at = _published_at(article, terms, desk.now)
    content = editing.get_revision(session, article.id, revision)
    change: ChangeKind = "updated" if article.release else "published"
    if article.release and terms.is_minor:
        change = "minor"
    if article.release == 0:
        article.content_updated_at = published_at
    elif content not in editing.released(session, article):
        article.note_change(desk.now)
    article.published_at = published_at
    article.first_published_at = article.first_published_at or published_at
    is_first = article.release == 0 and article.scheduled_revision is None
    article.released_revision = revision
    article.publish_at = article.scheduled_revision = None
    if not is_first:
        # What only the last release named, or one that waited, is free again.
        editing.relink(session, article)
    event = "article.updated" if article.release else "article.published"
    return put_out(
        session, article, event=event, change=change, note=terms.note, desk=desk
    )


def withdraw(
    session: Session,
    article: Article,
    desk: Desk,
    *,
    reason: str | None = None,
    note: str | None = None,
) -> Article:
    """Take a published article from readers; its addresses say that it is gone.

    The note is the only text that the public gets; the reason stays in here.
    """
    workflow.check(article, "withdraw")
    return _take_back(session, article, "withdrawn", desk, reason=reason, note=note)


def expire(session: Session, article: Article, desk: Desk) -> Article:
    """Take from readers what they were to have until now."""
    return _take_back(session, article, "expired", desk)


def _take_back(
    session: Session,
    article: Article,
    state: Literal["withdrawn", "expired"],
    desk: Desk,
    *,
    reason: str | None = None,
    note: str | None = None,
) -> Article:
    shown = opening.shown_by(session, article.id)
    removed = documents.remove(session, article.id, reason=state, note=note)
    article.state = state
    article.reason = reason
    article.clear_times()
    editing.relink(session, article)
    article.touch(desk.now, by=desk.by)
    entry = Entry(
        event=f"article.{state}",
        kind="article",
        resource_id=article.id,
        at=desk.now,
        version=article.release,
        path=article.path,
        paths=[path for path in removed.paths if path != article.path],
        keys=keys_of(article, removed.paths, removed.touched),
        facets_before=list(removed.facets_before.values()),
    )
    log.record(session, entry, stamp=documents.stamp)
    opening.close_unused(session, shown, desk)
    return article


def restore(session: Session, article: Article, desk: Desk) -> Article:
    """Give readers back what was withdrawn, as it was, at the same place."""
    workflow.check(article, "restore")
    return put_out(
        session,
        article,
        event="article.restored",
        change="restored",
        note=None,
        desk=desk,
    )


def terms_of(article: Article, *, path: str, change: ChangeKind) -> Release:
    """Say what a rendering needs to know of the article's last release."""
    published_at, updated_at = article.published_at, article.content_updated_at
    first = article.first_published_at
    assert published_at
    assert first
    assert updated_at
    return Release(
        id=article.id,
        path=path,
        version=article.release,
        published_at=published_at,
        first_published_at=first,
        updated_at=updated_at,
        change=change,
    )


def check_moment(published_at: datetime, now: datetime) -> None:
    """Refuse a release that would claim to be of a later day."""
    if published_at > now:
        fault = Fault(detail="This lies in the future.", pointer="/published_at")
        raise Invalid(faults=[fault])


def keys_of(
    article: Article, paths: list[str], touched: list[tuple[str, str]]
) -> list[str]:
    """Name every answer that a change of this article makes stale."""
    places = sorted({*paths, *([article.path] if article.path else [])})
    return [
        *keys.of_resource("article", article.id, places),
        *keys.listings(touched),
    ]


def put_out(
    session: Session,
    article: Article,
    *,
    event: str,
    change: ChangeKind,
    note: str | None,
    desk: Desk,
) -> Article:
    """Give readers the released revision, as a new release of the article."""
    assert article.released_revision is not None
    snapshot = editing.get_revision(session, article.id, article.released_revision)
    dropped = opening.shown_by(session, article.id) - set(snapshot.media_ids)
    naming.claim(session, snapshot, dropped=dropped)
    named = sources.locked(session, snapshot)
    is_embargoed = article.state == "embargoed"
    article.release += 1
    article.state = "published"
    article.reason = None
    article.path = naming.path_of(article, snapshot, named)
    article.last_change = change
    article.touch(desk.now, by=desk.by)
    made = rendering.render(
        snapshot, named, terms_of(article, path=article.path, change=change), desk.site
    )
    put = documents.put(session, made, version=article.release, now=desk.now)
    _keep(session, article, made, note, desk)
    naming.introduce(session, [named], desk)
    log.record(session, entry_of(article, event, put, desk), stamp=documents.stamp)
    if is_embargoed:
        embargoing.lift(session, article, desk)
    opening.close_unused(session, dropped, desk)
    return article


def _keep(
    session: Session, article: Article, made: Rendering, note: str | None, desk: Desk
) -> None:
    """Keep this release for whoever asks what readers had, here and out there."""
    assert article.last_change
    version = Version(
        article_id=article.id,
        version=article.release,
        at=desk.now,
        change=article.last_change,
        note=note,
        detail=made.detail,
    )
    session.add_all([version, released_revision(article, desk)])


def released_revision(article: Article, desk: Desk) -> ReleasedRevision:
    """Note for the newsroom which revision readers get now."""
    assert article.released_revision is not None
    return ReleasedRevision(
        article_id=article.id,
        release=article.release,
        revision=article.released_revision,
        released_at=desk.now,
        released_by=desk.by,
    )


def entry_of(article: Article, event: str, put: Put, desk: Desk) -> Entry:
    """Say in the log what a release has changed."""
    return Entry(
        event=event,
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


def _published_at(article: Article, terms: Terms, now: datetime) -> datetime:
    if terms.published_at is None:
        return article.published_at or now
    check_moment(terms.published_at, now)
    return terms.published_at
