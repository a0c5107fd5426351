"""What the cache holds: bounded in bytes, found by address, dropped by key.

An answer made at position P is kept only if no row of the log after P that this
process has seen names one of its keys; when such a row comes later, the answer is
dropped. Both happen under one lock. So an answer that was begun before a kill is
never found after it, in whichever order the two arrive.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from app.edge.keeping.entries import Entry, Form, reached_at
from app.edge.keeping.touched import Touched

Address = tuple[bytes, bytes]
"""Path and query, both as they came: two spellings of one address are two."""

Rows = Iterable[tuple[int, Sequence[str]]]
"""Rows of the log: where each stands, and the keys that it makes stale."""


class Store:
    """Answers of one process; any thread may tell it what has changed."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.entries: OrderedDict[Address, Entry] = OrderedDict()
        self.bytes = 0
        self.reached = reached_at(-1)
        self._touched = Touched()
        self._by_key: dict[str, set[Address]] = {}
        self._lock = Lock()

    @property
    def position(self) -> int:
        """How far the log has been followed; negative before that has begun."""
        return self.reached[0]

    @property
    def largest(self) -> int:
        """How many bytes one answer may have, so that it does not drive out all."""
        return self.limit // 8

    def begin(self, position: int) -> None:
        """Follow the log from here; nothing from before is kept."""
        with self._lock:
            for address in list(self.entries):
                self._drop(address)
            if position < self.position:
                # A log that has become shorter is another one.
                self._touched = Touched()
            self._touched.begin(position)
            self.reached = reached_at(position)

    def apply(self, rows: Rows) -> None:
        """Drop what rows of the log make stale. The same row twice does no harm.

        A process hears of its own commits at once and of others' by following the
        log; the position it has reached is the end of what came without a gap.
        """
        with self._lock:
            for position, keys in rows:
                self._touched.note(position, keys)
                for key in keys:
                    for address in list(self._by_key.get(key, ())):
                        if self.entries[address].position < position:
                            self._drop(address)
                if position == self.position + 1:
                    self.reached = reached_at(position)

    def keep(self, address: Address, entry: Entry) -> bool:
        """Keep an answer, if it is known to be what would be answered now."""
        with self._lock:
            if self.position < 0:
                return False
            if not self._touched.is_current(entry.position, entry.keys):
                return False
            if address in self.entries:
                self._drop(address)
            self.entries[address] = entry
            entry.is_kept = True
            self.bytes += entry.size
            for key in entry.keys:
                self._by_key.setdefault(key, set()).add(address)
            self._shrink()
            return entry.is_kept

    def add_form(self, entry: Entry, coding: str, form: Form) -> None:
        """Add a form to an answer, which may have been dropped meanwhile."""
        with self._lock:
            entry.forms[coding] = form
            if entry.is_kept:
                self.bytes += form.size
                self._shrink()

    def _shrink(self) -> None:
        """Drop what has been asked for least lately, until the rest fits.

        What was asked for since the last look gets a second chance: a crawler that
        reads everything once does not drive out what readers read all the time.
        """
        while self.bytes > self.limit:
            address, entry = next(iter(self.entries.items()))
            if entry.is_used:
                entry.is_used = False
                self.entries.move_to_end(address)
            else:
                self._drop(address)

    def _drop(self, address: Address) -> None:
        entry = self.entries.pop(address)
        entry.is_kept = False
        self.bytes -= entry.size
        for key in entry.keys:
            holders = self._by_key[key]
            holders.discard(address)
            if not holders:
                del self._by_key[key]
