"""The two lanes to a cache: what was taken back goes ahead of what has changed.

Each lane has its own thread and its own place in the log, so that a kill waits
neither for the purges of a renamed author's thousand stories nor for their retries.
"""

from dataclasses import dataclass

_ENDINGS = ("killed", "legal", "withdrawn", "expired", "deleted")


@dataclass(frozen=True)
class Lane:
    """Which rows of the log go this way, and how: a soft purge leaves a stale answer.

    That may still be shown while a new one is fetched, or when none can be had.
    """

    name: str
    is_soft: bool
    longest_wait: float
    """After how many seconds at most a failed purge is tried again."""

    def takes(self, event: str) -> bool:
        """Tell whether a row with this event goes this way: each goes one way."""
        return self.is_soft != (event.partition(".")[2] in _ENDINGS)


TAKEDOWNS = Lane("takedowns", is_soft=False, longest_wait=5)
CHANGES = Lane("changes", is_soft=True, longest_wait=60)

LANES = (TAKEDOWNS, CHANGES)
