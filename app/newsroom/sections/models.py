"""The table of sections: a tree, each with its path written out."""

from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.vocabularies import DataMining
from app.newsroom.identity import Named


class Section(Named):
    """A part of the newspaper, such as World or Politics / City council."""

    __tablename__ = "sections"

    slug: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(500))
    description: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sections.id"), index=True
    )
    path: Mapped[str] = mapped_column(String(1000), unique=True)
    ordinal: Mapped[int]
    sponsor_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsors.id"), index=True
    )
    data_mining: Mapped[DataMining | None] = mapped_column(String(20))

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.path
