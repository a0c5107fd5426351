"""What comes after a position: from memory where that reaches, else from the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self, TypeVar

from fastapi import Request
from sqlalchemy.orm import Session

from app.changes import reaching, reading
from app.changes.reaching import Reach
from app.changes.reading import LogRow
from app.changes.ring import Ring
from app.changes.watching import Watcher
from app.kit.db import Database, reads_primary
from app.kit.errors import Gone

MOST_SCANNED = 10_000
"""Positions that one answer looks through, however few are of the kinds asked for."""

Kinds = Sequence[str] | None
Found = TypeVar("Found")


class PositionGone(Gone):
    """The log does not reach back that far, or never came that far: begin anew."""

    code = "position-gone"
    title = "The log cannot be followed from this position"


@dataclass(frozen=True)
class Log:
    """The public log as this process has it."""

    watcher: Watcher
    database: Database
    api_url: str
    site_url: str
    reads_primary: bool

    @classmethod
    def of(cls, request: Request) -> Self:
        """Find the log of the application that was asked."""
        state = request.app.state
        return cls(
            state.watcher,
            state.database,
            state.settings.api_url,
            state.settings.site_url,
            reads_primary(request),
        )

    async def look(self, look: Callable[[Session], Found]) -> Found:
        """Read in a thread, where this request has to read."""
        if self.reads_primary:
            return await self.database.in_turn_at_primary(look)
        return await self.database.in_turn(look)

    def gone(self) -> PositionGone:
        """Say that a position cannot be followed from, and what to do about it."""
        snapshot = f"{self.api_url}/v1/snapshot"
        return PositionGone(
            f"Take {snapshot} and follow from the position in its first line.",
            extra={"snapshot": snapshot},
        )


@dataclass(frozen=True)
class Batch:
    """Every row in (after, upto] of the kinds asked for; perhaps there are more.

    `position` is how far the log had come where it was read.
    """

    rows: Sequence[LogRow]
    upto: int
    position: int

    @classmethod
    def cut(
        cls, rows: Sequence[LogRow], limit: int, *, end: int, position: int
    ) -> Self:
        """Take so many of the rows up to `end`, of which there is one more if cut."""
        upto = end if len(rows) <= limit else rows[limit - 1].position
        return cls(rows[:limit], upto, position)

    @property
    def has_more(self) -> bool:
        """Whether there is more to be had at once."""
        return self.upto < self.position


async def begin(log: Log, after: int, *, kinds: Kinds, limit: int) -> Batch:
    """List what comes after a position; one that cannot be followed from is gone."""
    await _reach(log, after)
    return await go_on(log, after, kinds=kinds, limit=limit)


async def go_on(log: Log, after: int, *, kinds: Kinds, limit: int) -> Batch:
    """List what comes after a position that one of us has told."""
    batch = None
    if not log.reads_primary:
        batch = _remembered(log.watcher.ring, after, kinds, limit)
    if batch is None:
        batch = await log.look(
            partial(_stored, log, after=after, kinds=kinds, limit=limit)
        )
    return batch


async def floor(log: Log) -> int:
    """Find the oldest position that can be followed from."""
    return (await log.look(reading.extent)).floor


async def _reach(log: Log, after: int) -> None:
    """Catch up with what has been told already; refuse what nobody can have told.

    Somebody who has seen a kill answered is shown no row from before it.
    """
    known = max(after, log.watcher.committed)
    reach = await reaching.reach(log.watcher, log.database, known)
    if reach is Reach.BEYOND and after > log.watcher.position:
        raise log.gone()


def _remembered(ring: Ring, after: int, kinds: Kinds, limit: int) -> Batch | None:
    rows = ring.after(after)
    if rows is None:
        return None
    wanted = [row for row in rows if _is_of(row, kinds)]
    return Batch.cut(wanted, limit, end=ring.head, position=ring.head)


def _stored(
    log: Log, session: Session, *, after: int, kinds: Kinds, limit: int
) -> Batch:
    extent = reading.extent(session)
    if after < extent.floor:
        raise log.gone()
    # A replica may be behind the position that was asked for.
    end = max(after, min(extent.head, after + MOST_SCANNED))
    found = reading.after(session, after, upto=end, limit=limit + 1, kinds=kinds)
    rows = [LogRow.of(row) for row in found]
    return Batch.cut(rows, limit, end=end, position=extent.head)


def _is_of(row: LogRow, kinds: Kinds) -> bool:
    return kinds is None or row.kind in kinds
