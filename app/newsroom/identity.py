"""What every piece of reference data has: an id, a name to find it by, a version."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Mapped,
    declared_attr,
    mapped_column,
)
from sqlalchemy.schema import SchemaItem

from app.kit.columns import Base
from app.kit.ids import new_id


class Named(Base):
    """A table whose rows are found by id or by one unique text.

    `version` is the lock: it rises with every write.
    """

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @classmethod
    @abstractmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        """The column that holds what people call a row."""

    def touch(self, now: datetime) -> None:
        """Note that the row was written."""
        self.version += 1
        self.updated_at = now


class Timed(Named):
    """What the clock begins or ends: `switches_at` is when it next does.

    Readers are told by the release loop, with a row of the log: nothing that lies in
    a cache changes by itself when a time passes.
    """

    __abstract__ = True

    switches_at: Mapped[datetime | None] = mapped_column(index=True)

    def note_times(self, moments: Iterable[datetime | None], now: datetime) -> None:
        """Note the first of these times that is still to come."""
        coming = (each for each in moments if each is not None and each > now)
        self.switches_at = min(coming, default=None)


class Mergeable(Named):
    """What can be merged into another of its kind.

    The row stays and leads there: what was written or released before the merge
    names it still. `is_moving` says that articles may still be linked to it.
    """

    __abstract__ = True

    is_moving: Mapped[bool] = mapped_column(default=False)

    @declared_attr
    def merged_into_id(cls) -> Mapped[UUID | None]:  # noqa: N805
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[SchemaItem, ...]:  # noqa: N805
        # Nearly always empty, and asked for by every process all the time.
        moving = text("is_moving")
        return (
            Index(
                f"ix_{cls.__tablename__}_is_moving",
                "id",
                sqlite_where=moving,
                postgresql_where=moving,
            ),
        )
