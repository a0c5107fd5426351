"""The tables of the log: its rows, and one counter for each stream."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Base


class Change(Base):
    """One thing that happened to one resource, at one position of a stream.

    `facets_before` and `facets_after` are the lists the resource stood in and
    stands in, as interned numbers; from them a partner's view is projected.
    """

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_resource_id", "resource_id"),)

    stream: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    event: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(30))
    resource_id: Mapped[UUID]
    version: Mapped[int | None]
    change: Mapped[str | None] = mapped_column(String(30))
    path: Mapped[str | None] = mapped_column(String(2000))
    paths: Mapped[list[str]]
    keys: Mapped[list[str]]
    facets_before: Mapped[list[int]]
    facets_after: Mapped[list[int]]
    at: Mapped[datetime]


class StreamPosition(Base):
    """The last position given out in a stream, and the oldest that is kept.

    A counter row and not a sequence: its holder has committed before the next
    one gets a number, so positions follow commits and have no gaps.
    """

    __tablename__ = "positions"

    stream: Mapped[str] = mapped_column(String(60), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    floor: Mapped[int] = mapped_column(BigInteger)
