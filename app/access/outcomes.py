"""What a caller was answered, kept for a day so that a retry is answered the same.

The row is written in the transaction of what it tells of: either both are there or
neither is. It holds digests of the client's key and request, not their text.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.orm import Session

from app.access.models import Outcome

LIFETIME = timedelta(hours=24)
SWEPT_AT_ONCE = 100


def find(
    session: Session, caller_id: UUID, digest: bytes, *, now: datetime
) -> Outcome | None:
    """Find what came of a caller's earlier request under this key."""
    outcome = session.get(Outcome, (caller_id, digest))
    if outcome is not None and outcome.answered_at <= now - LIFETIME:
        session.delete(outcome)
        session.flush()
        return None
    return outcome


def keep(session: Session, outcome: Outcome) -> None:
    """Keep an outcome, and let some go that are too old."""
    session.add(outcome)
    session.flush()
    _sweep(session, before=outcome.answered_at - LIFETIME)


def forget(session: Session, *, kind: str, resource_id: UUID) -> None:
    """Empty every answer that tells of this resource.

    That the work was done stays known: a retry would otherwise do it once more.
    """
    own = (Outcome.kind == kind, Outcome.resource_id == resource_id)
    emptied = {"answer": b"", "location": None, "revision": None}
    session.execute(update(Outcome).where(*own).values(emptied))


def _sweep(session: Session, *, before: datetime) -> None:
    # What another request is letting go of is left to it: nobody waits.
    old = session.execute(
        select(Outcome.caller_id, Outcome.digest)
        .where(Outcome.answered_at <= before)
        .limit(SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    if old:
        session.execute(
            delete(Outcome).where(
                tuple_(Outcome.caller_id, Outcome.digest).in_(
                    [(row.caller_id, row.digest) for row in old]
                )
            )
        )
