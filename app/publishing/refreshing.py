"""After a rename: the articles that carry the old name are rendered again.

A request is a row, written with the rename in one transaction. It is worked off
in batches, newest articles first, and picks up where it was after a crash.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.orm import Session

from app.delivery.advance import storing
from app.delivery.store import facets
from app.delivery.store.facets import FacetValue
from app.delivery.store.models import Listing
from app.kit.db import Database
from app.kit.pages import place
from app.publishing import rerendering
from app.publishing.desk import Desk
from app.publishing.models import Refresh

BATCH = 20

Pause = Callable[[float], object]


def request(session: Session, facet: FacetValue, *, now: datetime) -> None:
    """Ask for the articles of a list to be rendered again, from its top."""
    refresh = session.get(Refresh, (facet.kind, facet.value), with_for_update=True)
    if refresh is None:
        refresh = Refresh(facet_kind=facet.kind, facet_value=facet.value, generation=0)
        session.add(refresh)
    refresh.generation += 1
    refresh.requested_at = now
    refresh.reached_at = refresh.reached_id = None
    session.flush()


def run_pending(
    database: Database, desk: Callable[[], Desk], *, pause: Pause = time.sleep
) -> int:
    """Work off every request there is; answers how many articles were looked at."""
    return work_off(lambda: _step(database, desk()), pause=pause)


def work_off(step: Callable[[], int | None], *, pause: Pause) -> int:
    """Take steps until there is none, and pause after each as long as it took."""
    done = 0
    while True:
        started = time.monotonic()
        more = step()
        if more is None:
            return done
        done += more
        pause(min(time.monotonic() - started, 1.0))


def _step(database: Database, desk: Desk) -> int | None:
    """Do one batch of the oldest request; None when there is none."""
    with database.read_primary() as session:
        refresh = session.scalar(
            select(Refresh).order_by(Refresh.requested_at, Refresh.facet_value).limit(1)
        )
        if refresh is None:
            return None
        batch = _next_batch(session, refresh)
        ids = [article_id for _, article_id in batch]
        prepared = rerendering.prepare(session, ids, desk)
        asked = (refresh.facet_kind, refresh.facet_value, refresh.generation)
        facet = FacetValue(refresh.facet_kind, refresh.facet_value)
        is_beginning = refresh.reached_at is None
        embargoed = storing.naming(session, facet) if is_beginning else []
    for article_id in embargoed:
        with database.write() as session:
            rerendering.store(session, [article_id], {}, desk)
    with database.write() as session:
        done = rerendering.store(session, ids, prepared, desk)
        # The request's row is touched last. A rename holds its author and wants
        # this row; a release holds its article and wants the author: whoever held
        # this row while waiting for an article would close the circle.
        _note(session, asked, batch[done - 1] if done else None)
        return done


def _note(
    session: Session,
    asked: tuple[str, str, int],
    reached: tuple[datetime, UUID] | None,
) -> None:
    """Keep how far a request is, unless it was made anew meanwhile."""
    kind, value, generation = asked
    same = (
        Refresh.facet_kind == kind,
        Refresh.facet_value == value,
        Refresh.generation == generation,
    )
    if reached is None:
        session.execute(delete(Refresh).where(*same))
        return
    at, article_id = reached
    session.execute(
        update(Refresh).where(*same).values(reached_at=at, reached_id=article_id)
    )


def _next_batch(session: Session, refresh: Refresh) -> Sequence[tuple[datetime, UUID]]:
    facet = FacetValue(refresh.facet_kind, refresh.facet_value)
    numbers = facets.find(session, [facet])
    if not numbers:
        return []
    key = (Listing.published_at, Listing.id)
    statement = select(*key).where(Listing.facet_id == numbers[facet])
    if refresh.reached_at is not None:
        reached = (refresh.reached_at, refresh.reached_id)
        statement = statement.where(tuple_(*key) < place(key, reached))
    ordered = statement.order_by(*(column.desc() for column in key)).limit(BATCH)
    return [(at, article_id) for at, article_id in session.execute(ordered)]
