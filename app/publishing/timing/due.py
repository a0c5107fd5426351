"""What the clock has made due: which article is next, and when to look again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.newsroom.articles import workflow
from app.newsroom.articles.models import Article
from app.publishing.models import Setback

DUE_AT = func.coalesce(Article.publish_at, Article.expire_at)
"""An article that has both times goes out before it is taken back."""


@dataclass(frozen=True)
class Overdue:
    """What is due and has not been done."""

    count: int
    oldest: datetime | None


def claim(session: Session, now: datetime) -> Article | None:
    """Lock the article that has been due for longest and is nobody else's.

    PostgreSQL looks at the row again once it has the lock: what was cancelled, put
    off or done up to that moment is not claimed. SQLite has one writer at a time.
    """
    return session.scalar(
        select(Article)
        .where(_is_due(now), _is_not_put_off(now))
        .order_by(DUE_AT, Article.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def seconds_to_next(session: Session, now: datetime) -> float | None:
    """Tell how long nothing is due: 0 when something is, None when nothing waits."""
    waiting = select(Article.id).where(_is_due(now), _is_not_put_off(now)).limit(1)
    if session.scalar(waiting) is not None:
        return 0.0
    nearest = [
        session.scalar(select(func.min(column)).where(column > now))
        for column in (Article.publish_at, Article.expire_at)
    ]
    moments = [moment for moment in nearest if moment is not None]
    return (min(moments) - now).total_seconds() if moments else None


def overdue(session: Session, now: datetime) -> Overdue:
    """Count what is due and has not been done, failures included."""
    row = session.execute(
        select(func.count(), func.min(Article.publish_at), func.min(Article.expire_at))
        .select_from(Article)
        .where(_is_due(now))
    ).one()
    count, *moments = row
    return Overdue(count, min((each for each in moments if each), default=None))


def failing(session: Session, now: datetime) -> Sequence[Setback]:
    """List what failed when its time came and is still due, the first first."""
    return session.scalars(
        select(Setback)
        .join(Article, Article.id == Setback.article_id)
        .where(_is_due(now))
        .order_by(Setback.failed_at)
    ).all()


def _is_due(now: datetime) -> ColumnElement[bool]:
    waits = Article.state.in_(workflow.RULES["publish"].states)
    return or_(
        and_(Article.publish_at <= now, waits),
        and_(Article.expire_at <= now, Article.state == "published"),
    )


def _is_not_put_off(now: datetime) -> ColumnElement[bool]:
    return ~(
        select(1)
        .where(Setback.article_id == Article.id, Setback.retry_at > now)
        .exists()
    )
