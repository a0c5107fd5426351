"""The first look at a request, before routing, at whether we speak this HTTP.

Pure ASGI. It gives each request its id, refuses addresses and bodies that are
malformed or too large, and reads a body only up to the limit.
"""

import re
from urllib.parse import unquote_to_bytes

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit import json_bodies
from app.kit.errors import (
    BadRequest,
    NotFound,
    Problem,
    TooLarge,
    UnsupportedMediaType,
    UriTooLong,
    render,
)
from app.kit.request_ids import request_id
from app.kit.settings import Settings

MAX_URI_BYTES = 8_192
_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Intake:
    """Refuse what is malformed before the application sees it.

    A body that is no JSON is none of its business: where one is `streamed` to, the
    route takes it as it comes, and has its own limit.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: Settings,
        streamed: re.Pattern[str] | None = None,
    ):
        self.app = app
        self.settings = settings
        self.streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        name = request_id(headers.get("x-request-id"))
        scope.setdefault("state", {})["request_id"] = name

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", name.encode()),
                ]
            await send(message)

        try:
            _check_address(scope)
            receive = await self._checked_body(scope, headers, receive)
        except Problem as problem:
            refusal = render(
                problem,
                base_url=self.settings.api_url,
                path=scope["path"].encode("utf-8", "replace").decode(),
                request_id=name,
            )
            await refusal(scope, receive, send_with_id)
            return
        await self.app(scope, receive, send_with_id)

    async def _checked_body(
        self, scope: Scope, headers: Headers, receive: Receive
    ) -> Receive:
        """Read the body whole, up to the limit, and hand out what was read."""
        is_streamed = self.streamed and self.streamed.fullmatch(scope["path"])
        if scope["method"] not in _WITH_BODY or is_streamed:
            return receive
        body = await _read(receive, headers, limit=self.settings.body_bytes)
        if body:
            _check_media_type(headers)
            # A large body takes a while, in which nobody else would be answered.
            await to_thread.run_sync(json_bodies.check, body)
        return _replay(body, receive)


def _check_address(scope: Scope) -> None:
    path: str = scope["path"]
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    if len(raw_path) + len(query) > MAX_URI_BYTES:
        raise UriTooLong
    for part in (raw_path, query):
        if any(byte < 0x21 or byte == 0x7F for byte in part):
            raise BadRequest("The address holds a control character.")
        try:
            decoded = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            raise BadRequest("The address is not UTF-8.") from None
        if "\x00" in decoded:
            raise BadRequest("The address holds a NUL.")
    # A resource has one address. Where a path is a parameter (sections) the router
    # would take the slash as part of it. What a source calls its article may end
    # with one, encoded, where that article is written.
    is_read = scope["method"] in ("GET", "HEAD")
    if path != "/" and (raw_path.endswith(b"/") or (is_read and path.endswith("/"))):
        raise NotFound("No address here ends with a slash.")


def _check_media_type(headers: Headers) -> None:
    media_type, _, parameters = headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if media_type.strip().lower() != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    if charset not in ("", "charset=utf-8"):
        raise UnsupportedMediaType("Send application/json in UTF-8.")
    if headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body without a content coding.")


def content_length(headers: Headers) -> int:
    """Read how long a body says that it is; 0 where it does not say so."""
    declared = headers.get("content-length", "")
    is_number = declared.isascii() and declared.isdigit()
    return int(declared[:19]) if is_number else 0


async def _read(receive: Receive, headers: Headers, *, limit: int) -> bytes:
    if content_length(headers) > limit:
        raise TooLarge(f"At most {limit} bytes are read.")
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise BadRequest("The body broke off.")
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > limit:
            raise TooLarge(f"At most {limit} bytes are read.")
        if not message.get("more_body", False):
            break
    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay
