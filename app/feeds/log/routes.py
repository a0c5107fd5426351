"""`/v1/changes` and `/v1/snapshot`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.feeds.log import pages, streaming
from app.feeds.log.asking import ChangesQuery, LastEventId, SnapshotQuery, StreamQuery
from app.feeds.log.copying import Copy, Lines
from app.feeds.log.following import PositionGone
from app.feeds.log.schemas import ChangesPage, SnapshotLine
from app.kit.errors import responses

router = APIRouter(tags=["changes"])


@router.get("/changes", response_model=ChangesPage, responses=responses(PositionGone))
async def list_changes(request: Request, query: ChangesQuery) -> Response:
    """List what has changed after a position, in the order it happened.

    Every row in (`meta.after`, `meta.upto`] that is of the kinds asked for is here,
    so that asking again with `after` = `upto` misses nothing. Without `after` the
    list begins with the oldest row that is kept. `wait` holds the request until
    something happens. Apply a row only if it is newer than what you hold of its
    resource. A position older than what is kept, or one that was never given out,
    answers 410: begin anew with `/v1/snapshot`.
    """
    return pages.answer(request, query)


@router.get(
    "/changes/stream",
    response_class=Response,
    responses=responses(PositionGone)
    | {
        200: {
            "description": "Events without end; `data` is a row of the log.",
            "content": {streaming.MEDIA_TYPE: {"schema": streaming.EVENT}},
        }
    },
)
async def stream_changes(
    request: Request, query: StreamQuery, last_event_id: LastEventId = None
) -> Response:
    """Follow what changes as server-sent events, for `EventSource`.

    The `id` of an event is its position, and a client that comes back with
    `Last-Event-ID` misses nothing. Without a position the stream begins now. It is
    never silent for more than 15 seconds.
    """
    return streaming.answer(request, query, last_event_id)


@router.get("/snapshot", response_class=Lines, response_model=SnapshotLine)
async def get_snapshot(request: Request, query: SnapshotQuery) -> Response:
    """Copy everything that is public, as it is at one position of the log.

    One JSON value a line: first the position, then each resource, then how many
    there were. Without that last line something is missing: begin anew. What is not
    here is not public. Follow the log from `position` and nothing is missed. Two
    copies at once are made by a process; whoever comes third is told to come back.
    """
    return Copy(request, query)
