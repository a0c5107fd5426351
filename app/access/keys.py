"""Making, finding and revoking keys.

A key is 256 random bits with a prefix and a checksum, so that secret scanners
know one when they see it. It is shown once; only its SHA-256 is stored: with
that much randomness a slow hash adds nothing but a way to keep us busy.
"""

import re
import secrets
import zlib
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.models import Key
from app.access.roles import Role
from app.kit.errors import NotFound

PREFIX = "bs_"
NAME_LENGTH = 200

_SCOPE = re.compile(r"[a-z0-9]+(?:[:._-][a-z0-9]+)*")


def create(
    session: Session,
    *,
    name: str,
    role: Role,
    now: datetime,
    scopes: Sequence[str] = (),
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
        revoked_at=None,
    )
    session.add(key)
    session.flush()
    return key, text


def find_valid(session: Session, text: str) -> Key | None:
    """Find the key this text belongs to, unless it was revoked."""
    if not _is_well_formed(text):
        return None
    return session.scalar(
        select(Key).where(Key.digest == _digest(text), Key.revoked_at.is_(None))
    )


def list_all(session: Session) -> Sequence[Key]:
    """List all keys, oldest first, revoked ones included."""
    return session.scalars(select(Key).order_by(Key.created_at, Key.id)).all()


def revoke(session: Session, key_id: UUID, *, now: datetime) -> Key:
    """Make a key worthless from the next request on."""
    key = session.get(Key, key_id)
    if key is None:
        raise NotFound("No key has this id.")
    key.revoked_at = key.revoked_at or now
    return key


def is_scope(text: str) -> bool:
    """Tell whether this can be the name of a scope."""
    return len(text) <= 60 and _SCOPE.fullmatch(text) is not None


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
