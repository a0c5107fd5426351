"""Places in the log: begun, claimed, moved on, put off. They change as they were seen.

Who sends claims the place first, for some seconds by the database's clock. If he is
killed meanwhile, another one sends the same again: each purge happens at least once.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from app.changes import reading
from app.edge.purging.batches import Batch
from app.edge.purging.endpoints import Endpoint
from app.edge.purging.lanes import Lane
from app.edge.purging.models import PurgePlace
from app.kit.db import hold

CLAIM = timedelta(seconds=15)

AGAIN = timedelta(seconds=2)
"""When it is purged once more: by then every process has applied the change, and an
answer from before it that was on its way has arrived and been kept."""


def find(session: Session, endpoint: Endpoint, lane: Lane) -> PurgePlace | None:
    """Find how far a lane is."""
    return session.get(PurgePlace, (endpoint.name, lane.name))


def begin(session: Session, endpoint: Endpoint, lane: Lane) -> None:
    """Begin at the log's head; a cache that is new to us has heard of nothing else."""
    hold(session, f"purges of {endpoint.name}")
    if find(session, endpoint, lane) is not None:
        return
    head = reading.extent(session).head
    session.add(
        PurgePlace(
            endpoint=endpoint.name,
            lane=lane.name,
            position=head,
            row_id=reading.id_at(session, head),
            repeated=head,
            repeat_upto=head,
            attempts=0,
        )
    )


def is_free(place: PurgePlace, now: datetime) -> bool:
    """Tell whether nobody is at it, and it was not put off."""
    return all(
        moment is None or moment <= now
        for moment in (place.claimed_until, place.retry_at)
    )


def claim(session: Session, seen: PurgePlace, now: datetime) -> bool:
    """Take a place for oneself; false if somebody was faster."""
    return _change(session, seen, now, {"claimed_until": now + CLAIM})


def move(session: Session, seen: PurgePlace, batch: Batch, now: datetime) -> None:
    """Note that what a batch names has been purged, and when to do that once more."""
    rest = {"claimed_until": None, "attempts": 0, "retry_at": None, "error": None}
    moved = _repeated(seen, batch, now) if batch.is_repeat else _moved(seen, batch, now)
    _change(session, seen, None, rest | moved)


def put_off(
    session: Session, seen: PurgePlace, lane: Lane, error: str, now: datetime
) -> None:
    """Note a failure: tried again after 1, 2, 4… seconds, or a little earlier."""
    longest = min(2.0 ** min(seen.attempts, 10), lane.longest_wait)
    # Not all places at once, should many caches have been away together.
    wait = longest * (0.5 + secrets.randbelow(1000) / 2000)
    failed = {
        "claimed_until": None,
        "attempts": seen.attempts + 1,
        "retry_at": now + timedelta(seconds=wait),
        "error": error[:200],
    }
    _change(session, seen, None, failed)


def _moved(seen: PurgePlace, batch: Batch, now: datetime) -> dict[str, object]:
    new: dict[str, object] = {"position": batch.upto, "row_id": batch.row_id}
    if seen.repeat_at is not None and seen.position <= batch.upto:
        return new  # The rows of this batch are repeated after those.
    if not batch.keys or batch.upto < seen.position:
        return new | {
            "repeated": batch.upto,
            "repeat_upto": batch.upto,
            "repeat_at": None,
        }
    return new | {"repeat_upto": batch.upto, "repeat_at": now + AGAIN}


def _repeated(seen: PurgePlace, batch: Batch, now: datetime) -> dict[str, object]:
    if batch.upto < seen.repeat_upto:
        return {"repeated": batch.upto}
    is_more = seen.position > batch.upto
    return {
        "repeated": batch.upto,
        "repeat_upto": seen.position,
        "repeat_at": now + AGAIN if is_more else None,
    }


def _change(
    session: Session,
    seen: PurgePlace,
    free_at: datetime | None,
    values: Mapping[str, object],
) -> bool:
    """Change a place if it is as it was seen (and free, at a moment that is given)."""
    statement = update(PurgePlace).where(
        PurgePlace.endpoint == seen.endpoint,
        PurgePlace.lane == seen.lane,
        PurgePlace.position == seen.position,
        PurgePlace.repeated == seen.repeated,
    )
    if free_at is not None:
        free = PurgePlace.claimed_until
        statement = statement.where(or_(free.is_(None), free <= free_at))
    changed = session.execute(statement.values(**values).returning(PurgePlace.lane))
    return changed.first() is not None
