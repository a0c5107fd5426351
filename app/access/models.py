"""The tables of keys and outcomes. What is stored cannot be used to call."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Base
from app.kit.ids import new_id


class Key(Base):
    """A caller's key: its digest, its role, and until when it holds.

    `predecessor_id` is the key that it was made to replace.
    """

    __tablename__ = "keys"
    __table_args__ = (Index("ix_keys_predecessor_id", "predecessor_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    scopes: Mapped[list[str]]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    hint: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    predecessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("keys.id"))

    def holds(self, now: datetime) -> bool:
        """Tell whether it opens anything now."""
        is_over = self.expires_at is not None and self.expires_at <= now
        return self.revoked_at is None and not is_over


class KeyUse(Base):
    """How often a key was used on a day, by UTC."""

    __tablename__ = "key_uses"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("keys.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    requests: Mapped[int] = mapped_column(BigInteger)


class Outcome(Base):
    """What came of a request that a caller may repeat.

    `answer` is the body as it was sent. Where it holds the content of a revision,
    that is left out, and read from there. It is empty once that was purged.
    """

    __tablename__ = "outcomes"
    __table_args__ = (
        Index("ix_outcomes_answered_at", "answered_at"),
        Index("ix_outcomes_kind_resource_id", "kind", "resource_id"),
    )

    caller_id: Mapped[UUID] = mapped_column(ForeignKey("keys.id"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    request: Mapped[bytes] = mapped_column(LargeBinary(32))
    answered_at: Mapped[datetime]
    status: Mapped[int]
    location: Mapped[str | None] = mapped_column(String(2000))
    etag: Mapped[str | None] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(50))
    resource_id: Mapped[UUID | None]
    revision: Mapped[int | None]
    answer: Mapped[bytes] = mapped_column(LargeBinary)
