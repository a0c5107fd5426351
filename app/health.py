"""`/health`: whether the process runs, and whether it can serve reads."""

from math import inf
from typing import Literal

from anyio import sleep
from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from app.access.callers import Anybody
from app.changes.watching import Watcher
from app.edge.keeping import outage
from app.kit.db import RETRY
from app.kit.errors import BadRequest, Invalid, Unavailable, UriTooLong, responses
from app.kit.parameters import declared_parameters_only
from app.kit.schemas import Output

FIRST_LOOK_SECONDS = 2.0
LOOK_SECONDS = 0.02

router = APIRouter(
    prefix="/health",
    tags=["health"],
    dependencies=[Depends(Anybody()), Depends(declared_parameters_only)],
    responses=responses(BadRequest, UriTooLong, Invalid),
)


class Health(Output):
    """Whether reads are served, and from where."""

    status: Literal["ok", "cached"] = Field(
        description="`cached` while the database is away; when nothing goes, it is 503."
    )


@router.get("/live")
async def check_live(response: Response) -> Health:
    """Answer as long as the process runs. Touches nothing."""
    response.headers["Cache-Control"] = "no-store"
    return Health(status="ok")


@router.get("/ready", responses=responses(Unavailable))
async def check_ready(request: Request, response: Response) -> Health:
    """Answer as long as public reads can be served.

    While the database is away that is ten minutes, if anything is kept to be sent.
    Asks the database nothing: each process looks there by itself all the time.
    """
    response.headers["Cache-Control"] = "no-store"
    if request.app.state.watcher.is_draining:
        raise Unavailable("The process is about to end.", headers=RETRY)
    unseen = await _unseen_seconds(request.app.state.watcher)
    if not outage.is_away(unseen):
        return Health(status="ok")
    if outage.can_answer(unseen) and request.app.state.cache.entries:
        return Health(status="cached")
    raise Unavailable("The database does not answer.", headers=RETRY)


async def _unseen_seconds(watcher: Watcher) -> float:
    """Tell how long the log is unseen; at the start, wait for the first look."""
    waited = 0.0
    while watcher.unseen_seconds == inf and waited < FIRST_LOOK_SECONDS:
        await sleep(LOOK_SECONDS)
        waited += LOOK_SECONDS
    return watcher.unseen_seconds
