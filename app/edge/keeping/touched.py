"""Which keys the log has named lately: what an answer made before is too old for."""

from collections import OrderedDict
from collections.abc import Iterable

KEYS = 20_000


class Touched:
    """For each key the last position that named it; the oldest are forgotten.

    What was made before anything that is forgotten cannot be judged any more.
    """

    def __init__(self, *, limit: int = KEYS) -> None:
        self._limit = limit
        self._last: OrderedDict[str, int] = OrderedDict()
        self._floor = 0

    def note(self, position: int, keys: Iterable[str]) -> None:
        """Remember what a row of the log names."""
        for key in keys:
            self._last[key] = max(position, self._last.get(key, 0))
            self._last.move_to_end(key)
        while len(self._last) > self._limit:
            _, oldest = self._last.popitem(last=False)
            self._floor = max(self._floor, oldest)

    def is_current(self, position: int, keys: Iterable[str]) -> bool:
        """Tell whether nothing that is known makes an answer of this position stale."""
        return position >= self._floor and all(
            self._last.get(key, 0) <= position for key in keys
        )

    def begin(self, position: int) -> None:
        """Know nothing of what was made before this position; of later rows, all."""
        self._floor = position
        for key in [key for key, last in self._last.items() if last <= position]:
            del self._last[key]
