"""Forgetting the oldest rows of the log, a few at a time: it is kept for some weeks."""

import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.changes.models import Change, StreamPosition
from app.kit.db import Database

BATCH = 500


def run_due(
    database: Database, *, before: datetime, pause: Callable[[float], None]
) -> None:
    """Forget what happened before an instant, in every stream."""
    with database.read_primary() as session:
        streams = session.scalars(select(StreamPosition.stream)).all()
    for stream in streams:
        began = time.monotonic()
        while _forget_some(database, stream, before):
            # As long as the step took, so that no publishing ever waits long.
            pause(time.monotonic() - began)
            began = time.monotonic()


def _forget_some(database: Database, stream: str, before: datetime) -> bool:
    """Forget a batch; false when there is nothing that old any more."""
    with database.read_primary() as session:
        last = _last_due(session, stream, before)
    if last is None:
        return False
    with database.write() as session:
        old = (Change.stream == stream, Change.position <= last)
        session.execute(delete(Change).where(*old))
        # All publishing waits for this row: it is taken last. Somebody else may
        # have come further meanwhile.
        session.execute(
            update(StreamPosition)
            .where(StreamPosition.stream == stream, StreamPosition.floor < last)
            .values(floor=last)
        )
    return True


def _last_due(session: Session, stream: str, before: datetime) -> int | None:
    """Find how far to forget: only from the beginning, so that no gap is made."""
    rows = session.execute(
        select(Change.position, Change.at)
        .where(Change.stream == stream)
        .order_by(Change.position)
        .limit(BATCH)
    )
    last = None
    for position, at in rows:
        if at >= before:
            break
        last = position
    return last
