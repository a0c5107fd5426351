"""The table of sponsors."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.vocabularies import SponsorType
from app.newsroom.identity import Timed


class Sponsor(Timed):
    """Who pays for coverage, on what terms, and how readers are told.

    `is_active` says whether the agreement held when readers were told last.
    """

    __tablename__ = "sponsors"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    type: Mapped[SponsorType] = mapped_column(String(20))
    link: Mapped[str | None] = mapped_column(String(2000))
    about_link: Mapped[str | None] = mapped_column(String(2000))
    logo: Mapped[dict[str, Any]]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    editions: Mapped[list[str]]
    published_since: Mapped[datetime | None]
    is_exclusive: Mapped[bool]
    is_active: Mapped[bool]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.key
