"""The reference proxy: it asks each process whether it is ready, as a balancer does.

What could not be sent is sent to another one. What was sent and not answered is sent
again only where that is safe: a read, and a write with an `Idempotency-Key`.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

HOST = "127.0.0.1"
ASKED_SECONDS = 0.05
PATIENCE = 300.0
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

# What is between two neighbours only (RFC 9110, section 7.6.1).
_OF_THE_LINE = frozenset({"connection", "keep-alive", "transfer-encoding", "host"})


class Balancer:
    """Hands each request to a process that is ready, one after the other."""

    def __init__(self, bases: Sequence[str]):
        self.ready: set[str] = set()
        self._seen_at: dict[str, float] = {}
        self._bases = list(bases)
        self._turn = 0
        self.app = Starlette(
            routes=[Route("/{path:path}", self._answer, methods=METHODS)],
            lifespan=self._running,
        )

    def await_ready(self, base: str) -> None:
        """Wait until a process gets its share, by an answer asked for from now on.

        An older one may be that of the process which was there before.
        """
        since = time.monotonic()
        deadline = since + PATIENCE
        while self._seen_at.get(base, 0) < since:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    @asynccontextmanager
    async def _running(self, _app: Starlette) -> AsyncIterator[None]:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        async with httpx.AsyncClient(timeout=60, limits=limits) as client:
            self._client = client
            asking = [asyncio.create_task(self._look_after(b)) for b in self._bases]
            yield
            for each in asking:
                each.cancel()

    async def _look_after(self, base: str) -> None:
        while True:
            is_ready, asked_at = False, time.monotonic()
            with suppress(httpx.TransportError):
                asked = self._client.get(f"{base}/health/ready", timeout=5)
                is_ready = (await asked).is_success
            if is_ready:
                self.ready.add(base)
                self._seen_at[base] = asked_at
            else:
                self.ready.discard(base)
            await asyncio.sleep(ASKED_SECONDS)

    async def _answer(self, request: Request) -> Response:
        body = await request.body()
        is_safe = request.method in ("GET", "HEAD")
        is_safe = is_safe or "idempotency-key" in request.headers
        faults: list[str] = []
        for base in self._in_turn():
            try:
                return await self._handed_on(request, base, body)
            except httpx.TransportError as fault:
                self.ready.discard(base)
                faults.append(repr(fault))
                if not is_safe and not isinstance(fault, httpx.ConnectError):
                    break
        return Response("; ".join(faults), 502)

    def _in_turn(self) -> Iterator[str]:
        """Name whom to ask: each that is ready, the next one first, then the rest."""
        self._turn += 1
        start = self._turn % len(self._bases)
        every = self._bases[start:] + self._bases[:start]
        return iter(sorted(every, key=lambda base: base not in self.ready))

    async def _handed_on(self, request: Request, base: str, body: bytes) -> Response:
        asked = self._client.build_request(
            request.method,
            f"{base}{request.url.path}?{request.url.query}".removesuffix("?"),
            headers=_passed(request.headers.items()),
            content=body,
        )
        answer = await self._client.send(asked, stream=True)
        return StreamingResponse(
            answer.aiter_raw(),
            answer.status_code,
            dict(_passed(answer.headers.multi_items())),
            background=BackgroundTask(answer.aclose),
        )


def _passed(headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in headers if pair[0].lower() not in _OF_THE_LINE]


@contextmanager
def balancing(bases: Sequence[str]) -> Iterator[tuple[str, Balancer]]:
    """Stand in front of the processes for the length of the block."""
    balancer = Balancer(bases)
    config = uvicorn.Config(
        balancer.app,
        host=HOST,
        port=0,
        log_level="critical",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://{HOST}:{port}", balancer
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
