"""Asking a server for one address as fast as it answers, over a few connections.

The client is small on purpose: it has one core, the server the other, and what
it costs would be taken for the server's.
"""

import asyncio
import time
from dataclasses import dataclass

CONNECTIONS = 8


@dataclass(frozen=True)
class Rate:
    """How often a server answered, and what it answered."""

    per_second: float
    status: int
    bytes: int


def measure(port: int, target: str, *, seconds: float, held: str = "") -> Rate:
    """Ask for one address for a while; every answer has to be complete.

    `held` is the entity tag of what the client has already.
    """
    return asyncio.run(_measure(port, target, seconds, held))


async def _measure(port: int, target: str, seconds: float, held: str) -> Rate:
    condition = f"If-None-Match: {held}\r\n" if held else ""
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{condition}\r\n".encode()
    until = time.perf_counter() + seconds
    started = time.perf_counter()
    answers = await asyncio.gather(
        *(_ask(port, request, until) for _ in range(CONNECTIONS))
    )
    took = time.perf_counter() - started
    _, status, length = answers[0]
    return Rate(sum(count for count, _, _ in answers) / took, status, length)


async def _ask(port: int, request: bytes, until: float) -> tuple[int, int, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = status = length = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        length = 0 if status == 304 else _content_length(head)
        await reader.readexactly(length)
        count += 1
    writer.close()
    await writer.wait_closed()
    return count, status, length


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without Content-Length")
