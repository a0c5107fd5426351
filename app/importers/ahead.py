"""Making batches ready ahead of the one process that writes them.

Rendering is most of the work and needs no lock, so every core does some of it.
"""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Protocol

from sqlalchemy.orm import Session

from app.kit import bulk
from app.kit.db import Database
from app.publishing.bulk.preparing import Prepared

FEW = 4
"""So many batches are done before other processes would have started."""

AHEAD = 2
"""How many batches each process may be ahead: they wait in memory."""


WAVE = 25
"""After so many batches nobody reads for a moment: SQLite's log can begin anew."""


class Preparing(Protocol):
    """Makes the batch of these numbers ready."""

    def __call__(self, session: Session, batch: range, /) -> Prepared | None: ...


def each(
    database: Database,
    prepare: Preparing,
    batches: Sequence[range],
    *,
    processes: int = os.cpu_count() or 1,
) -> Iterator[tuple[range, Prepared | None]]:
    """Make batches ready, here or in other processes; answers them in order."""
    # The first is written before the second is read: what it introduces is known.
    for batch in batches[: 1 if len(batches) > FEW else len(batches)]:
        with database.read_primary() as session:
            prepared = prepare(session, batch)
        yield batch, prepared
    if len(batches) > FEW:
        yield from _elsewhere(database, prepare, batches[1:], processes)


def _elsewhere(
    database: Database, prepare: Preparing, batches: Sequence[range], processes: int
) -> Iterator[tuple[range, Prepared | None]]:
    # A forked process would share our connections; a new one opens its own.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _leave_stopping_to_us)

    def submitted(batch: range) -> tuple[range, Future[Prepared | None]]:
        return batch, pool.submit(_prepare, database.url, prepare, batch)

    try:
        for start in range(0, len(batches), WAVE):
            waiting = map(submitted, batches[start : start + WAVE])
            running = deque(islice(waiting, processes * AHEAD))
            while running:
                batch, future = running.popleft()
                prepared = future.result()
                running.extend(islice(waiting, 1))
                yield batch, prepared
            bulk.fold_back(database)
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_stopping_to_us() -> None:
    """Have Ctrl-C, which all processes get, end only the one that writes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _prepare(url: str, prepare: Preparing, batch: range) -> Prepared | None:
    with Database(url) as database, database.read_primary() as session:
        return prepare(session, batch)
