"""Taking out of the log where a killed story was: a slug is a headline.

The rows stay, so that no reader of the log misses a position. Their keys stay as
well: they hold digests of addresses and never a text.
"""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.changes.models import Change


def forget_paths(session: Session, resource_id: UUID) -> None:
    """Empty the paths in every row about a resource, in all streams."""
    rows = update(Change).where(Change.resource_id == resource_id)
    session.execute(rows.values(path=None, paths=[]))
