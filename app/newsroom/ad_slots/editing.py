"""Making, changing and deleting ad slots."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import patches
from app.kit.errors import Conflict, Fault
from app.newsroom import references, slugs
from app.newsroom.ad_slots import finding
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.ad_slots.schemas import AdSlotCreate, AdSlotUpdate, SlotScope
from app.newsroom.references import InUse
from app.newsroom.sections.models import Section
from app.newsroom.tags.models import Tag


class FallbackLoop(Conflict):
    """A slot cannot fall back on itself, not even by way of others."""

    code = "fallback-loop"
    title = "This slot would fall back on itself"


def create(session: Session, data: AdSlotCreate, *, now: datetime) -> AdSlot:
    """Make an ad slot."""
    slot = AdSlot(version=1, created_at=now, updated_at=now)
    slot.key = slugs.choose(
        session, data.key, data.name, is_taken=lambda key: _is_taken(session, key)
    )
    _write(session, slot, data, now=now)
    session.add(slot)
    session.flush()
    return slot


def update(
    session: Session, slot: AdSlot, change: AdSlotUpdate, *, now: datetime
) -> AdSlot:
    """Change an ad slot."""
    before = _as_input(slot)
    data = patches.merged(before, change)
    if data == before:
        return slot
    if data.key != slot.key:
        slot.key = slugs.choose(
            session, data.key, data.name, is_taken=lambda key: _is_taken(session, key)
        )
    _write(session, slot, data, now=now)
    slot.touch(now)
    session.flush()
    return slot


def retag(session: Session, old: UUID, new: UUID, *, now: datetime) -> list[AdSlot]:
    """Let the scopes that name one tag name another; answers the slots."""
    changed = []
    for key in finding.naming(session, old):
        slot = references.get_for_update(session, AdSlot, key)
        written = _as_input(slot)
        slot.include = _retagged(written.include, str(old), str(new)).model_dump()
        slot.exclude = _retagged(written.exclude, str(old), str(new)).model_dump()
        slot.touch(now)
        changed.append(slot)
    session.flush()
    return changed


def tell_time(slot: AdSlot, now: datetime) -> None:
    """Say whether the slot is in use now, and when that next changes."""
    slot.is_active = slot.is_due(now)
    slot.note_times((slot.active_from, slot.active_to), now)


def delete(session: Session, slot: AdSlot) -> None:
    """Delete an ad slot that no other falls back on."""
    users = [user.key for user in finding.falling_back_on(session, slot)]
    if users:
        raise InUse(faults=[Fault(detail=f"ad slot {key}") for key in users])
    session.delete(slot)
    session.flush()


def _write(
    session: Session, slot: AdSlot, data: AdSlotCreate, *, now: datetime
) -> None:
    slot.name = data.name
    slot.kind = data.kind
    slot.position = data.position
    slot.page_types = list(data.page_types)
    slot.platforms = list(data.platforms)
    slot.is_repeatable = data.repeatable
    slot.max_instances = data.max_instances
    slot.unit_path = data.unit_path
    slot.app_unit_ids = data.app_unit_ids.model_dump()
    slot.sizes = [each.model_dump(mode="json") for each in data.sizes]
    slot.reserve = [each.model_dump() for each in data.reserve]
    slot.label = data.label
    slot.collapse = data.collapse
    slot.lazy = data.lazy.model_dump() if data.lazy else None
    slot.targeting = data.targeting
    slot.consent = data.consent
    slot.fallback_id = _fallback(session, slot, data.fallback_slot)
    slot.include = _resolved(session, data.include, "/include").model_dump()
    slot.exclude = _resolved(session, data.exclude, "/exclude").model_dump()
    slot.active_from = data.active_from
    slot.active_to = data.active_to
    slot.status = data.status
    slot.priority = data.priority
    tell_time(slot, now)


def _as_input(slot: AdSlot) -> AdSlotCreate:
    content = {
        "key": slot.key,
        "name": slot.name,
        "kind": slot.kind,
        "position": slot.position,
        "page_types": slot.page_types,
        "platforms": slot.platforms,
        "repeatable": slot.is_repeatable,
        "max_instances": slot.max_instances,
        "unit_path": slot.unit_path,
        "app_unit_ids": slot.app_unit_ids,
        "sizes": slot.sizes,
        "reserve": slot.reserve,
        "label": slot.label,
        "collapse": slot.collapse,
        "lazy": slot.lazy,
        "targeting": slot.targeting,
        "consent": slot.consent,
        "fallback_slot": str(slot.fallback_id) if slot.fallback_id else None,
        "include": slot.include,
        "exclude": slot.exclude,
        "active_from": slot.active_from,
        "active_to": slot.active_to,
        "status": slot.status,
        "priority": slot.priority,
    }
    return patches.checked(AdSlotCreate, content)


def _fallback(session: Session, slot: AdSlot, ref: str | None) -> UUID | None:
    if ref is None:
        return None
    first = references.resolve(session, AdSlot, ref, pointer="/fallback_slot")
    step: AdSlot | None = first
    while step is not None:
        if step is slot:
            raise FallbackLoop
        step = session.get(AdSlot, step.fallback_id) if step.fallback_id else None
    return first.id


def _resolved(session: Session, scope: SlotScope, pointer: str) -> SlotScope:
    """Write a scope with ids, so that a later rename changes nothing in it."""
    sections = references.resolve_all(
        session, Section, scope.sections, pointer=f"{pointer}/sections"
    )
    tags = references.resolve_all(session, Tag, scope.tags, pointer=f"{pointer}/tags")
    return SlotScope(
        sections=[str(section.id) for section in sections],
        tags=[str(tag.id) for tag in tags],
        types=scope.types,
    )


def _retagged(scope: SlotScope, old: str, new: str) -> SlotScope:
    tags = dict.fromkeys(new if tag == old else tag for tag in scope.tags)
    return scope.model_copy(update={"tags": list(tags)})


def _is_taken(session: Session, key: str) -> bool:
    return session.scalar(select(AdSlot.id).where(AdSlot.key == key)) is not None
