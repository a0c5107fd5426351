"""After a merge: the articles that name the old one are brought to the new one.

A few at a time, as a refresh does it. What is left to do stands in the tables: a
link to something merged is one.
"""

import time
from collections.abc import Callable

from app.kit.db import Database
from app.newsroom import successors
from app.publishing import rerendering
from app.publishing.desk import Desk
from app.publishing.refreshing import BATCH, Pause, work_off
from app.publishing.rerendering import LOCK_SECONDS


def run_pending(
    database: Database, desk: Callable[[], Desk], *, pause: Pause = time.sleep
) -> int:
    """Move every article that names something merged; answers how many there were."""
    return work_off(lambda: _step(database, desk()), pause=pause)


def _step(database: Database, desk: Desk) -> int | None:
    """Move some articles of one merge; None when there is none."""
    with database.read_primary() as session:
        row = successors.next_to_move(session)
        if row is None:
            return None
        ids = successors.naming(session, row, limit=BATCH)
        prepared = rerendering.prepare(session, ids, desk)
    started = time.monotonic()
    with database.write() as session:
        for done, article_id in enumerate(ids, start=1):
            rerendering.store(session, [article_id], prepared, desk)
            successors.move(session, article_id, row)
            if time.monotonic() - started > LOCK_SECONDS:
                return done
        if len(ids) < BATCH:
            successors.finish(session, session.merge(row))
        return len(ids)
