"""Tokens that open one thing to whoever has them, without a key.

A token is made from the key of whoever asked for it and from the id of what it
opens. So a caller who repeats a request is told the same one again, while nobody
could make it of all that is stored: of key and token there are only digests.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from fastapi import Request

from app.access.callers import bearer_of
from app.kit.ids import new_id

PATTERN = r"bp_[A-Za-z0-9_-]{43}"
"""What a token looks like, to whoever wants to keep it out of a log."""

_PREFIX = "bp_"
_PURPOSE = b"broadsheet token "


@dataclass(frozen=True)
class Token:
    """What opens the thing of this id."""

    id: UUID
    text: str

    @property
    def digest(self) -> bytes:
        """What is stored, to find the thing by."""
        return digest(self.text)


def issue(request: Request) -> Token:
    """Make a token for the caller of this request, and the id of what it opens."""
    return again(request, new_id())


def again(request: Request, opened: UUID) -> Token:
    """Make again the token that this caller was given for this."""
    mac = hmac.digest(bearer_of(request).encode(), _PURPOSE + opened.bytes, sha256)
    return Token(opened, _PREFIX + urlsafe_b64encode(mac).decode().rstrip("="))


def digest(text: str) -> bytes:
    """Make the digest that a token is found by."""
    return sha256(text.encode()).digest()
