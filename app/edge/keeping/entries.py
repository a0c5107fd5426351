"""One answer that is kept: what it depends on, and its forms ready to be sent."""

from asyncio import Lock
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.kit.codings import IDENTITY, SMALLEST_BYTES

Header = tuple[bytes, bytes]

Reached = tuple[int, Header]
"""A position of the log, and the header that tells of it."""

# What is the server's own, belongs to the moment, or differs from form to form.
_NOT_KEPT = frozenset(
    b"content-length content-type etag broadsheet-position x-request-id".split()
)

# Measured: what an answer takes beside the bytes of its forms. A key is written out
# in two headers and stands in the list of what it drops.
ENTRY_BYTES, FORM_BYTES, KEY_BYTES = 1_900, 700, 450


class Head(NamedTuple):
    """Headers, and the same as the lines that go over the wire."""

    headers: list[Header]
    lines: bytes


@dataclass(slots=True)
class Form:
    """An answer in one content coding: all that is sent, but for the moment's part."""

    etag: bytes
    body: bytes
    head: Head
    unchanged: Head

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, about."""
        lines = len(self.head.lines) + len(self.unchanged.lines)
        return len(self.body) + lines + FORM_BYTES


@dataclass(slots=True)
class Entry:
    """An answer as it was at a position of the log, and the keys it depends on."""

    reached: Reached
    keys: tuple[str, ...]
    etag: str
    modified: str | None
    content_type: bytes
    headers: list[Header]
    is_small: bool
    """Whether no coding is worth its while."""
    forms: dict[str, Form]
    is_used: bool = False
    """Whether it was asked for since it was last looked at for being dropped."""
    is_kept: bool = False
    encoding: Lock = field(default_factory=Lock)
    """Held while a form is being made, so that each is made once."""

    @property
    def position(self) -> int:
        """The position of the log that it was made at."""
        return self.reached[0]

    @property
    def size(self) -> int:
        """How many bytes of memory it takes, about."""
        forms = sum(form.size for form in self.forms.values())
        return ENTRY_BYTES + KEY_BYTES * len(self.keys) + forms


def is_for_all(status: int, headers: Mapping[bytes, bytes]) -> bool:
    """Tell whether an answer says that anybody may get it, and until when.

    What names no keys could not be dropped again, and so is never kept.
    """
    return (
        status == 200
        and headers.get(b"cache-control", b"").startswith(b"public")
        and b"surrogate-key" in headers
        and b"broadsheet-position" in headers
        and b"etag" in headers
        and b"set-cookie" not in headers
        and b"content-encoding" not in headers
        and not any(b"\r" in value or b"\n" in value for value in headers.values())
    )


def entry_of(headers: Sequence[Header], body: bytes) -> Entry:
    """Take an answer apart into what is kept of it."""
    named = dict(headers)
    modified = named.get(b"last-modified")
    entry = Entry(
        reached=reached_at(int(named[b"broadsheet-position"])),
        keys=tuple(named[b"surrogate-key"].decode("latin-1").split()),
        etag=named[b"etag"].decode("latin-1").removeprefix("W/").strip('"'),
        modified=None if modified is None else modified.decode("latin-1"),
        content_type=named[b"content-type"],
        headers=[pair for pair in headers if pair[0] not in _NOT_KEPT],
        is_small=len(body) < SMALLEST_BYTES,
        forms={},
    )
    entry.forms[IDENTITY] = form_of(entry, IDENTITY, body)
    return entry


def form_of(entry: Entry, coding: str, body: bytes) -> Form:
    """Make a form with a validator of its own: other bytes, another entity tag."""
    etag = etag_of(entry, coding)
    unchanged = unchanged_of(entry, etag)
    headers = [
        *unchanged.headers,
        (b"content-type", entry.content_type),
        (b"content-length", str(len(body)).encode()),
    ]
    if coding != IDENTITY:
        headers.append((b"content-encoding", coding.encode()))
    return Form(etag, body, head_of(headers), unchanged)


def etag_of(entry: Entry, coding: str) -> bytes:
    """Write the entity tag of a form, made already or not."""
    suffix = "" if coding == IDENTITY else f"-{coding}"
    return f'"{entry.etag}{suffix}"'.encode("latin-1")


def unchanged_of(entry: Entry, etag: bytes) -> Head:
    """Write what a 304 repeats of the 200, for the form that the client holds."""
    return head_of([*entry.headers, (b"etag", etag)])


def head_of(headers: list[Header]) -> Head:
    """Write headers as lines too, once for many answers."""
    return Head(headers, lines_of(headers))


def lines_of(headers: Iterable[Header]) -> bytes:
    """Write headers as they go over the wire (RFC 9112, section 5)."""
    return b"".join([b"%b: %b\r\n" % pair for pair in headers])


def reached_at(position: int) -> Reached:
    """Write a position of the log as a header, once for many answers."""
    return position, (b"broadsheet-position", str(position).encode())
