"""What keys are used for: counted in the process, and written down now and then.

A request that reads writes nothing, so its count waits here for some seconds. What was
not written when a process was killed is lost: a count for people, and no bill.
"""

import threading
from collections import Counter
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access.models import Key, KeyUse
from app.kit.db import Database


class Uses:
    """The uses of keys that are not written down yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[UUID, date]] = Counter()
        self._last: dict[UUID, datetime] = {}

    def note(self, key_id: UUID, now: datetime) -> None:
        """Count one use."""
        with self._lock:
            self._counts[key_id, now.date()] += 1
            self._last[key_id] = now

    def write(self, database: Database) -> None:
        """Add what was counted to what is stored."""
        with self._lock:
            counts, last = Counter(self._counts), dict(self._last)
        if not counts:
            return
        with database.write() as session:
            known = set(session.scalars(select(Key.id).where(Key.id.in_(last))))
            # In the order of their ids: two processes never wait for each other.
            for (key_id, day), requests in sorted(counts.items()):
                if key_id in known:
                    _add(session, key_id, day, requests)
            for key_id, at in sorted(last.items()):
                used = update(Key).where(Key.id == key_id).values(last_used_at=at)
                session.execute(used)
        with self._lock:
            self._counts -= counts
            self._last = {each: self._last[each] for each, _ in self._counts}


def _add(session: Session, key_id: UUID, day: date, requests: int) -> None:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(KeyUse) if is_sqlite else postgresql.insert(KeyUse)
    session.execute(
        insert.values(key_id=key_id, day=day, requests=requests).on_conflict_do_update(
            index_elements=[KeyUse.key_id, KeyUse.day],
            set_={"requests": KeyUse.requests + requests},
        )
    )
