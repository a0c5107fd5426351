"""While the database is away: the last good answers, for ten minutes, marked so.

A process knows that it is away by the watcher, which looks at the log at least
once a second. What the process had been told to drop by then is not shown again.
"""

from app.edge.keeping.entries import Header

AWAY_SECONDS = 3.0
"""How long the log may go unseen before that is called an outage."""

LONGEST_SECONDS = 600.0
"""How long kept answers are sent that nobody can vouch for any more."""


def is_away(unseen_seconds: float) -> bool:
    """Tell whether the database is away, by how long the log has not been seen."""
    return unseen_seconds > AWAY_SECONDS


def can_answer(unseen_seconds: float) -> bool:
    """Tell whether kept answers are still to be sent."""
    return unseen_seconds <= LONGEST_SECONDS


def marks(unseen_seconds: float) -> list[Header]:
    """List what a kept answer says about itself: nothing, unless it may be stale.

    With `Age` every cache in front counts on from when the answer was last known
    to be true.
    """
    if not is_away(unseen_seconds):
        return []
    age = str(int(unseen_seconds)).encode()
    return [(b"age", age), (b"broadsheet-stale", b"database")]
