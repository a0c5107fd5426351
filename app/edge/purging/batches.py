"""What a cache is to be told next: as many rows of the log as fit into a request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.changes import reading
from app.changes.reading import Extent
from app.edge.purging.endpoints import EVERYTHING
from app.edge.purging.lanes import Lane
from app.edge.purging.models import PurgePlace

ROWS = 500
CHARACTERS = 4_000
"""Of keys in a request: Varnish takes headers of 8 KB, Fastly keys for 16 KB."""

KEYS = 200
"""Of them: Fastly takes 256."""


@dataclass(frozen=True)
class Batch:
    """The keys that a lane's rows up to a position name; perhaps none."""

    keys: Sequence[str]
    upto: int
    row_id: UUID | None
    is_repeat: bool = False


def next_for(
    session: Session, place: PurgePlace, lane: Lane, now: datetime
) -> Batch | None:
    """Find what comes after a place: what is to be repeated first, then what is new."""
    extent = reading.extent(session)
    if not _continues(session, place, extent):
        head = reading.id_at(session, extent.head)
        return Batch([EVERYTHING], extent.head, head)
    if place.repeat_at is not None and place.repeat_at <= now:
        return _collect(session, lane, place.repeated, place.repeat_upto, again=True)
    if extent.head > place.position:
        return _collect(session, lane, place.position, extent.head)
    return None


def in_requests(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Divide keys among requests; mostly there is one."""
    part: list[str] = []
    for key in keys:
        if part and not _fits([*part, key]):
            yield part
            part = []
        part.append(key)
    yield part


def _collect(
    session: Session, lane: Lane, after: int, upto: int, *, again: bool = False
) -> Batch:
    keys: dict[str, None] = {}
    rows = reading.after(session, after, limit=ROWS, upto=upto)
    # What is to be repeated may have left the log meanwhile: then it is done with.
    place, row_id = (after if rows else upto), None
    for row in rows:
        if lane.takes(row.event):
            both = keys | dict.fromkeys(row.keys)
            if keys and not _fits(both):
                break
            keys = both
        place, row_id = row.position, row.id
    return Batch(tuple(keys), place, row_id, is_repeat=again)


def _fits(keys: Sequence[str] | dict[str, None]) -> bool:
    return len(keys) <= KEYS and sum(map(len, keys)) + len(keys) <= CHARACTERS


def _continues(session: Session, place: PurgePlace, extent: Extent) -> bool:
    """Tell whether the log goes on after a place with nothing missing in between."""
    if not extent.floor <= place.position <= extent.head:
        return False
    is_kept = place.position > extent.floor
    return not is_kept or reading.id_at(session, place.position) == place.row_id
