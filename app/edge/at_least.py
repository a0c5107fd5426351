"""`Broadsheet-At-Least`: an answer that is as new as what somebody was told.

Whoever hears of a change by a webhook or a stream, and then asks another process
or a replica, must not be shown what was before.
"""

from typing import Annotated

from fastapi import Header, Request

from app.changes import reaching
from app.changes.reaching import Reach
from app.edge.placing import REACHED
from app.kit.db import read_at_primary
from app.kit.errors import Fault, Invalid
from app.kit.numbers import Place

HEADER = "Broadsheet-At-Least"

AtLeast = Annotated[
    Place | None,
    Header(
        alias=HEADER,
        description="A position of the log: the answer is at least as new as that.",
    ),
]


async def as_new_as_asked(request: Request, at_least: AtLeast = None) -> None:
    """Wait for a position, for a second at the most; then ask the primary."""
    if at_least is None:
        return
    state = request.app.state
    match await reaching.reach(state.watcher, state.database, at_least):
        case Reach.BEYOND:
            detail = "The log has not come to this position yet."
            raise Invalid(faults=[Fault(detail=detail, parameter=HEADER)])
        case Reach.BEHIND:
            read_at_primary(request)
    setattr(request.state, REACHED, at_least)
