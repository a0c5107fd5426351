"""Leaving a revision to the clock: which one it is, and which times make sense."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.kit.clock import database_now
from app.kit.errors import Fault, Invalid
from app.newsroom.articles import editing
from app.newsroom.articles.models import Article
from app.publishing import naming


def pin(session: Session, article: Article, publish_at: datetime) -> None:
    """Have the working revision of now go out then, and keep what it names."""
    naming.check_free(session, article, editing.latest(article))
    article.publish_at = publish_at
    article.scheduled_revision = article.revision
    editing.relink(session, article)


def check_future(session: Session, moment: datetime | None, *, pointer: str) -> None:
    """Refuse a time that has passed by the clock that will act on it."""
    if moment is not None and moment <= database_now(session):
        raise Invalid(faults=[Fault(detail="This has passed.", pointer=pointer)])


def check_order(
    publish_at: datetime | None, expire_at: datetime | None, *, pointer: str
) -> None:
    """Refuse to take something back before it goes out."""
    if publish_at is not None and expire_at is not None and expire_at <= publish_at:
        detail = "It would be taken back before it goes out."
        raise Invalid(faults=[Fault(detail=detail, pointer=pointer)])
