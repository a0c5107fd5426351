"""Finding one public document, or what became of it. One SELECT where it lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.changes.log import log_position
from app.delivery.store import addresses
from app.delivery.store.addresses import GONE, LEGAL, MOVED
from app.delivery.store.models import Address, Document
from app.kit.errors import Gone, NotFound, WithheldByLaw

BodyColumn = InstrumentedAttribute[str | None]
Parts = Select[UUID, str, datetime, bytes, list[str], int, str | None]

SHORT_LIVED = {
    "Cache-Control": "public, max-age=30",
    "Vary": "Accept-Encoding, Authorization",
}


@dataclass(frozen=True)
class Found:
    """A document's bytes, and what its answer's headers are made from."""

    id: UUID
    etag: str
    changed_at: datetime
    content: bytes
    linked: list[str]
    position: int
    body: str | None


@dataclass(frozen=True)
class Stored:
    """A document as it lies there, for whoever copies all of them."""

    id: UUID
    key: str
    version: int
    position: int
    path: str | None
    detail: bytes


class Moved(Exception):
    """The reference is an old one: the resource answers under another."""

    def __init__(self, key: str):
        super().__init__(key)
        self.key = key


def position(session: Session) -> int:
    """Read the log position of this snapshot, as its first statement."""
    return session.scalars(select(log_position())).one() or 0


def get(
    session: Session, kind: str, ref: str, *, body: BodyColumn | None = None
) -> Found:
    """Get a document by id or key; an old key, or a past resource, is said to be so.

    `body` is the column of a further form of the body, where that is wanted.
    """
    found = find(session, kind, ref, body=body)
    if found is None:
        raise _missing(session, kind, ref)
    return found


def find(
    where: Session | Connection, kind: str, ref: str, *, body: BodyColumn | None = None
) -> Found | None:
    """Find a document where it lives, in one statement."""
    row_id = parse_id(ref)
    statement = _by_key(body) if row_id is None else _by_id(body)
    named = {"kind": kind, "ref": ref if row_id is None else row_id}
    row = where.execute(statement, named).one_or_none()
    return None if row is None else Found(*row)


@cache
def _by_id(body: BodyColumn | None) -> Parts:
    return _found(body).where(Document.id == bindparam("ref"))


@cache
def _by_key(body: BodyColumn | None) -> Parts:
    return _found(body).where(Document.key == bindparam("ref"))


def _found(body: BodyColumn | None) -> Parts:
    # Made once: to put a statement together takes longer than to run it.
    return select(
        Document.id,
        Document.etag,
        Document.changed_at,
        Document.detail,
        Document.linked,
        log_position().label("position"),
        (null() if body is None else body).label("body"),
    ).where(Document.kind == bindparam("kind"))


def batch(session: Session, kind: str, *, after: str, limit: int) -> Sequence[Stored]:
    """Read the next public resources of a kind, in the order of their keys."""
    statement = select(
        Document.id,
        Document.key,
        Document.version,
        Document.position,
        Document.path,
        Document.detail,
    ).where(Document.kind == kind, Document.key > after)
    rows = session.execute(statement.order_by(Document.key).limit(limit))
    return [Stored(*row) for row in rows]


def parse_id(ref: str) -> UUID | None:
    """Read a reference as an id, if it is written as one."""
    try:
        return UUID(ref) if len(ref) == 36 else None
    except ValueError:
        return None


def _missing(session: Session, kind: str, ref: str) -> Exception:
    """Tell apart what never was, what moved and what was taken away."""
    address = _address(session, kind, ref)
    if address is None or address.kind != kind:
        return NotFound(headers=SHORT_LIVED)
    if address.state == GONE:
        ending = WithheldByLaw if address.reason == LEGAL else Gone
        return ending(address.note, headers=SHORT_LIVED)
    if address.state == MOVED:
        document = session.get(Document, address.resource_id)
        if document is not None:
            return Moved(document.key)
    return NotFound(headers=SHORT_LIVED)


def _address(session: Session, kind: str, ref: str) -> Address | None:
    row_id = parse_id(ref)
    if row_id is None:
        return addresses.find(session, addresses.api_address(kind, ref))
    # What was merged into another has left its id there as an address.
    left = addresses.digest(addresses.api_address(kind, str(row_id)))
    return session.scalars(
        select(Address)
        .where(or_(Address.resource_id == row_id, Address.digest == left))
        .limit(1)
    ).one_or_none()
