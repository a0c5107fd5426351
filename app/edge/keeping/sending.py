"""From a kept answer to what is sent: which form of it, or that nothing is new."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anyio import to_thread
from starlette.types import Message, Scope

from app.edge.keeping.conditional import held_by
from app.edge.keeping.entries import Entry, Form, Head, Header, form_of
from app.edge.keeping.store import Store
from app.kit import codings
from app.kit.codings import IDENTITY
from app.kit.request_ids import new_request_id, request_id

Asked = Mapping[bytes, bytes]
"""The headers of a request; of one that comes twice, the last."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A whole answer; `said` are the headers that hold at this moment only."""

    status: int
    head: Head
    said: list[Header]
    body: bytes

    @property
    def messages(self) -> tuple[Message, Message]:
        """The same as ASGI sends it."""
        headers = [*self.head.headers, *self.said]
        return (
            {"type": "http.response.start", "status": self.status, "headers": headers},
            {"type": "http.response.body", "body": self.body},
        )


AtOnce = Callable[[Scope], Ready | None]
"""Answers a request if nothing has to be waited for."""

_MOST_WISHES = 1_000
_wishes: dict[bytes, str] = {}


def ready(
    entry: Entry, said: list[Header], asked: Asked, *, is_head: bool
) -> Ready | None:
    """Answer from an entry; None where the form that is wanted has yet to be made.

    `said` is what holds at this moment, and so is not kept.
    """
    entry.is_used = True
    coding = coding_of(entry, asked)
    unchanged = held_by(entry, asked, coding)
    said = [*said, _named(asked.get(b"x-request-id"))]
    if unchanged is not None:
        return Ready(304, unchanged, said, b"")
    form = entry.forms.get(coding)
    if form is None:
        return None
    return Ready(200, form.head, said, b"" if is_head else form.body)


def coding_of(entry: Entry, asked: Asked) -> str:
    """Choose a coding; clients say the same few things all the time."""
    accepted = asked.get(b"accept-encoding")
    if accepted is None or entry.is_small:
        return IDENTITY
    wish = _wishes.get(accepted)
    if wish is None:
        if len(_wishes) >= _MOST_WISHES:
            _wishes.clear()
        wish = _wishes[accepted] = codings.negotiate(accepted.decode("latin-1"))
    return wish


async def make_form(store: Store, entry: Entry, coding: str) -> None:
    """Make a form that nobody has asked for yet, once, beside the event loop."""
    async with entry.encoding:
        if coding not in entry.forms:
            form = await to_thread.run_sync(_encoded, entry, coding)
            store.add_form(entry, coding, form)


def _encoded(entry: Entry, coding: str) -> Form:
    """Encode the body; where that saves nothing, the plain form stands for it."""
    plain = entry.forms[IDENTITY]
    body = codings.compress(coding, plain.body)
    return form_of(entry, coding, body) if len(body) < len(plain.body) else plain


def _named(given: bytes | None) -> Header:
    if given is None:
        return b"x-request-id", new_request_id()
    return b"x-request-id", request_id(given.decode("latin-1")).encode()
