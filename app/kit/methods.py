"""HEAD for every GET, and answers to CORS preflights. Pure ASGI.

Anybody may read from any origin: nothing here depends on cookies, so there is
nothing that another site's script could borrow.
"""

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXPOSED = (
    "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, "
    "Broadsheet-Position, Broadsheet-Stale, Idempotency-Replayed"
)
_ASKED = (
    "Authorization, Broadsheet-At-Least, Content-Type, Idempotency-Key, If-Match, "
    "If-None-Match, Last-Event-ID"
)
_CORS = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", _EXPOSED.encode()),
]
_PREFLIGHT = [
    *_CORS,
    (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, PATCH, DELETE"),
    (
        b"access-control-allow-headers",
        _ASKED.encode(),
    ),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]


_IS_HEAD = "is_head"


class Methods:
    """Answer HEAD as GET without its body, OPTIONS by itself, and CORS on all."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _preflight(send)
            return
        is_head = scope["method"] == "HEAD"
        if is_head:
            state = {**scope.get("state", {}), _IS_HEAD: True}
            scope = {**scope, "method": "GET", "state": state}

        async def send_shaped(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_CORS]}
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app(scope, receive, send_shaped)


def is_head(request: Request) -> bool:
    """Tell whether the body will not be sent, for an answer whose body is long."""
    return bool(getattr(request.state, _IS_HEAD, False))


async def _preflight(send: Send) -> None:
    await send(
        {"type": "http.response.start", "status": 204, "headers": _PREFLIGHT[:-1]}
    )
    await send({"type": "http.response.body", "body": b""})
