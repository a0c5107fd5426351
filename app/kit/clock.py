"""What time it is: aware UTC, from one place that a test can set.

The clock belongs to the application (`create_app(clock=...)`); a command takes
`now` as an argument. What is to happen at a time is judged by the database's
clock, which all processes share, however wrong their own may be.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

Clock = Callable[[], datetime]

CLOCK = "clock"
"""Under which name a session knows the clock that stands in for the database's."""


def system_clock() -> datetime:
    """Answer the machine's time, aware and in UTC."""
    return datetime.now(UTC)


def database_now(session: Session) -> datetime:
    """Answer the time of the database, to the moment and not of its transaction.

    SQLite has no clock: its file lies on one machine, and that one's counts.
    """
    given: Clock | None = session.info.get(CLOCK)
    if given is not None:
        return given()
    if session.get_bind().dialect.name == "sqlite":
        return system_clock()
    told: datetime = session.scalars(select(func.clock_timestamp())).one()
    return told.astimezone(UTC)


async def _now(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock()


Now = Annotated[datetime, Depends(_now)]
"""The moment of this request, the same for everything the request does."""
