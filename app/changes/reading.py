"""Reading the log, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.changes.log import PUBLIC
from app.changes.models import Change, StreamPosition


@dataclass(frozen=True, slots=True)
class LogRow:
    """A row of the log as followers get it: it never changes under them."""

    position: int
    id: UUID
    event: str
    kind: str
    resource_id: UUID
    version: int | None
    change: str | None
    path: str | None
    paths: tuple[str, ...]
    keys: tuple[str, ...]
    at: datetime

    @classmethod
    def of(cls, row: Change) -> "LogRow":
        """Take what followers get from a stored row."""
        return cls(
            position=row.position,
            id=row.id,
            event=row.event,
            kind=row.kind,
            resource_id=row.resource_id,
            version=row.version,
            change=row.change,
            path=row.path,
            paths=tuple(row.paths),
            keys=tuple(row.keys),
            at=row.at,
        )


@dataclass(frozen=True, slots=True)
class Extent:
    """What a stream holds: every row in (floor, head]."""

    floor: int
    head: int


def extent(session: Session, stream: str = PUBLIC) -> Extent:
    """Read how far a stream reaches, as the first statement of a read."""
    floor, head = session.execute(
        select(StreamPosition.floor, StreamPosition.position).where(
            StreamPosition.stream == stream
        )
    ).one()
    return Extent(floor, head)


def after(
    session: Session,
    position: int,
    *,
    limit: int = 1000,
    upto: int | None = None,
    kinds: Sequence[str] | None = None,
    stream: str = PUBLIC,
) -> Sequence[Change]:
    """List the rows of a stream after a position, oldest first."""
    statement = select(Change).where(
        Change.stream == stream, Change.position > position
    )
    if upto is not None:
        statement = statement.where(Change.position <= upto)
    if kinds is not None:
        statement = statement.where(Change.kind.in_(kinds))
    return session.scalars(statement.order_by(Change.position).limit(limit)).all()


def id_at(session: Session, position: int) -> UUID | None:
    """Find the row at a position, to recognise the log by."""
    return session.scalars(
        select(Change.id).where(Change.stream == PUBLIC, Change.position == position)
    ).one_or_none()
