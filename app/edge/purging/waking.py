"""Waking those who purge as soon as the log has grown, where a watcher follows it."""

from collections.abc import Sequence
from threading import Event

from app.changes.reading import LogRow


class Waking:
    """A follower of the watcher that holds nothing, and only rings."""

    def __init__(self, bells: Sequence[Event]):
        self._bells = bells

    def apply(self, _rows: Sequence[LogRow], /) -> None:
        """Ring for every lane; each finds for itself what is new."""
        self.forget()

    def forget(self) -> None:
        """Ring as well: the log is another one."""
        for bell in self._bells:
            bell.set()
