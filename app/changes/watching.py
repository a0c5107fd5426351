"""The watcher: one for each process, which knows the log and wakes who waits.

A thread looks at the database and hands what is new to the event loop. There, in
one step for each batch, the ring takes it in, the followers apply it and
everybody who waits is woken. So all of the process sees the same position, and
a waiting client costs neither a thread nor a look at the database.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.changes import noticing, reading
from app.changes.reading import Extent, LogRow
from app.changes.ring import Ring
from app.kit.db import Database

logger = logging.getLogger("broadsheet.watcher")

BATCH = 500
FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 2.0


class Follower(Protocol):
    """Whoever holds something in memory that the log makes stale.

    Both are called in the event loop and have to return at once.
    """

    def apply(self, rows: Sequence[LogRow]) -> None:
        """Take in the next rows: in order, none left out and none twice."""
        ...

    def forget(self) -> None:
        """Hold nothing that was made before now: rows may have been missed."""
        ...


@dataclass(frozen=True)
class Mark:
    """A place in the log: its position, and the row there to recognise it by."""

    position: int
    row_id: UUID | None


@dataclass(frozen=True)
class Look:
    """What was found in the log after a mark; `is_break`: it is not that log's."""

    since: Mark | None
    mark: Mark
    rows: Sequence[LogRow] = ()
    is_break: bool = False


class Watcher:
    """What this process knows of the public log. Made anywhere, used in the loop."""

    def __init__(self, database: Database):
        self.ring = Ring()
        self.is_draining = False
        self._database = database
        self._followers: list[Follower] = []
        self._mark: Mark | None = None
        self._committed = 0
        self._noting = threading.Lock()
        self._looked_at = float("-inf")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turned = asyncio.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def position(self) -> int:
        """The position that this process has applied; 0 before the first look."""
        return 0 if self._mark is None else self._mark.position

    @property
    def unseen_seconds(self) -> float:
        """How long ago the log was last looked at; infinite before the first look.

        It stays below a second or so unless the database is away.
        """
        return time.monotonic() - self._looked_at

    @property
    def committed(self) -> int:
        """The newest position that is known of: this process may have committed it."""
        return max(self._committed, self.position)

    def note_commit(self, position: int) -> None:
        """Hear of a commit of this process before anybody is told of it. Any thread."""
        with self._noting:
            self._committed = max(self._committed, position)

    def subscribe(self, follower: Follower) -> None:
        """Have a follower told of everything from now on."""
        self._followers.append(follower)

    def start(self) -> None:
        """Begin to watch, from inside the event loop that is to be told."""
        self.is_draining = False
        self._stopping.clear()
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; who waits is woken."""
        self.drain()
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def drain(self) -> None:
        """Let nobody wait any longer, because the process is to end. Any thread."""
        self.is_draining = True
        self._in_loop(self._wake)

    async def moved(self, position: int, *, within: float) -> bool:
        """Wait until there is something after a position; false if nothing comes."""
        return await self._until(position + 1, within)

    async def reached(self, position: int, *, within: float) -> bool:
        """Wait until this process has applied a position; false if it does not."""
        return await self._until(position, within)

    async def catch_up(self) -> int:
        """Look now, and answer the position applied. Raises what the database does.

        After a commit of this process, nothing that it has changed is unapplied.
        """
        self._apply(await self._database.in_turn(self._look))
        return self.position

    async def _until(self, position: int, within: float) -> bool:
        deadline = time.monotonic() + within
        while self.position < position and not self.is_draining:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            try:
                async with asyncio.timeout(left):
                    await self._turned.wait()
            except TimeoutError:
                break
        return self.position >= position

    def _run(self) -> None:
        retry = FIRST_RETRY_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                with self._database.aside() as connection:
                    self._watch(connection)
            except Exception:
                # Whatever it is, most likely the database that is away: a process
                # that no longer follows the log would show what was withdrawn.
                if self._looked_at >= began or retry == FIRST_RETRY_SECONDS:
                    logger.warning("cannot read the log", exc_info=True)
            if self._looked_at >= began:
                retry = FIRST_RETRY_SECONDS
            self._stopping.wait(retry)
            retry = min(2 * retry, LONGEST_RETRY_SECONDS)

    def _watch(self, connection: Connection) -> None:
        notice = noticing.on(connection, self._stopping.wait)
        while not self._stopping.is_set():
            with Session(connection) as session:
                look = self._look(session)
            self._in_loop(partial(self._apply, look))
            self._looked_at = time.monotonic()
            if len(look.rows) < BATCH:
                notice.wait()

    def _look(self, session: Session) -> Look:
        since = self._mark
        extent = reading.extent(session)
        if since is None or not _continues(session, since, extent):
            row_id = reading.id_at(session, extent.head)
            return Look(since, Mark(extent.head, row_id), is_break=True)
        if extent.head == since.position:
            return Look(since, since)
        found = reading.after(session, since.position, limit=BATCH)
        rows = [LogRow.of(row) for row in found]
        return Look(since, Mark(rows[-1].position, rows[-1].id), rows)

    def _apply(self, look: Look) -> None:
        """Take in what was found, unless another look was faster. In the loop."""
        if look.is_break:
            if look.since == self._mark:
                self._begin(look.mark)
            return
        rows = [row for row in look.rows if row.position > self.position]
        if not rows or rows[0].position != self.position + 1:
            return
        for row in rows:
            self.ring.add(row)
        self._mark = look.mark
        try:
            for follower in self._followers:
                follower.apply(rows)
        finally:
            self._wake()

    def _begin(self, mark: Mark) -> None:
        """Follow the log from here: at the start, or where it is another log."""
        if self._mark is not None:
            logger.warning("the log was replaced or cut off: following from its head")
            self._committed = 0
        self.ring.begin(mark.position)
        self._mark = mark
        try:
            for follower in self._followers:
                follower.forget()
        finally:
            self._wake()

    def _wake(self) -> None:
        self._turned.set()
        self._turned = asyncio.Event()

    def _in_loop(self, run: Callable[[], None]) -> None:
        # The loop may have ended first.
        with suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(run)


def _continues(session: Session, since: Mark, extent: Extent) -> bool:
    """Tell whether the log goes on after a mark with nothing missing in between.

    A restored backup, or another database under the same name, has another row there.
    """
    if not extent.floor <= since.position <= extent.head:
        return False
    is_kept = since.position > extent.floor
    return not is_kept or reading.id_at(session, since.position) == since.row_id
