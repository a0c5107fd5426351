"""Behind the scenes: the log, and the refreshing that runs in the background.

No route answers the log yet, so a test reads its rows from the table.
"""

from collections.abc import Callable, Sequence

from app.changes import reading
from app.changes.log import PUBLIC
from app.changes.models import Change
from app.kit.db import Database
from app.publishing import refreshing
from app.publishing.desk import Desk
from app.publishing.site import Site
from app.publishing.timing import clockwork
from tests.conftest import Clock

SITE = Site(
    url="https://www.courier.example",
    name="The Courier",
    api_url="https://api.courier.example",
)


def log(
    database: Database, after: int = 0, *, stream: str = PUBLIC
) -> Sequence[Change]:
    """Read the rows of a stream of the log after a position."""
    with database.read() as session:
        rows = reading.after(session, after, stream=stream)
        session.expunge_all()
        return rows


def events(database: Database, after: int = 0) -> list[str]:
    """Name what happened after a position, in order."""
    return [row.event for row in log(database, after)]


def position(database: Database) -> int:
    """Tell where the log ends."""
    rows = log(database)
    return rows[-1].position if rows else 0


def desk_at(clock: Clock) -> Callable[[], Desk]:
    """Sit down as the background does."""
    return lambda: Desk(now=clock(), by="system", site=SITE)


def let_due_happen(database: Database) -> None:
    """Do what the release loop would do now, until nothing is due."""
    while clockwork.run(database, SITE) == 0:
        pass


def refresh(database: Database, clock: Clock) -> int:
    """Do what the background would do after a rename."""
    return refreshing.run_pending(database, desk_at(clock), pause=lambda _: None)
