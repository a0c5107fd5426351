"""Finding ad slots by what they refer to."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.newsroom.ad_slots.models import AdSlot


def all_slots() -> Select[AdSlot]:
    """Select all ad slots there are."""
    return select(AdSlot)


def falling_back_on(session: Session, slot: AdSlot) -> Sequence[AdSlot]:
    """List the slots that use this one where consent is missing."""
    return session.scalars(
        select(AdSlot).where(AdSlot.fallback_id == slot.id).order_by(AdSlot.key)
    ).all()


def naming(session: Session, resource_id: UUID) -> list[str]:
    """Name the slots whose scope names this section or tag."""
    wanted = str(resource_id)
    return [
        slot.key
        for slot in session.scalars(select(AdSlot).order_by(AdSlot.key))
        if any(
            wanted in (*scope["sections"], *scope["tags"])
            for scope in (slot.include, slot.exclude)
        )
    ]
