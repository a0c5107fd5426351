"""Ending in good order: first tell the load balancer, then stop listening.

From SIGTERM on the process says that it is not ready and closes each connection
after its answer, but goes on answering for a while. Who waits for news is sent
away at once.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def draining(begin: Callable[[], None], *, seconds: float) -> Iterator[None]:
    """Hear SIGTERM before the server does, and hand it on after so many seconds."""
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread hears signals. A server in another one is stopped
        # by whoever started it.
        yield
        return
    loop = asyncio.get_running_loop()
    end = signal.getsignal(signal.SIGTERM)

    def hear(number: int, frame: FrameType | None) -> None:
        begin()
        if callable(end):
            loop.call_soon_threadsafe(loop.call_later, seconds, end, number, frame)

    signal.signal(signal.SIGTERM, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, end)
