"""The newest rows of the log, kept in memory for everybody in this process."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.changes.reading import LogRow

BURIALS = ("killed", "legal")
"""The events after which no earlier row may tell where the story was."""


class Ring:
    """Every row in (floor, head], oldest first; as many as it has places for."""

    def __init__(self, places: int = 2000):
        self.floor = 0
        self._places = places
        self._rows: deque[LogRow] = deque()
        self._has_begun = False

    @property
    def head(self) -> int:
        """The position of the newest row."""
        return self.floor + len(self._rows)

    def begin(self, position: int) -> None:
        """Hold nothing; the next row is the one after this position."""
        self.floor = position
        self._rows.clear()
        self._has_begun = True

    def add(self, row: LogRow) -> None:
        """Take in the next row; the oldest makes room."""
        assert row.position == self.head + 1, "the log has no gaps"
        if row.event.partition(".")[2] in BURIALS:
            self._bury(row)
        self._rows.append(row)
        if len(self._rows) > self._places:
            self.floor = self._rows.popleft().position

    def after(self, position: int) -> Sequence[LogRow] | None:
        """List the rows after a position; None if they are not all here (any more)."""
        if not self._has_begun or not self.floor <= position <= self.head:
            return None
        return list(islice(self._rows, position - self.floor, None))

    def _bury(self, tombstone: LogRow) -> None:
        for number, row in enumerate(self._rows):
            if row.resource_id == tombstone.resource_id:
                self._rows[number] = replace(row, path=None, paths=())
