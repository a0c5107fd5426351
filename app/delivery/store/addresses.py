"""Addresses: which path or key leads where, or led there once.

Each resource has two live addresses: its public path and the API's own
`kind/key`. When one changes, the old one stays as moved; when the resource is
taken away, all become gone.
"""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.delivery.store.models import Address
from app.kit.errors import Conflict

LIVE, MOVED, GONE = "live", "moved", "gone"

DELETED = "deleted"
"""Why an address is gone whose text may be used again."""


LEGAL = "legal"
"""Why an address is gone that answers 451."""


class AddressTaken(Conflict):
    """Something else is, or was, reachable under this path or key."""

    code = "address-taken"
    title = "This address is taken"


def digest(text: str) -> bytes:
    """Make the digest an address is found by."""
    return sha256(text.encode()).digest()


def api_address(kind: str, key: str) -> str:
    """Name the API's own address of a resource."""
    return f"{kind}/{key}"


def settle(
    session: Session, *, kind: str, resource_id: UUID, live: Sequence[str]
) -> list[str]:
    """Make these the live addresses of a resource, and its others moved.

    Answers the paths that have moved, oldest knowledge included: its aliases.
    """
    rows = _of(session, resource_id)
    wanted = {digest(text): text for text in live}
    for row in rows:
        row.state = LIVE if row.digest in wanted else MOVED
        row.reason = row.note = None
    held = {row.digest for row in rows}
    for key, text in wanted.items():
        if key not in held:
            _take(session, key, text, kind=kind, resource_id=resource_id)
    return sorted(
        row.text
        for row in rows
        if row.state == MOVED and row.text and row.text.startswith("/")
    )


def settle_new(
    session: Session, resources: Sequence[tuple[str, UUID, Sequence[str]]]
) -> None:
    """Give new resources, as kind, id and addresses, the addresses they begin with."""
    wanted = {
        digest(text): (text, kind, resource_id)
        for kind, resource_id, live in resources
        for text in live
    }
    if len(wanted) != sum(len(live) for _, _, live in resources):
        raise AddressTaken("Two of them ask for the same address.")
    held = taken(session, wanted)
    for key, (text, kind, resource_id) in wanted.items():
        if key in held:
            _take(session, key, text, kind=kind, resource_id=resource_id)
    rows = [
        new_row(text, kind, resource_id)
        for key, (text, kind, resource_id) in wanted.items()
        if key not in held
    ]
    if rows:
        session.execute(insert(Address), rows)


def taken(session: Session, digests: Collection[bytes]) -> set[bytes]:
    """Find those of these addresses that lead somewhere, or did once."""
    found = select(Address.digest).where(Address.digest.in_(digests))
    return set(session.scalars(found))


def new_row(text: str, kind: str, resource_id: UUID) -> dict[str, object]:
    """Write down a live address, as a row."""
    return {
        "digest": digest(text),
        "text": text,
        "kind": kind,
        "resource_id": resource_id,
        "state": LIVE,
    }


def close(
    session: Session, resource_id: UUID, *, reason: str, note: str | None
) -> list[str]:
    """Make all addresses of a resource answer that it is gone."""
    rows = _of(session, resource_id)
    for row in rows:
        row.state, row.reason, row.note = GONE, reason, note
    return sorted(row.text for row in rows if row.text and row.text.startswith("/"))


def hand_over(session: Session, kind: str, resource_id: UUID, *, to: UUID) -> list[str]:
    """Let all addresses of a resource lead to another, and its id as well.

    Answers the paths that do so from now on.
    """
    rows = _of(session, resource_id)
    own_id = api_address(kind, str(resource_id))
    rows_and_id = [*rows, Address(digest=digest(own_id), text=own_id, kind=kind)]
    for row in rows_and_id:
        row.resource_id, row.state, row.reason, row.note = to, MOVED, None, None
    session.add_all(rows_and_id)
    session.flush()
    return sorted(row.text for row in rows if row.text and row.text.startswith("/"))


def forget(session: Session, resource_id: UUID) -> None:
    """Free all addresses of a resource."""
    session.execute(delete(Address).where(Address.resource_id == resource_id))


def find(session: Session, text: str) -> Address | None:
    """Find what an address leads to."""
    return session.get(Address, digest(text))


def check_free(session: Session, texts: Iterable[str], *, but: UUID) -> None:
    """Refuse addresses that something else holds, before they are needed."""
    digests = {digest(text): text for text in texts}
    others = session.scalars(
        select(Address).where(Address.digest.in_(digests), Address.resource_id != but)
    )
    for other in others:
        if not _may_be_taken(other):
            raise AddressTaken(f"{digests[other.digest]} is taken.")


def _may_be_taken(other: Address) -> bool:
    """Tell whether a live path may have it: of an alias, and of what was deleted."""
    return other.state == MOVED or other.reason == DELETED


def _of(session: Session, resource_id: UUID) -> Sequence[Address]:
    return session.scalars(
        select(Address).where(Address.resource_id == resource_id)
    ).all()


def _take(
    session: Session, key: bytes, text: str, *, kind: str, resource_id: UUID
) -> None:
    """Take an address; a live path beats an alias, and what was deleted."""
    other = session.get(Address, key)
    if other is None:
        address = Address(
            digest=key, text=text, kind=kind, resource_id=resource_id, state=LIVE
        )
        session.add(address)
        return
    if not _may_be_taken(other):
        raise AddressTaken(f"{text} is taken.")
    other.kind, other.resource_id, other.state = kind, resource_id, LIVE
    other.reason = other.note = None
