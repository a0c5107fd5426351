"""Following the log through HTTP, as clients do: by page, by long poll, by stream."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import httpx

from tests.feeds.following import Listener

PATIENCE = 300.0
PAGE = 7
WAIT_SECONDS = 5

Read = Callable[[httpx.Client, int], Iterator[int]]
"""Ask once for what comes after a position; answers the positions that are told."""


def by_page(client: httpx.Client, after: int) -> Iterator[int]:
    """Ask for the next few rows, whether there are any or not."""
    yield from _positions(client, f"after={after}&limit={PAGE}")
    time.sleep(0.005)


def by_long_poll(client: httpx.Client, after: int) -> Iterator[int]:
    """Ask for the next rows, and wait while there are none."""
    yield from _positions(client, f"after={after}&wait={WAIT_SECONDS}")


def by_stream(client: httpx.Client, after: int) -> Iterator[int]:
    """Listen until the stream ends."""
    headers = {"Last-Event-ID": str(after)}
    with client.stream("GET", "/v1/changes/stream", headers=headers) as answer:
        answer.raise_for_status()
        for event in Listener(answer.iter_lines()):
            yield int(event.id)


def _positions(client: httpx.Client, query: str) -> Iterator[int]:
    page = client.get(f"/v1/changes?{query}").raise_for_status().json()
    yield from (row["position"] for row in page["data"])


class Follower:
    """Somebody who goes on from the last row he has, for the length of a block."""

    def __init__(self, base: str, read: Read):
        self.seen: list[int] = []
        self.heard: dict[int, float] = {}
        """When each position was heard of."""
        self.answers = 0
        """How many of his requests were answered to the end."""
        self.faults: list[str] = []
        self._base = base
        self._read = read
        self._last: int | None = None
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            # What went wrong is to be told, and not that nobody came to an end.
            return
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def end_at(self, position: int) -> None:
        """Follow up to here; a stream notices that when the next row comes."""
        self._last = position

    def gaps(self, last: int) -> Sequence[int]:
        """List what is wrong with what was seen up to a position: nothing, that is."""
        seen = [position for position in self.seen if position <= last]
        whole = range(1, last + 1)
        lost = sorted(set(whole) - set(seen))
        disorder = [b for a, b in zip([0, *seen], seen, strict=False) if b != a + 1]
        return [*lost, *disorder]

    def _is_done(self) -> bool:
        return self._last is not None and self._at >= self._last

    @property
    def _at(self) -> int:
        return self.seen[-1] if self.seen else 0

    def _follow(self) -> None:
        with httpx.Client(base_url=self._base, timeout=30) as client:
            while not self._is_done():
                try:
                    self._ask(client)
                except httpx.HTTPError as fault:
                    self.faults.append(f"{self._read.__name__}: {fault!r}")
                    time.sleep(0.02)

    def _ask(self, client: httpx.Client) -> None:
        for position in self._read(client, self._at):
            self.seen.append(position)
            self.heard[position] = time.perf_counter()
            if self._is_done():
                return
        self.answers += 1
