"""The table of authors."""

from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.newsroom.identity import Mergeable


class Author(Mergeable):
    """Somebody who writes, photographs or draws for the newspaper."""

    __tablename__ = "authors"

    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    role: Mapped[str | None] = mapped_column(String(500))
    bio: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(String(320))
    links: Mapped[list[str]]
    portrait_id: Mapped[UUID | None] = mapped_column(ForeignKey("media.id"), index=True)
    is_listed: Mapped[bool]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.slug
