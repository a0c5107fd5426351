"""Sweeping the search index after a kill: a few blocks at a time, and then a pause.

Nobody finds the words from the kill on. This takes them out of SQLite's file.
"""

from app.delivery.store import search
from app.kit.db import Database
from app.publishing import refreshing
from app.publishing.refreshing import Pause


def run_pending(database: Database, *, pause: Pause) -> int:
    """Sweep if that was asked for; answers in how many steps."""
    if not database.is_sqlite:
        return 0
    return refreshing.work_off(lambda: _step(database), pause=pause)


def _step(database: Database) -> int | None:
    with database.read_primary() as session:
        if not search.needs_sweep(session):
            return None
    with database.write() as session:
        # Another process may have come to the end meanwhile.
        return int(search.needs_sweep(session) and search.sweep(session))
