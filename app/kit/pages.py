"""Keyset paging: a page begins after the last row of the one before.

The cursor is opaque and bound to the query it came from. It holds the sort key
of the last row, so the cost of a page does not grow with its depth.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import orjson
from fastapi import Query, Request
from pydantic import Field
from sqlalchemy import BigInteger, ColumnElement, Integer, Select, Tuple, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

from app.kit.errors import Fault, Invalid
from app.kit.numbers import PlainNumber
from app.kit.schemas import Input

CursorKey = tuple[datetime | UUID | str | int, ...]
Row = TypeVar("Row")
Made = TypeVar("Made")

_VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Paging(Input):
    """How much of a list, and from where. Filters of lists extend this."""

    limit: PlainNumber = Field(
        default=20, ge=1, le=100, description="Items a page, at most 100."
    )
    cursor: str | None = Field(
        default=None,
        max_length=500,
        description="Where to go on: the `next` of the page before, unchanged.",
    )


PageQuery = Annotated[Paging, Query()]


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """The rows of one page, and the cursor of the next."""

    rows: Sequence[Row]
    next: str | None

    def map(self, make: Callable[[Row], Made]) -> "Slice[Made]":
        """Turn each row into something else."""
        return Slice([make(row) for row in self.rows], self.next)


def query_digest(request: Request) -> bytes:
    """Name the query a cursor belongs to: its path and all but place and size."""
    pairs = sorted(
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in ("cursor", "limit", "total", "fields", "include")
    )
    text = f"{request.url.path}?{urlencode(pairs)}"
    return hashlib.blake2b(text.encode(), digest_size=6).digest()


def encode_cursor(key: CursorKey, digest: bytes) -> str:
    """Make the cursor that goes on after a row with this key."""
    body = orjson.dumps([_VERSION, *map(_pack, key)])
    check = hashlib.blake2b(body, key=digest, digest_size=6).digest()
    return urlsafe_b64encode(check + body).decode().rstrip("=")


def decode_cursor(
    cursor: str, digest: bytes, *, kinds: Sequence[type[object]]
) -> CursorKey:
    """Read a cursor of this very query; any other is refused.

    Whoever knows the query can make one, so its values are checked as well:
    `kinds` are the types of the sort key.
    """
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        check, body = raw[:6], raw[6:]
        if check != hashlib.blake2b(body, key=digest, digest_size=6).digest():
            raise ValueError("foreign")
        version, *packed = orjson.loads(body)
        if version != _VERSION:
            raise ValueError("version")
        key = tuple(_unpack(item) for item in packed)
        if [type(value) for value in key] != list(kinds):
            raise ValueError("kinds")
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        fault = Fault(
            detail="This cursor does not belong to this query.", parameter="cursor"
        )
        raise Invalid(faults=[fault]) from None
    return key


def paginate(
    session: Session,
    statement: Select[Row],
    *,
    by: Sequence[InstrumentedAttribute[Any]],
    key: Callable[[Row], CursorKey],
    paging: Paging,
    digest: bytes,
) -> Slice[Row]:
    """Answer one page of a select, newest key first."""
    if paging.cursor is not None:
        kinds = [column.type.python_type for column in by]
        after = decode_cursor(paging.cursor, digest, kinds=kinds)
        statement = statement.where(tuple_(*by) < place(by, after))
    statement = statement.order_by(*(column.desc() for column in by))
    rows = session.scalars(statement.limit(paging.limit + 1)).all()
    page = rows[: paging.limit]
    more = len(rows) > paging.limit
    return Slice(page, encode_cursor(key(page[-1]), digest) if more else None)


def place(
    by: Sequence[ColumnElement[Any] | InstrumentedAttribute[Any]], key: Sequence[Any]
) -> Tuple:
    """Write the place of a row in an order, to compare others with.

    The types are named: without them SQLite would get a time as text, and compare
    that with the number it keeps.
    """
    return tuple_(*key, types=[_wide(column.type) for column in by])


def _wide(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    # A forged cursor may hold a number that PostgreSQL's `integer` cannot.
    return BigInteger() if isinstance(kind, Integer) else kind


def self_url(request: Request) -> str:
    """Write the address of this page as clients should see it."""
    base = f"{request.app.state.settings.api_url}{request.url.path}"
    query = request.scope["query_string"].decode("latin-1")
    return f"{base}?{query}" if query else base


def next_url(request: Request, cursor: str | None) -> str | None:
    """Write the address of the page after this one, if there is one."""
    return None if cursor is None else url_with(request, "cursor", cursor)


def url_with(request: Request, parameter: str, value: str) -> str:
    """Write the address of this page with another value for one parameter."""
    pairs = [
        (name, given)
        for name, given in request.query_params.multi_items()
        if name != parameter
    ]
    query = urlencode([*pairs, (parameter, value)])
    return f"{request.app.state.settings.api_url}{request.url.path}?{query}"


def _pack(value: datetime | UUID | str | int) -> dict[str, Any]:
    if isinstance(value, datetime):
        return {"t": (value - _EPOCH) // timedelta(microseconds=1)}
    if isinstance(value, UUID):
        return {"u": value.hex}
    return {"v": value}


def _unpack(item: dict[str, Any]) -> datetime | UUID | str | int:
    if "t" in item:
        return _EPOCH + timedelta(microseconds=item["t"])
    if "u" in item:
        return UUID(hex=item["u"])
    value: str | int = item["v"]
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("NUL")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("beyond 64 bits")
    return value
