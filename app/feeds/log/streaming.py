"""`/v1/changes/stream`: the log as server-sent events (WHATWG HTML, section 9.2).

A stream holds nothing but its position: it fetches what comes after that, from
the memory all streams share, and sends it before it fetches more. So a client
that reads slowly costs a batch, and what it has not read yet costs nothing.
"""

import time
from collections.abc import AsyncGenerator

from fastapi import Request
from starlette.responses import Response

from app.changes.reading import LogRow
from app.feeds.log import answering, asking, following, writing
from app.feeds.log.answering import Flow, Later
from app.feeds.log.asking import StreamFilters
from app.feeds.log.following import Batch, Kinds, Log, PositionGone

MEDIA_TYPE = "text/event-stream"

EVENT = {
    "type": "object",
    "description": "One event of the stream.",
    "properties": {
        "id": {"type": "string", "description": "The row's position."},
        "data": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"$ref": "#/components/schemas/ChangeRow"},
        },
    },
}
BATCH = 100
HEARTBEAT_SECONDS = 15
RETRY = b"retry: 2000\n\n"


def answer(
    request: Request, query: StreamFilters, last_event_id: str | None
) -> Response:
    """Answer with a stream, which begins where the client has read up to."""
    kinds = asking.kinds(query.kinds)
    place = asking.place(query.after, last_event_id)

    async def make() -> Response:
        log = Log.of(request)
        after = log.watcher.position if place is None else place
        # A position that cannot be followed from is refused while it still can be.
        batch = await following.begin(log, after, kinds=kinds, limit=BATCH)
        headers = {
            **answering.headers(request, log.watcher.position),
            "Content-Type": "text/event-stream; charset=utf-8",
            # Nginx would otherwise collect events before it passes them on.
            "X-Accel-Buffering": "no",
        }
        seconds: int = request.app.state.settings.stream_seconds
        end = time.monotonic() + seconds
        return Flow(_events(log, batch, kinds, end=end), headers)

    return Later(make)


async def _events(
    log: Log, batch: Batch, kinds: Kinds, *, end: float
) -> AsyncGenerator[bytes]:
    """Write what there is and what comes, until the end or the end of the process."""
    yield RETRY
    told = time.monotonic()
    while True:
        if batch.rows:
            yield b"".join(_event(row, log.api_url) for row in batch.rows)
            told = time.monotonic()
        elif time.monotonic() - told >= HEARTBEAT_SECONDS:
            yield _place(batch.upto)
            told = time.monotonic()
        now = time.monotonic()
        if now >= end or log.watcher.is_draining:
            break
        if not batch.has_more:
            within = min(end, told + HEARTBEAT_SECONDS) - now
            await log.watcher.moved(batch.upto, within=within)
        try:
            batch = await following.go_on(log, batch.upto, kinds=kinds, limit=BATCH)
        except PositionGone:
            break
    yield _place(batch.upto)


def _event(row: LogRow, api_url: str) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (row.position, writing.row(row, api_url=api_url))


def _place(position: int) -> bytes:
    """Tell where a client is, as an event without data: it is kept, and not heard.

    So one who hears of few kinds does not come back with a position of last year.
    """
    return b": here\nid: %d\n\n" % position
