"""The table of places: how far each cache in front has been told of the log."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Base


class PurgePlace(Base):
    """Up to where one lane of one cache is purged, and what stands in its way.

    `row_id` is the log row at `position`, to recognise the log by. What was purged is
    purged once more a little later: that pass stands at `repeated`, and goes on to
    `repeat_upto` at `repeat_at`. Who sends holds the place until `claimed_until`.
    """

    __tablename__ = "purge_places"

    endpoint: Mapped[str] = mapped_column(String(300), primary_key=True)
    lane: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    row_id: Mapped[UUID | None]
    repeated: Mapped[int] = mapped_column(BigInteger)
    repeat_upto: Mapped[int] = mapped_column(BigInteger)
    repeat_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int]
    retry_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(200))
