"""Saying that one is at an article. It informs the others and forbids nothing.

A lock is no write: the version stays, and a save needs no lock. What keeps two
editors from overwriting each other is `If-Match`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.kit.errors import Conflict
from app.newsroom.articles import views, workflow
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleDetail
from app.newsroom.teamwork.schemas import ArticleLockDetail


class LockOfAnother(Conflict):
    """Only whoever took a lock gives it back; it ends by itself."""

    code = "lock-of-another"
    title = "Somebody else holds this lock"


@dataclass(frozen=True)
class Colleague:
    """Who asks, by key and by name: two keys may have one name."""

    id: UUID
    name: str


def take(
    article: Article, who: Colleague, *, until: datetime, now: datetime
) -> ArticleLockDetail:
    """Take or renew the lock, unless another holds it; answer the one that holds."""
    workflow.check(article, "lock")
    if not article.is_locked(now):
        article.lock_holder_id, article.locked_by = who.id, who.name
        article.locked_at = now
    if article.lock_holder_id == who.id:
        article.locked_until = until
    lock = views.lock(article)
    assert lock is not None
    return ArticleLockDetail(**dict(lock), is_yours=article.lock_holder_id == who.id)


def give_back(article: Article, who: Colleague, *, now: datetime) -> None:
    """Give back one's own lock; where nobody holds one there is nothing to do."""
    if article.is_locked(now) and article.lock_holder_id != who.id:
        raise LockOfAnother
    article.unlock()


def at(shown: ArticleDetail, now: datetime) -> ArticleDetail:
    """Leave a lock out that has ended since the article was written."""
    if shown.lock is None or shown.lock.until > now:
        return shown
    return shown.model_copy(update={"lock": None})
