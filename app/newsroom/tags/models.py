"""The table of tags."""

from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.vocabularies import TagKind
from app.newsroom.identity import Mergeable


class Tag(Mergeable):
    """What a story is about: a topic, person, organisation, place or series."""

    __tablename__ = "tags"

    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    kind: Mapped[TagKind] = mapped_column(String(20))
    description: Mapped[str | None] = mapped_column(Text)
    iptc_code: Mapped[str | None] = mapped_column(String(100))
    iab_code: Mapped[str | None] = mapped_column(String(100))
    is_listed: Mapped[bool]
    sponsor_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsors.id"), index=True
    )

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.slug
