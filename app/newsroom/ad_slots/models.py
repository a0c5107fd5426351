"""The table of ad slots: places for advertisements, as data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.vocabularies import Collapse, Consent, SlotKind, SlotPosition
from app.newsroom.ad_slots.schemas import SlotStatus
from app.newsroom.identity import Timed


class AdSlot(Timed):
    """A place where an advertisement may stand, and how it behaves there.

    `is_active` is what readers were told last.
    """

    __tablename__ = "ad_slots"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    kind: Mapped[SlotKind] = mapped_column(String(20))
    position: Mapped[SlotPosition] = mapped_column(String(30))
    page_types: Mapped[list[str]]
    platforms: Mapped[list[str]]
    is_repeatable: Mapped[bool]
    max_instances: Mapped[int]
    unit_path: Mapped[str | None] = mapped_column(String(200))
    app_unit_ids: Mapped[dict[str, Any]]
    sizes: Mapped[list[Any]]
    reserve: Mapped[list[Any]]
    label: Mapped[str | None] = mapped_column(String(500))
    collapse: Mapped[Collapse | None] = mapped_column(String(20))
    lazy: Mapped[dict[str, Any] | None]
    targeting: Mapped[dict[str, Any]]
    consent: Mapped[Consent | None] = mapped_column(String(20))
    fallback_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("ad_slots.id"), index=True
    )
    include: Mapped[dict[str, Any]]
    exclude: Mapped[dict[str, Any]]
    active_from: Mapped[datetime | None]
    active_to: Mapped[datetime | None]
    status: Mapped[SlotStatus] = mapped_column(String(20))
    priority: Mapped[int]
    is_active: Mapped[bool]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.key

    def is_due(self, now: datetime) -> bool:
        """Tell whether advertisements may stand here now."""
        has_begun = self.active_from is None or self.active_from <= now
        has_ended = self.active_to is not None and self.active_to <= now
        return self.status == "active" and has_begun and not has_ended
