"""Phones that keep a copy as the guide for apps says, and die whenever they like.

What a phone has stored outlives its process; what it has only read does not. It begins
with a snapshot, listens to the stream for a while or not, and takes the pages of the
log. Now and then it was reset, or its server was restored from an old backup.
"""

import random
from collections.abc import Iterator
from threading import Event

import httpx

from tests.feeds.copies import Copy
from tests.feeds.following import Listener

FEWEST_STARTS = 4
LONGEST_PAUSE = 0.5
NEVER_GIVEN_OUT = 1_000_000


class Crash(Exception):
    """The process is gone, with everything that it had not stored."""


class Phone:
    """One app: its storage, its luck, and what has become of it so far."""

    def __init__(self, reader: httpx.Client, number: int):
        self.stored: Copy | None = None
        self.starts = 0
        self.crashes = 0
        self.snapshots = 0
        self._reader = reader
        self._luck = random.Random(number)  # noqa: S311 — no secret
        self._is_in_peace = False

    def live(self, is_over: Event) -> None:
        """Be opened now and then, until it is over."""
        while self.starts < FEWEST_STARTS or not is_over.is_set():
            self.open()
            is_over.wait(LONGEST_PAUSE * self._luck.random())

    def open(self) -> None:
        """Start, read something, and perhaps die of it."""
        self.starts += 1
        try:
            self._suffer()
            if self.stored is None:
                self._begin()
            else:
                self._listen(self.stored)
                self._go_on(self.stored, limit=self._luck.randint(1, 5))
        except Crash:
            self.crashes += 1

    def catch_up(self, head: int) -> Copy:
        """Read in peace up to a position; answer what it holds then."""
        self._is_in_peace = True
        while self.stored is None or self.stored.position != head:
            if self.stored is None:
                self._begin()
            else:
                self._go_on(self.stored, limit=100)
        self._is_in_peace = False
        return self.stored

    def _suffer(self) -> None:
        """Lose the storage, or find a server that never came as far as this."""
        luck = self._luck.random()
        if luck < 0.05:
            self.stored = None
        elif luck < 0.1 and self.stored is not None:
            later = self.stored.position + NEVER_GIVEN_OUT
            self.stored = Copy(later, self.stored.documents)

    def _begin(self) -> None:
        """Take a snapshot, unless too many others are taking theirs."""
        copy = Copy()
        with self._reader.stream("GET", "/v1/snapshot") as answer:
            if answer.status_code == 503:
                return
            assert answer.status_code == 200
            copy.begin(self._read(answer))
        self.snapshots += 1
        self._store(copy)

    def _read(self, answer: httpx.Response) -> Iterator[str]:
        for line in answer.iter_lines():
            self._may_die(0.01)
            yield line

    def _listen(self, copy: Copy) -> None:
        """Be on the stream until it tells something or ends; or not at all."""
        if self._luck.random() < 0.7:
            return
        told = {"Last-Event-ID": str(copy.position)}
        with self._reader.stream("GET", "/v1/changes/stream", headers=told) as answer:
            if answer.status_code == 200:
                next(iter(Listener(answer.iter_lines())), None)
                self._may_die(0.1)

    def _go_on(self, copy: Copy, *, limit: int) -> None:
        """Take the next page; begin anew where it cannot be followed from."""
        query = f"?after={copy.position}&include=documents&limit={limit}"
        answer = self._reader.get(f"/v1/changes{query}")
        if answer.status_code == 410:
            self.stored = None
            return
        assert answer.status_code == 200
        made = Copy(copy.position, dict(copy.documents))
        made.apply(answer.json())
        self._may_die(0.1)
        self._store(made)

    def _store(self, copy: Copy) -> None:
        """Store what was read together with how far: both or nothing."""
        self.stored = copy

    def _may_die(self, chance: float) -> None:
        if not self._is_in_peace and self._luck.random() < chance:
            raise Crash


class CarelessPhone(Phone):
    """The known-bad twin: it stores how far it is, and dies before the rest."""

    def _store(self, copy: Copy) -> None:
        if self._is_in_peace or self.stored is None:
            self.stored = copy
            return
        self.stored = Copy(copy.position, self.stored.documents)
        raise Crash
