"""References are written by id, slug or path, whichever the writer has."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit.errors import Conflict, Fault, Invalid, NotFound
from app.newsroom.identity import Mergeable, Named

Row = TypeVar("Row", bound=Named)


class UnknownReference(Invalid):
    """A reference in the body names nothing that exists."""

    code = "unknown-reference"
    title = "A reference names nothing"


class InUse(Conflict):
    """It cannot be deleted while others refer to it; `errors` name them."""

    code = "in-use"
    title = "This is in use"


class AlreadyMerged(Conflict):
    """What was merged into another is not changed any more."""

    code = "already-merged"
    title = "This was merged into another"


class SlugTaken(Conflict):
    """The slug, key or path that was asked for belongs to something else."""

    code = "slug-taken"
    title = "This slug is taken"


def parse_id(ref: str) -> UUID | None:
    """Read a reference as an id, if it looks like one."""
    try:
        return UUID(ref) if len(ref) == 36 else None
    except ValueError:
        return None


def find(session: Session, kind: type[Row], ref: str) -> Row | None:
    """Find a resource by its id or by what people call it."""
    row_id = parse_id(ref)
    if row_id is not None:
        return session.get(kind, row_id)
    return session.scalar(select(kind).where(kind.name_column() == ref.strip("/")))


def get(session: Session, kind: type[Row], ref: str) -> Row:
    """Get a resource by its id or by what people call it, or say it is not there."""
    row = find(session, kind, ref)
    if row is None:
        raise NotFound
    return row


def get_for_update(session: Session, kind: type[Row], ref: str) -> Row:
    """Get a resource and keep others from changing it until the commit."""
    row_id = get(session, kind, ref).id
    row = session.get(kind, row_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    check_unmerged(row)
    return row


def check_unmerged(row: Named) -> None:
    """Refuse to change what was merged into another."""
    if isinstance(row, Mergeable) and row.merged_into_id is not None:
        raise AlreadyMerged(f"It is {row.merged_into_id} now.")


def resolve(session: Session, kind: type[Row], ref: str, *, pointer: str) -> Row:
    """Follow a reference from a request body; what was merged leads on."""
    row = find(session, kind, ref)
    if isinstance(row, Mergeable) and row.merged_into_id is not None:
        row = session.get(kind, row.merged_into_id)
    if row is None:
        raise UnknownReference(
            faults=[Fault(detail="This names nothing.", pointer=pointer)]
        )
    return row


def resolve_all(
    session: Session, kind: type[Row], refs: Sequence[str], *, pointer: str
) -> list[Row]:
    """Follow a list of references; each is taken once, in order."""
    rows = [
        resolve(session, kind, ref, pointer=f"{pointer}/{index}")
        for index, ref in enumerate(refs)
    ]
    return list({row.id: row for row in rows}.values())
