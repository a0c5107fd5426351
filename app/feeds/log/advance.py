"""`/v1/advance/changes`: what partners had before readers, and what became of it.

A stream of its own, in few rows: it is read from the table, and asked for again.
"""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.changes import reading
from app.changes.log import ADVANCE
from app.changes.reading import LogRow
from app.delivery.answers import PRIVATE
from app.feeds.log import pages, writing
from app.feeds.log.asking import AdvanceQuery
from app.feeds.log.following import Batch, PositionGone
from app.feeds.log.schemas import ChangesPage
from app.kit.db import PrimaryReadSession
from app.kit.errors import responses

router = APIRouter(tags=["advance"])

FOR_ONE = {
    "Cache-Control": PRIVATE,
    "Vary": "Accept-Encoding, Authorization",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/changes", response_model=ChangesPage, responses=responses(PositionGone))
def list_advance_changes(
    request: Request, session: PrimaryReadSession, query: AdvanceQuery
) -> Response:
    """List what happened to stories under embargo, in order. Needs the scope `embargo`.

    `article.embargoed` is a story that you have before readers, or its new revision;
    `.refreshed` the same with other names in it; `.published` is out; `.recalled`,
    `.killed` and `.legal` take it back: use it no more. The positions are not those of
    `/v1/changes`. One that is not kept any more, or was never given out, answers 410:
    list `/v1/advance/articles` anew, and ask without `after`.
    """
    api_url = request.app.state.settings.api_url
    extent = reading.extent(session, ADVANCE)
    after = extent.floor if query.after is None else query.after
    if not extent.floor <= after <= extent.head:
        raise PositionGone(
            f"Take {api_url}/v1/advance/articles, and ask from the start."
        )
    limit = query.limit + 1
    found = reading.after(session, after, upto=extent.head, limit=limit, stream=ADVANCE)
    rows = [LogRow.of(row) for row in found]
    batch = Batch.cut(rows, query.limit, end=extent.head, position=extent.head)
    written = [writing.advance_row(row, api_url=api_url) for row in batch.rows]
    content, more = pages.written(request, batch, written, after=after)
    return Response(content, headers=FOR_ONE | more)
