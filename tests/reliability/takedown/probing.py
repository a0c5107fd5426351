"""Readers who ask for a story everywhere and all the time, and note what they see."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import httpx

PATIENCE = 300.0
PAUSE_SECONDS = 0.002


@dataclass(frozen=True)
class Place:
    """Where a story may be seen, and what it is known by there; "" is any answer."""

    path: str
    sign: str


@dataclass(frozen=True)
class Shown:
    """What somebody was answered, and the position of the log that came with it."""

    status: int
    text: str
    position: int

    @classmethod
    def by(cls, answer: httpx.Response) -> "Shown":
        """Take what counts from an answer."""
        position = int(answer.headers["Broadsheet-Position"])
        return cls(answer.status_code, answer.text, position)

    def has(self, sign: str) -> bool:
        """Tell whether the story is seen in it."""
        return self.status == 200 and sign in self.text


@dataclass(frozen=True)
class Look:
    """One look at one place: when it was asked for, and whether the story was there."""

    place: str
    asked: float
    position: int
    is_seen: bool


Ask = Callable[[str], Shown]


class Reader:
    """Looks at all places, one after the other, for the length of a block."""

    def __init__(self, ask: Ask, places: Sequence[Place]):
        self.looks: list[Look] = []
        self._ask = ask
        self._places = places
        self._rounds = 0
        self._has_seen_all = threading.Event()
        self._stopping = threading.Event()
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def await_all_seen(self) -> None:
        """Wait until the story was seen in every place within one round."""
        if not self._has_seen_all.wait(PATIENCE):
            last = {each.place: each.is_seen for each in self.looks}
            unseen = [place for place, is_seen in last.items() if not is_seen]
            raise TimeoutError(f"never seen at {unseen}: {self._fault}")

    def await_another_round(self) -> None:
        """Wait until every place was looked at once more, from now on."""
        enough, deadline = self._rounds + 2, time.monotonic() + PATIENCE
        while self._rounds < enough:
            if self._fault is not None or time.monotonic() > deadline:
                raise TimeoutError("a reader was not answered") from self._fault
            time.sleep(PAUSE_SECONDS)

    def _read(self) -> None:
        try:
            while not self._stopping.is_set():
                looks = list(self._round())
                if all(each.is_seen for each in looks):
                    self._has_seen_all.set()
                self._rounds += 1
                time.sleep(PAUSE_SECONDS)
        except (httpx.HTTPError, KeyError) as fault:
            self._fault = fault

    def _round(self) -> Iterator[Look]:
        for place in self._places:
            asked = time.perf_counter()
            shown = self._ask(place.path)
            look = Look(place.path, asked, shown.position, shown.has(place.sign))
            self.looks.append(look)
            yield look


def reader_of(client: httpx.Client, coding: str) -> Ask:
    """Ask one process, and have its answers in one coding."""
    headers = {"Accept-Encoding": coding}
    return lambda path: Shown.by(client.get(path, headers=headers))
