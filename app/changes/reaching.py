"""Being as far as somebody has been told: by waiting a little, or not at all."""

from enum import Enum

from app.changes import reading
from app.changes.watching import Watcher
from app.kit.db import Database

NOTICE_SECONDS = 0.2
"""Longer than it takes a process to notice a commit."""

REPLICA_SECONDS = 0.8


class Reach(Enum):
    """How a process stands to a position, after it has waited for it."""

    APPLIED = "applied"
    BEHIND = "behind"
    BEYOND = "beyond"


async def reach(watcher: Watcher, database: Database, position: int) -> Reach:
    """Wait until this process has applied a position, for a second at the most.

    `BEHIND`: the replica that is read here is not that far, the primary is.
    `BEYOND`: the log has never come that far.
    """
    if await watcher.reached(position, within=NOTICE_SECONDS):
        return Reach.APPLIED
    if position <= await watcher.catch_up():
        return Reach.APPLIED
    if position > (await database.in_turn_at_primary(reading.extent)).head:
        return Reach.BEYOND
    is_applied = await watcher.reached(position, within=REPLICA_SECONDS)
    return Reach.APPLIED if is_applied else Reach.BEHIND
