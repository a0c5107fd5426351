"""Watching an answer leave the application: kept where it may be, else passed on."""

from collections.abc import Callable, Sequence

from starlette.types import Message, Send

from app.edge.keeping.entries import Entry, Header, entry_of, is_for_all


class Capture:
    """Collects an answer that is for everybody; sends on, at once, any other."""

    def __init__(self, send: Send, *, largest: int, passed: Callable[[], None]):
        self._send = send
        self._largest = largest
        self._passed = passed
        self._headers: Sequence[Header] | None = None
        self._body = bytearray()
        self.entry: Entry | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._may_be_kept(message):
            self._headers = message["headers"]
        elif self._headers is None:
            if message["type"] == "http.response.start":
                self._passed()
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                self.entry = entry_of(self._headers, bytes(self._body))

    def _may_be_kept(self, message: Message) -> bool:
        named = dict(message["headers"])
        length = int(named.get(b"content-length", self._largest + 1))
        return length <= self._largest and is_for_all(message["status"], named)
