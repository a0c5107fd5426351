"""Rendering an ad slot."""

from app.content.vocabularies import SlotPosition
from app.delivery.schemas.ad_slots import AdSlotProfile
from app.delivery.store.documents import Rendering
from app.newsroom.ad_slots.models import AdSlot
from app.publishing.site import Site

_HEADER, _FOOTER, _SIDEBAR, _BELOW_THE_FOLD = 4, 5, 6, 3

_PREBID: dict[SlotPosition, int] = {
    "page_top": _HEADER,
    "rail": _SIDEBAR,
    "sticky_bottom": _FOOTER,
}


def render(slot: AdSlot, fallback: AdSlot | None, site: Site) -> Rendering:
    """Render the document of an ad slot."""
    profile = AdSlotProfile.model_validate(
        {
            "id": slot.id,
            "version": slot.version,
            "key": slot.key,
            "name": slot.name,
            "kind": slot.kind,
            "position": slot.position,
            "prebid_pos": _PREBID.get(slot.position, _BELOW_THE_FOLD),
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
            "fallback_slot": fallback.key if fallback else None,
            "include": slot.include,
            "exclude": slot.exclude,
            "active_from": slot.active_from,
            "active_to": slot.active_to,
            "status": slot.status,
            "is_active": slot.is_active,
            "priority": slot.priority,
        }
    )
    content = profile.model_dump_json().encode()
    return Rendering(
        id=slot.id,
        kind="ad_slot",
        key=slot.key,
        label=slot.name,
        shape=site.shape,
        summary=content,
        detail=content,
    )
