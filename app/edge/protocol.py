"""One connection, as uvicorn reads it, and the patience that we have with it.

What ASGI cannot see: a request that arrives a byte at a time, a client with a
thousand connections, bytes that are no request. Time is counted from the first
byte of a part and not from the last, so that trickling gains nothing.
"""

import asyncio
from collections import Counter
from enum import Enum
from typing import ClassVar

from starlette.datastructures import State
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from app.edge.keeping.entries import lines_of
from app.edge.keeping.sending import Ready
from app.edge.limits import HeadersTooLarge, Overloaded, TooSlow
from app.kit import hanging_up
from app.kit.db import RETRY
from app.kit.errors import BadRequest, Problem, render
from app.kit.request_ids import new_request_id
from app.kit.settings import Settings

HEADER_BYTES = 65_536
SHOWN_BYTES = 1_000
SLOWEST_BYTES = 100_000
"""What the line of an editor with a picture carries in a second, at the least."""

KEEP_ALIVE_SECONDS = 75
"""How long a line may be idle: longer than proxies keep theirs to us (a minute), or one
would send a request on a line that is just being closed."""


class Part(Enum):
    """Which part of a request is still to come."""

    HEAD = "head"
    BODY = "body"
    NONE = "none"


class GuardedProtocol(HttpToolsProtocol):
    """HTTP with deadlines, and with one error shape."""

    addresses: ClassVar[Counter[str]] = Counter()
    """How many connections each address has to this process."""

    _is_first = True
    _awaited = Part.HEAD
    _parts = 0
    _head_bytes = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(  # type: ignore[override]  # as uvicorn has it
        self, transport: asyncio.Transport
    ) -> None:
        """Take a connection, unless its address has many already."""
        super().connection_made(transport)
        self.url = b""
        self._watcher = self._state.watcher
        self._at_once = self.config.loaded_app.at_once
        self._extensions = hanging_up.offer(transport.abort)
        self.addresses[self._address] += 1
        limit = self._settings.connections_per_address
        if limit and self.addresses[self._address] > limit:
            self._refuse(Overloaded("Too many connections.", headers=RETRY))
        else:
            self._wait(self._head_seconds())

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._wait_no_longer()
        self.addresses[self._address] -= 1
        if not self.addresses[self._address]:
            del self.addresses[self._address]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; what has begun and is not whole has to be so in time."""
        if self.transport.is_closing():
            return
        parts = self._parts
        self._is_first = True
        super().data_received(data)
        if self.transport.is_closing():
            return
        is_new = parts != self._parts
        # What a part began with came behind others: how much of it that was is unknown.
        self._head_bytes += 0 if is_new else len(data)
        if self._awaited is Part.HEAD and self._head_bytes > HEADER_BYTES:
            self._refuse(HeadersTooLarge(f"At most {HEADER_BYTES} bytes are read."))
        else:
            self._set_deadline(is_new=is_new)

    def on_message_begin(self) -> None:
        self._go_on(Part.HEAD)
        super().on_message_begin()
        self.scope["extensions"] = self._extensions

    def on_headers_complete(self) -> None:
        self._go_on(Part.BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._go_on(Part.NONE)
        super().on_message_complete()

    def _start_asgi_task(
        self, cycle: RequestResponseCycle, app: ASGI3Application
    ) -> None:
        """Send what is kept at once: a task would cost more than the answer does."""
        if self._watcher.is_draining:
            cycle.keep_alive = False
        is_clear = self._at_once is not None and self._is_clear()
        ready = self._at_once(cycle.scope) if is_clear else None
        self._is_first = False
        if ready is None:
            super()._start_asgi_task(cycle, app)
            return
        self.transport.write(self._whole(ready, keep_alive=cycle.keep_alive))
        # As uvicorn leaves a cycle that has sent all of its answer.
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()
        # As after a task: the two need not hold each other any longer.
        cycle.on_response = _nothing

    def _whole(self, ready: Ready, *, keep_alive: bool) -> bytes:
        """Write a kept answer as uvicorn would, in one piece."""
        return b"".join(
            [
                STATUS_LINE[ready.status],
                lines_of(self.server_state.default_headers),
                ready.head.lines,
                lines_of(ready.said),
                b"" if keep_alive else b"connection: close\r\n",
                b"\r\n",
                ready.body,
            ]
        )

    def _is_clear(self) -> bool:
        """Tell whether an answer can be written without a wait in the midst of it.

        Who sends many requests in one piece, or does not read what he gets, takes
        his turn with everybody else.
        """
        return self._is_first and not self.transport.get_write_buffer_size()

    def shutdown(self) -> None:
        """End as the server ends; who waits for news is let go."""
        self._state.watcher.drain()
        super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, in the shape of every refusal."""
        self._refuse(BadRequest(msg))

    @property
    def _state(self) -> State:
        state: State = self.config.loaded_app.state
        return state

    @property
    def _settings(self) -> Settings:
        settings: Settings = self._state.settings
        return settings

    @property
    def _address(self) -> str:
        return self.client[0] if self.client else ""

    def _go_on(self, part: Part) -> None:
        self._awaited = part
        self._parts += 1
        self._head_bytes = 0

    def _set_deadline(self, *, is_new: bool) -> None:
        """Give each part its time, which does not begin again with every byte."""
        is_whole = self._awaited is Part.NONE
        is_idle = is_whole and self.timeout_keep_alive_task is not None
        if is_idle or (is_whole and not self.cycle.response_complete):
            self._wait_no_longer()
        elif is_new or self._deadline is None:
            # After a whole request only line ends have come: nothing has begun yet.
            is_body = self._awaited is Part.BODY
            self._wait(self._body_seconds() if is_body else self._head_seconds())

    def _head_seconds(self) -> float:
        return self._settings.header_seconds

    def _body_seconds(self) -> float:
        """Give a body its time; a picture may be large, and a line slow."""
        length = dict(self.headers).get(b"content-length", b"0")
        more = int(length) / SLOWEST_BYTES if length.isdigit() else 0
        return self._settings.body_seconds + min(
            more, self._settings.media_bytes / SLOWEST_BYTES
        )

    def _wait(self, seconds: float) -> None:
        self._wait_no_longer()
        self._deadline = self.loop.call_later(seconds, self._give_up, seconds)

    def _give_up(self, seconds: float) -> None:
        if self.pipeline:
            # It is we who are behind: no more is read before these are answered.
            self._wait(seconds)
        else:
            self._refuse(TooSlow())

    def _wait_no_longer(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _refuse(self, problem: Problem) -> None:
        """Say why, unless an answer is under way, and hang up."""
        cycle = self._latest()
        if self._is_free(cycle):
            self.transport.write(self._refusal(problem))
        if cycle is not None:
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.close()

    def _latest(self) -> RequestResponseCycle | None:
        """Tell which request was read last; before the first there is none."""
        return self.cycle

    def _is_free(self, cycle: RequestResponseCycle | None) -> bool:
        """Tell whether an answer that is sent now would be taken for the right one."""
        if cycle is None:
            return True
        if self._awaited is Part.BODY:
            return not cycle.response_started
        return cycle.response_complete

    def _refusal(self, problem: Problem) -> bytes:
        """Write a whole answer, as uvicorn would write it."""
        name = new_request_id()
        response = render(
            problem,
            base_url=self._settings.api_url,
            path=self._shown_path(),
            request_id=name.decode(),
        )
        headers = [
            *self.server_state.default_headers,
            *response.raw_headers,
            (b"x-request-id", name),
            (b"connection", b"close"),
        ]
        head = STATUS_LINE[problem.status], lines_of(headers)
        return b"".join([*head, b"\r\n", bytes(response.body)])

    def _shown_path(self) -> str:
        """Tell the path, as far as it was read; no name of some other server."""
        path = self.url.partition(b"?")[0][:SHOWN_BYTES]
        return path.decode("ascii", "replace") if path.startswith(b"/") else ""


def _nothing() -> None:
    return
