"""Embargoes: entitled partners have a story before readers do.

What partners get is rendered as readers will get it, and stands in a table and in
a stream of the log of its own. Nothing that the public can ask changes by a byte.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.changes import forgetting, log
from app.changes.log import ADVANCE, Entry
from app.delivery.advance import storing
from app.newsroom.articles import editing, workflow
from app.newsroom.articles.models import Article
from app.publishing import naming
from app.publishing.desk import Desk
from app.publishing.rendering import articles as rendering
from app.publishing.rendering import sources
from app.publishing.rendering.release import Release
from app.publishing.timing import pinning, setbacks

GIVEN, RECALLED = "article.embargoed", "article.recalled"


def embargo(session: Session, article: Article, until: datetime, desk: Desk) -> Article:
    """Give entitled partners the working revision, which goes out at the end.

    Again: the end moves, and partners get the working revision of now.
    """
    workflow.check(article, "embargo")
    pinning.check_future(session, until, pointer="/until")
    pinning.check_order(until, article.expire_at, pointer="/until")
    pinning.pin(session, article, until)
    setbacks.forget(session, article.id)
    article.state = "embargoed"
    article.scheduled_by = desk.by
    article.touch(desk.now, by=desk.by)
    path, _ = _give(session, article, desk)
    _tell(session, article, GIVEN, path=path, desk=desk)
    return article


def rerender(session: Session, article: Article, desk: Desk) -> None:
    """Give partners the same revision with the names and addresses of now."""
    path, is_changed = _give(session, article, desk)
    if is_changed:
        _tell(session, article, "article.refreshed", path=path, desk=desk)


def lift(session: Session, article: Article, desk: Desk) -> None:
    """Tell partners that readers have it now."""
    if storing.remove(session, article.id):
        event = "article.published"
        _tell(session, article, event, path=article.path, desk=desk)


def recall(session: Session, article: Article, *, event: str, desk: Desk) -> None:
    """Take a story back from the partners who have it, and tell them so.

    Nothing in their log says any more where it was to be: a slug is a headline.
    """
    if storing.remove(session, article.id):
        forgetting.forget_paths(session, article.id)
        _tell(session, article, event, path=None, desk=desk)


def _give(session: Session, article: Article, desk: Desk) -> tuple[str, bool]:
    """Store what readers will get; answers its path, and whether it is news."""
    assert article.scheduled_revision
    assert article.publish_at
    snapshot = editing.get_revision(session, article.id, article.scheduled_revision)
    named = sources.locked(session, snapshot)
    release = Release(
        id=article.id,
        path=naming.path_of(article, snapshot, named),
        version=article.release + 1,
        published_at=article.publish_at,
        first_published_at=article.publish_at,
        updated_at=article.publish_at,
        change="published",
    )
    made = rendering.render(snapshot, named, release, desk.site)
    is_changed = storing.put(session, made, until=article.publish_at)
    return release.path, is_changed


def _tell(
    session: Session, article: Article, event: str, *, path: str | None, desk: Desk
) -> None:
    entry = Entry(
        event=event,
        kind="article",
        resource_id=article.id,
        at=desk.now,
        # The number of its first release: there has been none before an embargo.
        version=1,
        path=path,
    )
    log.record(session, entry, stamp=storing.stamp, stream=ADVANCE)
