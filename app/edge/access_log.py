"""A line for each request, kept answers included: who, what, how it ended.

Never a query: keys and addresses of readers end up there. The token of a preview is a
key as well, wherever in a path it stands and however it is spelt. The path is logged
as it was sent, and quoted: it can forge no line.
"""

import logging
import re
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access import tokens

access = logging.getLogger("broadsheet.access")

_TOKEN = re.compile(rf"(?<=^/v1/preview/)[^/]+|{tokens.PATTERN}")
_SAFE = "/%:@!$&'()*+,;=~"


class AccessLog:
    """Log each request when its answer begins."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_and_log(message: Message) -> None:
            if message["type"] == "http.response.start":
                _log(scope, message)
            await send(message)

        await self.app(scope, receive, send_and_log)


def _log(scope: Scope, message: Message) -> None:
    path = without_tokens(scope["raw_path"])
    name = dict(message["headers"]).get(b"x-request-id", b"-").decode()
    client, _ = scope.get("client") or ("-", 0)
    access.info(
        "%s %s %s %s %s", client, scope["method"], path, message["status"], name
    )


def without_tokens(raw_path: bytes) -> str:
    """Write a path as it was sent, but for what may be a token, however it is spelt."""
    around = _TOKEN.split(unquote(raw_path))
    if len(around) == 1:
        return quote(raw_path, safe=_SAFE)
    return "…".join(quote(part, safe=_SAFE) for part in around)
