"""Making, finding and revoking keys.

A key is 256 random bits with a prefix and a checksum, so that secret scanners
know one when they see it. It is shown once; only its SHA-256 is stored: with
that much randomness a slow hash adds nothing but a way to keep us busy.
"""

import re
import secrets
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.access.models import Key
from app.access.roles import Role
from app.kit.errors import Conflict, NotFound


class TwoKeysHold(Conflict):
    """A key was replaced already, or replaces one, and both hold."""

    code = "two-keys-hold"
    title = "Two of these keys hold already"


class KeyIsOver(Conflict):
    """A key opens nothing any more, and so cannot be replaced."""

    code = "key-is-over"
    title = "This key opens nothing any more"


PREFIX = "bs_"
NAME_LENGTH = 200

SCOPE_LENGTH = 60
SCOPE = r"^[a-z0-9]+([:._-][a-z0-9]+)*$"


def create(
    session: Session,
    *,
    name: str,
    role: Role,
    now: datetime,
    scopes: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> tuple[Key, str]:
    """Make a key; the text is in the answer and nowhere else."""
    text = _new_text()
    key = Key(
        name=name,
        role=role.name,
        scopes=list(scopes),
        digest=_digest(text),
        hint=text[: len(PREFIX) + 4],
        created_at=now,
        expires_at=expires_at,
        revoked_at=None,
        last_used_at=None,
    )
    session.add(key)
    session.flush()
    return key, text


def rotate(
    session: Session, key_id: UUID, *, overlap: timedelta, now: datetime
) -> tuple[Key, str]:
    """Make a key with the same rights; the old one ends when `overlap` is over.

    Of a key and those it replaces, or is replaced by, two hold at a time.
    """
    key = get(session, key_id, for_update=True)
    if not key.holds(now):
        raise KeyIsOver("It was revoked or has expired: make a new one.")
    kin = session.scalars(
        select(Key).where(
            or_(Key.predecessor_id == key.id, Key.id == key.predecessor_id)
        )
    )
    other = next((each for each in kin if each.holds(now)), None)
    if other is not None:
        raise TwoKeysHold(f"Beside it {other.id} holds: revoke one of them first.")
    successor, text = create(
        session,
        name=key.name,
        role=Role[key.role],
        now=now,
        scopes=key.scopes,
        expires_at=key.expires_at,
    )
    successor.predecessor_id = key.id
    ends = now + overlap
    key.expires_at = min(ends, key.expires_at or ends)
    return successor, text


def find_valid(session: Session, text: str, *, now: datetime) -> Key | None:
    """Find the key this text belongs to, unless it was revoked or has expired."""
    if not _is_well_formed(text):
        return None
    key = session.scalar(select(Key).where(Key.digest == _digest(text)))
    return key if key is not None and key.holds(now) else None


def get(session: Session, key_id: UUID, *, for_update: bool = False) -> Key:
    """Find a key by its id, one that opens nothing any more included."""
    key = session.get(Key, key_id, with_for_update=for_update)
    if key is None:
        raise NotFound("No key has this id.")
    return key


def every() -> Select[Key]:
    """Select all keys, revoked ones included."""
    return select(Key)


def list_all(session: Session) -> Sequence[Key]:
    """List all keys, oldest first, revoked ones included."""
    return session.scalars(select(Key).order_by(Key.created_at, Key.id)).all()


def revoke(session: Session, key_id: UUID, *, now: datetime) -> Key:
    """Make a key worthless from the next request on."""
    key = get(session, key_id, for_update=True)
    key.revoked_at = key.revoked_at or now
    return key


def is_scope(text: str) -> bool:
    """Tell whether this can be the name of a scope."""
    return len(text) <= SCOPE_LENGTH and re.fullmatch(SCOPE, text) is not None


def _new_text() -> str:
    secret = secrets.token_urlsafe(32)
    return f"{PREFIX}{secret}{_checksum(secret)}"


def _checksum(secret: str) -> str:
    return f"{zlib.crc32(secret.encode()):08x}"


def _is_well_formed(text: str) -> bool:
    secret, checksum = text.removeprefix(PREFIX)[:-8], text[-8:]
    return text.startswith(PREFIX) and checksum == _checksum(secret)


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
