"""The table of ad policies: by which rules advertisements get their places."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.placement.rules import PlatformClass
from app.newsroom.identity import Named


class AdPolicy(Named):
    """Rules of placement, and the stories and pages that they are for."""

    __tablename__ = "ad_policies"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    priority: Mapped[int]
    platform_class: Mapped[PlatformClass | None] = mapped_column(String(20))
    page_types: Mapped[list[str]]
    sections: Mapped[list[str]]
    tags: Mapped[list[str]]
    flags: Mapped[list[str]]
    rules: Mapped[dict[str, Any]]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.key
