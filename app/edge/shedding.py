"""Refusing some requests early, so that the others are answered in time.

Counted is what is being worked on or waits for its turn, not connections: half a
thousand clients that send nothing harm nobody. Lists go first, then single reads,
then what editors save. Taking a story back is never refused.
"""

import re
from itertools import cycle

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.edge.limits import Overloaded
from app.kit.refusals import respond

# Clients that wait for news are many, and cost nothing while they do.
_UNCOUNTED = ("/health", "/metrics", "/v1/changes", "/v1/snapshot", "/docs", "/openapi")
_TAKES_BACK = re.compile(r"/manage/v1/articles/[^/]+/(kill|legal|withdraw)")
_SINGLE = re.compile(r"/v1/[^/]+/[^/]+")

# Told to come back all at once they would.
_SECONDS = cycle(("1", "2", "3"))


class Shedding:
    """Refuse what comes while too much is in flight for its kind."""

    def __init__(self, app: ASGIApp, *, limit: int):
        self.app = app
        self.in_flight = 0
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_UNCOUNTED):
            await self.app(scope, receive, send)
            return
        if self.in_flight >= self._limit * share(scope["path"]):
            refusal = Overloaded(headers={"Retry-After": next(_SECONDS)})
            await respond(Request(scope), refusal)(scope, receive, send)
            return
        self.in_flight += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.in_flight -= 1


def share(path: str) -> float:
    """Tell how much of what a process takes in all may be in flight for this one."""
    if _TAKES_BACK.fullmatch(path):
        return float("inf")
    if path.startswith("/manage/"):
        return 1.0
    return 0.75 if _SINGLE.fullmatch(path) else 0.5
