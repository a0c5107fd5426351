"""Saving ad slots: the catalogue changes in the same transaction."""

from sqlalchemy.orm import Session

from app.delivery.store import addresses
from app.newsroom.ad_slots import editing, finding
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.ad_slots.schemas import AdSlotCreate, AdSlotUpdate
from app.publishing import showing
from app.publishing.desk import Desk
from app.publishing.rendering import ad_slots as rendering


def create(session: Session, data: AdSlotCreate, desk: Desk) -> AdSlot:
    """Make an ad slot, public at once."""
    slot = editing.create(session, data, now=desk.now)
    show(session, slot, desk)
    return slot


def update(session: Session, slot: AdSlot, change: AdSlotUpdate, desk: Desk) -> AdSlot:
    """Change an ad slot; those that fall back on it show its key too."""
    editing.update(session, slot, change, now=desk.now)
    for shown in (slot, *finding.falling_back_on(session, slot)):
        show(session, shown, desk)
    return slot


def delete(session: Session, slot: AdSlot, desk: Desk) -> None:
    """Delete an ad slot that no other falls back on; its key is free again."""
    editing.delete(session, slot)
    showing.hide(session, "ad_slot", slot.id, desk=desk)
    addresses.forget(session, slot.id)


def switch(session: Session, slot: AdSlot, desk: Desk) -> None:
    """Begin or end the use of a slot whose date has come."""
    editing.tell_time(slot, desk.now)
    show(session, slot, desk)


def show(session: Session, slot: AdSlot, desk: Desk) -> None:
    """Give readers the slot as saved."""
    fallback = session.get(AdSlot, slot.fallback_id) if slot.fallback_id else None
    made = rendering.render(slot, fallback, desk.site)
    showing.show(session, made, version=slot.version, desk=desk)
