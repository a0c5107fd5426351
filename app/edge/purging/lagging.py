"""How far a cache is behind, for the doctor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.changes import reading
from app.changes.log import PUBLIC
from app.changes.models import Change
from app.edge.purging.endpoints import Endpoint
from app.edge.purging.models import PurgePlace


@dataclass(frozen=True)
class Lag:
    """How many changes a cache has not been told of, since when, and what it said."""

    changes: int
    since: datetime | None
    attempts: int
    error: str | None


def of(session: Session, endpoint: Endpoint) -> Lag | None:
    """Measure by the lane that is further behind; None if nobody has begun."""
    place = session.scalars(
        select(PurgePlace)
        .where(PurgePlace.endpoint == endpoint.name)
        .order_by(PurgePlace.position)
        .limit(1)
    ).one_or_none()
    if place is None:
        return None
    since = session.scalar(
        select(Change.at)
        .where(Change.stream == PUBLIC, Change.position > place.position)
        .order_by(Change.position)
        .limit(1)
    )
    behind = max(reading.extent(session).head - place.position, 0)
    return Lag(behind, since, place.attempts, place.error)
