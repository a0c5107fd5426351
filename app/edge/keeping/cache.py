"""The response cache: what one reader was answered, the next one gets as bytes.

Pure ASGI, before everything else: for a kept answer nothing below runs. What comes
with a key passes by untouched; there is one view, the open one.
"""

from asyncio import Event
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.edge.keeping import outage
from app.edge.keeping.capturing import Capture
from app.edge.keeping.conditional import unless_held
from app.edge.keeping.entries import Entry, Header
from app.edge.keeping.sending import Ready, coding_of, make_form, ready
from app.edge.keeping.store import Address, Store

# Where answers are for everybody; and below it those that are long in coming, or
# for one reader only.
_SHARED = (
    *("/v1/", "/feeds/", "/sitemap", "/robots.txt", "/.well-known/"),
    *("/ads.txt", "/app-ads.txt"),
)
_PASSED_BY = ("/v1/changes", "/v1/snapshot", "/v1/advance", "/v1/preview")

_AT_LEAST = b"broadsheet-at-least"
_DIGITS = 20

_READS = frozenset({"GET", "HEAD"})
_CONDITIONS = frozenset({b"if-none-match", b"if-modified-since", b"range"})

_ROUNDS = 3


class _Flight:
    """An answer that is being made, and whether it may come to be kept."""

    def __init__(self) -> None:
        self.has_landed = Event()
        self.is_for_all = True

    def pass_by(self) -> None:
        """Let all who wait go their own ways: this answer is for one only."""
        self.is_for_all = False
        self.has_landed.set()


class ResponseCache:
    """Answer from what is kept; have made, once, what is not."""

    def __init__(self, app: ASGIApp, *, store: Store, unseen: Callable[[], float]):
        self.app = app
        self.store = store
        self._unseen = unseen
        self._flights: dict[Address, _Flight] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _READS:
            await self.app(scope, receive, send)
            return
        kept = self.at_once(scope)
        if kept is not None:
            for message in kept.messages:
                await send(message)
        elif _is_shared(scope) and self._is_new_enough(scope):
            await self._share(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def at_once(self, scope: Scope) -> Ready | None:
        """Answer from what is kept and ready, if it is; nothing is waited for."""
        found = self._find(scope)
        if found is None or scope["method"] not in _READS:
            return None
        asked = dict(scope["headers"])
        if b"authorization" in asked or _AT_LEAST in asked:
            return None
        return ready(*found, asked, is_head=scope["method"] == "HEAD")

    def _find(self, scope: Scope) -> tuple[Entry, list[Header]] | None:
        """Find what is kept, and what is to be said with it at this moment."""
        # Read before the answer is looked for: rows up to here have dropped theirs.
        reached = self.store.reached
        entry = self.store.entries.get((scope["raw_path"], scope["query_string"]))
        if entry is None:
            return None
        unseen = self._unseen()
        if not outage.can_answer(unseen):
            return None
        position = reached if reached[0] > entry.reached[0] else entry.reached
        return entry, [position[1], *outage.marks(unseen)]

    def _is_new_enough(self, scope: Scope) -> bool:
        """Tell whether what is kept here is what the client insists on, or newer."""
        wanted = dict(scope["headers"]).get(_AT_LEAST)
        if wanted is None:
            return True
        # What is no position is refused below.
        is_position = wanted.isdigit() and len(wanted) < _DIGITS
        return is_position and int(wanted) <= self.store.position

    async def _share(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is not ready; wait for it where it is under way already.

        Only what was kept is shared. An answer that a change has overtaken goes
        to the one who asked before the change, and to nobody else.
        """
        address = scope["raw_path"], scope["query_string"]
        for _ in range(_ROUNDS):
            found = self._find(scope)
            if found is not None:
                await self._send(*found, scope, send)
                return
            flight = self._flights.get(address)
            if flight is None:
                break
            await flight.has_landed.wait()
            if not flight.is_for_all:
                break
        entry = await self._make(address, scope, receive, send)
        if entry is not None:
            await self._send(entry, [entry.reached[1]], scope, send)

    async def _make(
        self, address: Address, scope: Scope, receive: Receive, send: Send
    ) -> Entry | None:
        """Have an answer made; None if it was not one to keep, and has been sent."""
        flight = _Flight()
        self._flights.setdefault(address, flight)
        direct = unless_held(scope, send)
        if scope["method"] == "HEAD":
            direct = _without_body(direct)
        capture = Capture(direct, largest=self.store.largest, passed=flight.pass_by)
        whole = [pair for pair in scope["headers"] if pair[0] not in _CONDITIONS]
        asked = {**scope, "method": "GET", "headers": whole}
        try:
            await self.app(asked, receive, capture)
            if capture.entry is not None:
                self.store.keep(address, capture.entry)
        finally:
            if self._flights.get(address) is flight:
                del self._flights[address]
            flight.has_landed.set()
        return capture.entry

    async def _send(
        self, entry: Entry, said: list[Header], scope: Scope, send: Send
    ) -> None:
        """Send what was made or found, in a form that may have to be made first."""
        asked, is_head = dict(scope["headers"]), scope["method"] == "HEAD"
        made = ready(entry, said, asked, is_head=is_head)
        if made is None:
            await make_form(self.store, entry, coding_of(entry, asked))
            made = ready(entry, said, asked, is_head=is_head)
            assert made is not None
        for message in made.messages:
            await send(message)


def _is_shared(scope: Scope) -> bool:
    """Tell whether the answer may be one for everybody."""
    path: str = scope["path"]
    is_open = path.startswith(_SHARED) and not path.startswith(_PASSED_BY)
    return is_open and b"authorization" not in dict(scope["headers"])


def _without_body(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
