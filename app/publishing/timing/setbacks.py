"""Releases that failed when their time came: noted, put off, and seen by the doctor.

One article that cannot be released must not keep the others back.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.kit.errors import Problem
from app.publishing.models import Setback

LONGEST = timedelta(minutes=1)


def note(
    session: Session, article_id: UUID, error: Exception, *, now: datetime
) -> None:
    """Put an article off: 1 s after its first failure, then 2, 4… up to a minute."""
    setback = session.get(Setback, article_id, with_for_update=True)
    if setback is None:
        setback = Setback(article_id=article_id, attempts=0)
        session.add(setback)
    pause = min(timedelta(seconds=2 ** min(setback.attempts, 10)), LONGEST)
    setback.attempts += 1
    setback.failed_at = now
    setback.retry_at = now + pause
    setback.reason = _reason(error)


def forget(session: Session, article_id: UUID) -> None:
    """Note that the article has been dealt with."""
    session.execute(delete(Setback).where(Setback.article_id == article_id))


def _reason(error: Exception) -> str:
    # The text of a database's error may quote a draft; a refusal of ours does not.
    said = f": {error}" if isinstance(error, Problem) else ""
    return f"{type(error).__name__}{said}"[:500]
