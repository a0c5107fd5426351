"""Conditional requests (RFC 9110, section 13): 304 instead of the same bytes again.

Of a kept answer the 304 is kept as well. Any other answer is made and then not
sent. A 304 repeats every header that the 200 would carry, but for the body's own.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.edge.keeping.entries import Entry, Head, etag_of, unchanged_of
from app.kit.codings import CODINGS, IDENTITY

_BODY_HEADERS = frozenset({b"content-length", b"content-type"})


class Conditional:
    """Answer 304 where the client already holds the answer."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET":
            send = unless_held(scope, send)
        await self.app(scope, receive, send)


def unless_held(scope: Scope, send: Send) -> Send:
    """Send an answer, or 304 if the client that asks holds it."""
    asked = Headers(scope=scope)
    is_unmodified = False

    async def send_if_modified(message: Message) -> None:
        nonlocal is_unmodified
        if message["type"] == "http.response.start" and message["status"] == 200:
            is_unmodified = _holds(asked, Headers(raw=message["headers"]))
            if is_unmodified:
                kept = [
                    pair
                    for pair in message["headers"]
                    if pair[0].lower() not in _BODY_HEADERS
                ]
                message = {**message, "status": 304, "headers": kept}
        elif is_unmodified:
            message = {**message, "body": b""}
        await send(message)

    return send_if_modified


def held_by(entry: Entry, asked: Mapping[bytes, bytes], coding: str) -> Head | None:
    """Write what a 304 says to a client that holds a kept answer in any form.

    It names the form that the client holds: with the tag of another one a client
    could not tell which of its answers is meant. Where it does not say, it is the
    form that would be sent.
    """
    held, since = asked.get(b"if-none-match"), asked.get(b"if-modified-since")
    if held is not None:
        # What most clients send: the one tag that they got from us.
        for form in entry.forms.values():
            if held == form.etag:
                return form.unchanged
        return _named_by(held.decode("latin-1"), entry, coding)
    if since is None or entry.modified is None:
        return None
    if _is_later(entry.modified, since.decode("latin-1")):
        return None
    return unchanged_of(entry, _expected(entry, coding))


def _named_by(held: str, entry: Entry, coding: str) -> Head | None:
    """Find the form that an If-None-Match names, whether it is made already or not."""
    others = (etag_of(entry, each) for each in (IDENTITY, *CODINGS))
    for tag in (_expected(entry, coding), *others):
        if _matches(held, tag.decode("latin-1")):
            return unchanged_of(entry, tag)
    return None


def _expected(entry: Entry, coding: str) -> bytes:
    """Tell the entity tag of the form that would be sent."""
    made = entry.forms.get(coding)
    return made.etag if made else etag_of(entry, coding)


def _holds(asked: Headers, made: Headers) -> bool:
    """Tell whether what the client holds is what would be sent."""
    if "if-none-match" in asked:
        return "etag" in made and _matches(asked["if-none-match"], made["etag"])
    if "if-modified-since" in asked and "last-modified" in made:
        return not _is_later(made["last-modified"], asked["if-modified-since"])
    return False


def _matches(held: str, etag: str) -> bool:
    """Tell whether an If-None-Match names this entity tag, compared weakly."""
    tags = [tag.strip().removeprefix("W/") for tag in held.split(",")]
    return held.strip() == "*" or etag.removeprefix("W/") in tags


def _is_later(modified: str, since: str) -> bool:
    """Tell whether an answer changed after this time, which may be none."""
    try:
        return parsedate_to_datetime(modified) > parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return True
