"""The table of embargoed articles. No public route reads it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Base


class AdvanceDocument(Base):
    """An embargoed article as readers will get it when its embargo ends.

    `key` is its slug; `facets` are the lists that it will stand in, as texts: a
    number would be given out in a table that belongs to the public.
    """

    __tablename__ = "advance_documents"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    embargo_until: Mapped[datetime]
    etag: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(BigInteger)
    shape: Mapped[str] = mapped_column(String(40))
    facets: Mapped[list[str]]
    linked: Mapped[list[str]]
    summary: Mapped[bytes] = mapped_column(LargeBinary)
    detail: Mapped[bytes] = mapped_column(LargeBinary)
    body_html: Mapped[str | None] = mapped_column(Text)
    body_markdown: Mapped[str | None] = mapped_column(Text)
    body_text: Mapped[str | None] = mapped_column(Text)
