"""Every public answer says how far the log had been followed when it was made.

What shows a document carries the position of its snapshot. All else, what moved, what
is gone, what is refused, carries the position that this process had applied when the
request came: whatever was looked at then was not older.
"""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PUBLIC = (
    "/v1/",
    "/feeds/",
    "/sitemap",
    "/.well-known/",
    "/media/",
    "/ads.txt",
    "/app-ads.txt",
    "/robots.txt",
)
_HEADER = b"broadsheet-position"

REACHED = "reached"
"""Where a request's state says which position was waited for, and reached."""


class Placing:
    """Add the position to public answers that have none of their own."""

    def __init__(self, app: ASGIApp, *, position: Callable[[], int]):
        self.app = app
        self._position = position

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_PUBLIC):
            await self.app(scope, receive, send)
            return
        applied = self._position()
        state = scope.setdefault("state", {})

        async def send_placed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if all(name != _HEADER for name, _ in headers):
                    position = max(applied, state.get(REACHED, 0))
                    placed = (_HEADER, str(position).encode())
                    message = {**message, "headers": [*headers, placed]}
            await send(message)

        await self.app(scope, receive, send_placed)
