"""Writing the log. `record` is its only writer.

`record` collects; the positions are taken last, when the session commits, so
that nobody waits for the counter longer than it takes to insert the rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, func, insert, select, update
from sqlalchemy.orm import Session

from app.changes.models import Change, StreamPosition
from app.kit import bulk
from app.kit.bulk import Rows
from app.kit.db import before_commit
from app.kit.ids import new_id

PUBLIC, ADVANCE = "public", "advance"
"""The streams: what everybody may know, and what partners know before."""

CHANNEL = "broadsheet_changes"
"""Where PostgreSQL tells those who listen that the log has grown."""

_PENDING = "changes"
_WRITTEN = "changes_written"

Stamp = Callable[[Session, Sequence[tuple[UUID, int]]], None]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a log row says, before it has its position."""

    event: str
    kind: str
    resource_id: UUID
    at: datetime
    version: int | None = None
    change: str | None = None
    path: str | None = None
    paths: Sequence[str] = ()
    keys: Sequence[str] = ()
    facets_before: Sequence[int] = ()
    facets_after: Sequence[int] = ()


@dataclass
class _Pending:
    """The entries of one transaction in one stream, and who wants their positions."""

    entries: list[Entry] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)


def record(
    session: Session,
    entry: Entry,
    *,
    stamp: Stamp | None = None,
    stream: str = PUBLIC,
) -> None:
    """Add a row to a stream when this transaction commits.

    `stamp` is told the position of each resource, inside the transaction.
    """
    streams: dict[str, _Pending] = session.info.setdefault(_PENDING, {})
    pending = streams.setdefault(stream, _Pending())
    pending.entries.append(entry)
    if stamp is not None and stamp not in pending.stamps:
        pending.stamps.append(stamp)
    before_commit(session, _write)


def append(session: Session, rows: Rows, keys: Sequence[Sequence[str]]) -> range:
    """Write public rows that were made ready, all but their positions.

    For bulk work, as the last but one thing in its transaction. Answers the
    positions; `keys` are those of each row.
    """
    _notify(session)
    first = _take(session, PUBLIC, len(keys))
    positions = range(first, first + len(keys))
    bulk.write(session, bulk.numbered(rows, "position", positions))
    session.info[_WRITTEN] = list(zip(positions, keys, strict=True))
    return positions


def written(session: Session) -> Sequence[tuple[int, Sequence[str]]]:
    """List what this session has put into the public log: positions and keys."""
    rows: Sequence[tuple[int, Sequence[str]]] = session.info.get(_WRITTEN, ())
    return rows


def log_position() -> ScalarSelect[int]:
    """Select the public stream's position, for the first statement of a read."""
    return (
        select(StreamPosition.position)
        .where(StreamPosition.stream == PUBLIC)
        .scalar_subquery()
    )


def _write(session: Session) -> None:
    streams: dict[str, _Pending] = session.info.pop(_PENDING)
    # Everything else is written first, so that the counters are held for one
    # insert only: the public one is what all publishing waits for. It comes last,
    # and in one order for everybody.
    session.flush()
    _notify(session)
    for stream in sorted(streams):
        placed = _place(session, stream, streams[stream])
        if stream == PUBLIC:
            session.info[_WRITTEN] = [(at, entry.keys) for at, entry in placed]


def _notify(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        # It leaves when the transaction commits, and not otherwise.
        session.execute(select(func.pg_notify(CHANNEL, "")))


def _place(session: Session, stream: str, pending: _Pending) -> list[tuple[int, Entry]]:
    """Write the rows of one stream; answers them with their positions."""
    first = _take(session, stream, len(pending.entries))
    placed = list(enumerate(pending.entries, first))
    session.execute(insert(Change), [row(stream, at, entry) for at, entry in placed])
    for stamp in pending.stamps:
        stamp(session, [(entry.resource_id, at) for at, entry in placed])
    return placed


def _take(session: Session, stream: str, count: int) -> int:
    """Take the next positions of a stream, and answer the first of them."""
    last: int = session.execute(
        update(StreamPosition)
        .where(StreamPosition.stream == stream)
        .values(position=StreamPosition.position + count)
        .returning(StreamPosition.position)
    ).scalar_one()
    return last - count + 1


def row(stream: str, position: int, entry: Entry) -> dict[str, object]:
    """Write down what happened, as a row of the log."""
    return {
        "stream": stream,
        "position": position,
        "id": new_id(),
        "event": entry.event,
        "kind": entry.kind,
        "resource_id": entry.resource_id,
        "version": entry.version,
        "change": entry.change,
        "path": entry.path,
        "paths": list(entry.paths),
        "keys": list(entry.keys),
        "facets_before": sorted(entry.facets_before),
        "facets_after": sorted(entry.facets_after),
        "at": entry.at,
    }
