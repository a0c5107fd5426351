"""Reference data that the clock switches: slots, sponsors, fronts.

Each is claimed and switched in a transaction of its own, by the database's clock.
One that cannot be switched is put off, and keeps nobody else back.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.kit.clock import database_now
from app.kit.db import Database
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.fronts.models import Front
from app.newsroom.identity import Timed
from app.newsroom.sponsors.models import Sponsor
from app.publishing.desk import Desk
from app.publishing.reference import ad_slots, fronts, sponsors
from app.publishing.site import Site

logger = logging.getLogger("broadsheet.clockwork")

Row = TypeVar("Row", bound=Timed)
Switch = Callable[[Session, Row, Desk], None]

PUT_OFF = timedelta(minutes=1)


def seconds_to_next(session: Session, now: datetime) -> float | None:
    """Tell how long nothing is to be switched; None when nothing waits."""
    nearest = [
        session.scalar(select(func.min(kind.switches_at)))
        for kind in (AdSlot, Sponsor, Front)
    ]
    moments = [moment for moment in nearest if moment is not None]
    return max((min(moments) - now).total_seconds(), 0.0) if moments else None


def take_turn(database: Database, site: Site) -> bool:
    """Switch what has been due for longest of each kind; False when there is none."""
    done = [turn(database, site) for turn in _TURNS]
    return any(done)


def _turn(kind: type[Row], switch: Switch[Row], database: Database, site: Site) -> bool:
    claimed: UUID | None = None
    try:
        with database.write() as session:
            now = database_now(session)
            row = _claim(session, kind, now)
            if row is None:
                return False
            claimed = row.id
            switch(session, row, Desk(now=now, by="system", site=site))
    except Exception:
        if claimed is None:
            raise
        logger.warning("%s %s was not switched", kind.__name__, claimed, exc_info=True)
        with database.write() as session:
            later = database_now(session) + PUT_OFF
            waits = update(kind).where(kind.id == claimed)
            session.execute(waits.values(switches_at=later))
    return True


def _claim(session: Session, kind: type[Row], now: datetime) -> Row | None:
    return session.scalar(
        select(kind)
        .where(kind.switches_at <= now)
        .order_by(kind.switches_at, kind.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


_TURNS: Sequence[Callable[[Database, Site], bool]] = (
    partial(_turn, AdSlot, ad_slots.switch),
    partial(_turn, Sponsor, sponsors.switch),
    partial(_turn, Front, fronts.switch),
)
