"""A cache in front of several processes, as the operators' guide says to make one.

It follows the log and drops what a row names. It asks for nothing that is older than
what it has dropped, and keeps nothing that is.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Self

import httpx

from tests.newsroom import Json
from tests.reliability.takedown.probing import PATIENCE, Shown

WAIT_SECONDS = 2


@dataclass(frozen=True)
class Kept:
    """An answer, and by which keys the log will name it."""

    shown: Shown
    keys: frozenset[str]


class Front:
    """What readers ask instead of the processes, for the length of a block."""

    def __init__(self, bases: Sequence[str]):
        self.applied = 0
        self._clients = [httpx.Client(base_url=base, timeout=30) for base in bases]
        self._turns = cycle(self._clients[1:])
        self._kept: dict[str, Kept] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow)

    def __enter__(self) -> Self:
        self.applied = self._changes(wait=0)["meta"]["upto"]
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        for each in self._clients:
            each.close()

    def ask(self, path: str) -> Shown:
        """Answer from what is kept, or by asking the next process."""
        with self._lock:
            kept, applied = self._kept.get(path), self.applied
        if kept is not None:
            return kept.shown
        headers = {"Broadsheet-At-Least": str(applied)} if path[:4] == "/v1/" else {}
        answer = next(self._turns).get(path, headers=headers)
        shown = Shown.by(answer)
        if answer.status_code == 200 and "CDN-Cache-Control" in answer.headers:
            keys = frozenset(answer.headers["Surrogate-Key"].split())
            with self._lock:
                if shown.position >= self.applied:
                    self._kept[path] = Kept(shown, keys)
        return shown

    def await_applied(self, position: int) -> None:
        """Wait until all that the log says up to here is dropped."""
        deadline = time.monotonic() + PATIENCE
        while self.applied < position:
            assert time.monotonic() < deadline
            time.sleep(0.002)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            page = self._changes(wait=WAIT_SECONDS)
            named = {key for row in page["data"] for key in row["keys"]}
            with self._lock:
                for path, kept in list(self._kept.items()):
                    if kept.keys & named:
                        del self._kept[path]
                self.applied = page["meta"]["upto"]

    def _changes(self, *, wait: int) -> Json:
        where = f"/v1/changes?after={self.applied}&wait={wait}&limit=1000"
        return dict(self._clients[0].get(where).raise_for_status().json())
