"""The cache as a follower of the log: what other processes change, it drops."""

from collections.abc import Sequence

from app.changes.reading import LogRow
from app.changes.watching import Watcher
from app.edge.keeping.store import Store


class Following:
    """Hands the rows that the watcher finds to the store."""

    def __init__(self, store: Store, watcher: Watcher):
        self._store = store
        self._watcher = watcher

    def apply(self, rows: Sequence[LogRow]) -> None:
        """Drop what these rows make stale."""
        self._store.apply((row.position, row.keys) for row in rows)

    def forget(self) -> None:
        """Drop all: where the log begins anew, nothing is known of what was before."""
        self._store.begin(self._watcher.position)
