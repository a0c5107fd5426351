"""Merging one tag or author into another of its kind: the two rows.

What articles say is brought along afterwards, by `successors`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.kit.errors import Fault, Invalid, NotFound
from app.newsroom import references
from app.newsroom.identity import Mergeable

Row = TypeVar("Row", bound=Mergeable)


class IntoItself(Invalid):
    """A merge needs two."""

    code = "into-itself"
    title = "Nothing is merged into itself"


def lock(session: Session, kind: type[Row], ref: str, into: str) -> tuple[Row, Row]:
    """Get what is to be merged and what it is to become, and hold both.

    And whatever was merged into the first before, since that moves on: all in the
    order of ids, as a release locks them.
    """
    old = references.get(session, kind, ref)
    new = references.resolve(session, kind, into, pointer="/into")
    statement = (
        select(kind)
        .where(or_(kind.id.in_([old.id, new.id]), kind.merged_into_id == old.id))
        .order_by(kind.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    held = {row.id for row in session.scalars(statement)}
    if not held >= {old.id, new.id}:
        raise NotFound
    references.check_unmerged(old)
    references.check_unmerged(new)
    return old, new


def merge(session: Session, old: Row, new: Row, *, now: datetime) -> None:
    """Let one lead to the other from now on."""
    if old.id == new.id:
        fault = Fault(detail="This is the very same one.", pointer="/into")
        raise IntoItself(faults=[fault])
    for row in (old, *_merged_into(session, old)):
        row.merged_into_id = new.id
    old.is_moving = True
    old.touch(now)
    session.flush()


def forget(session: Session, row: Row) -> None:
    """Delete what was merged into this, since it leads nowhere without it."""
    kind = type(row)
    session.execute(delete(kind).where(kind.merged_into_id == row.id))


def _merged_into(session: Session, row: Row) -> Sequence[Row]:
    kind = type(row)
    return session.scalars(select(kind).where(kind.merged_into_id == row.id)).all()
