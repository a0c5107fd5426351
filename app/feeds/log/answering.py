"""Answers that take their time: made when the request has given back what it held.

While an endpoint runs, its request holds a connection's turn. So one that waits,
or streams, returns at once, and the waiting is done by the answer.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager

import anyio
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.kit import codings, hanging_up, methods

Make = Callable[[], Awaitable[Response]]
Headers = Mapping[str, str]

SEND_SECONDS = 25


class Later(Response):
    """An answer that is made in its own time, or never if the client goes away."""

    def __init__(self, make: Make):
        super().__init__()
        self._make = make

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with while_connected(receive):
            response = await self._make()
            await response(scope, receive, send)


class Flow(Response):
    """An answer whose body is made while it is sent, piece by piece.

    A client that does not take a piece in time is hung up on, and so is one whose
    pieces cannot go on: both see that something is missing, and may come back.
    """

    def __init__(
        self,
        pieces: AsyncGenerator[bytes],
        headers: Headers,
        *,
        patience: float = SEND_SECONDS,
    ):
        super().__init__(headers=headers)
        del self.headers["content-length"]
        self._pieces = pieces
        self._patience = patience

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send({**start, "headers": self.raw_headers})
        try:
            async with aclosing(self._pieces) as pieces:
                if not methods.is_head(Request(scope)):
                    await self._send_all(pieces, send)
        except TimeoutError:
            hanging_up.hang_up(scope)
        await send({"type": "http.response.body", "body": b""})

    async def _send_all(self, pieces: AsyncGenerator[bytes], send: Send) -> None:
        async for piece in pieces:
            part = {"type": "http.response.body", "body": piece, "more_body": True}
            async with asyncio.timeout(self._patience):
                await send(part)


@asynccontextmanager
async def while_connected(receive: Receive) -> AsyncIterator[None]:
    """Leave the block as soon as the client is gone."""
    with anyio.CancelScope() as scope:

        async def listen() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            scope.cancel()

        listening = asyncio.create_task(listen())
        try:
            yield
        finally:
            listening.cancel()


def headers(request: Request, position: int) -> dict[str, str]:
    """Say that nobody keeps this: what follows the log wants what is true now."""
    is_keyed = request.app.state.settings.public_access == "keys"
    is_private = is_keyed or "authorization" in request.headers
    return {
        "Cache-Control": "private, no-store" if is_private else "no-store",
        "Vary": "Accept-Encoding, Authorization",
        "Broadsheet-Position": str(position),
        "X-Content-Type-Options": "nosniff",
    }


async def coded(request: Request, content: bytes, headers: Headers) -> Response:
    """Answer in the coding that the client would rather have."""
    coding = codings.negotiate(request.headers.get("accept-encoding", ""))
    if coding == codings.IDENTITY or len(content) < codings.SMALLEST_BYTES:
        return Response(content, headers=headers)
    encoded = await run_in_threadpool(codings.compress, coding, content)
    return Response(encoded, headers={**headers, "Content-Encoding": coding})
