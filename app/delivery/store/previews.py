"""Keeping what previews show, until they expire or somebody takes them back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, load_only

from app.delivery.store.models import Preview

SWEPT_AT_ONCE = 100


def keep(session: Session, preview: Preview) -> None:
    """Keep a preview, and let some go that have expired."""
    _sweep(session, now=preview.created_at)
    session.add(preview)
    session.flush()


def find(session: Session, digest: bytes, *, now: datetime) -> Preview | None:
    """Find what a token opens at this moment."""
    return session.scalar(
        select(Preview).where(Preview.digest == digest, Preview.expires_at > now)
    )


def living(article_id: UUID, *, now: datetime) -> Select[Preview]:
    """Select the previews of an article that can be read, without what they say."""
    about = (Preview.revision, Preview.created_at, Preview.created_by)
    return (
        select(Preview)
        .where(Preview.article_id == article_id, Preview.expires_at > now)
        .options(load_only(*about, Preview.expires_at, raiseload=True))
    )


def revoke(session: Session, article_id: UUID) -> None:
    """Take back every preview of an article."""
    session.execute(delete(Preview).where(Preview.article_id == article_id))


def _sweep(session: Session, *, now: datetime) -> None:
    # What another request is letting go of is left to it: nobody waits.
    old = (
        select(Preview.id)
        .where(Preview.expires_at <= now)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    expired = session.scalars(old).all()
    if expired:
        session.execute(delete(Preview).where(Preview.id.in_(expired)))
