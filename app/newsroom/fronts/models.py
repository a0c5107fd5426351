"""The table of fronts."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.newsroom.identity import Timed


class Front(Timed):
    """A front page: containers of cards, in order.

    `key` is `home` or the path of the section it is the front of, and moves with it.
    Containers name everything by id.
    """

    __tablename__ = "fronts"

    key: Mapped[str] = mapped_column(String(1000), unique=True)
    section_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sections.id"), unique=True
    )
    title: Mapped[str | None] = mapped_column(String(500))
    description: Mapped[str | None] = mapped_column(Text)
    containers: Mapped[list[Any]]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.key
