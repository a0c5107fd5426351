"""`/v1/changes`: a page of the log, at once or when something happens."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

import orjson
from fastapi import Request
from starlette.responses import Response

from app.changes.reading import LogRow
from app.delivery.pages import copies
from app.feeds.log import answering, asking, following, writing
from app.feeds.log.answering import Later
from app.feeds.log.asking import MOST_DOCUMENTS, ChangesFilters
from app.feeds.log.following import Batch, Kinds, Log
from app.kit import methods
from app.kit.pages import self_url, url_with


def answer(request: Request, query: ChangesFilters) -> Response:
    """Answer with a page of the log, when there is one or the wait is over."""
    kinds = asking.kinds(query.kinds)

    async def make() -> Response:
        log = Log.of(request)
        after = await following.floor(log) if query.after is None else query.after
        wait = 0 if methods.is_head(request) else query.wait
        with_documents = query.include == "documents"
        limit = min(query.limit, MOST_DOCUMENTS) if with_documents else query.limit
        batch = await _awaited(log, after, kinds, limit=limit, wait=wait)
        rows = [writing.row(row, api_url=log.api_url) for row in batch.rows]
        if with_documents:
            rows = await _with_documents(log, batch.rows, rows)
        content, more = written(request, batch, rows, after=after)
        headers = answering.headers(request, batch.position) | more
        return await answering.coded(request, content, headers)

    return Later(make)


async def _awaited(
    log: Log, after: int, kinds: Kinds, *, limit: int, wait: float
) -> Batch:
    """Take what comes after a position; wait for it, but no longer than that."""
    deadline = time.monotonic() + wait
    batch = await following.begin(log, after, kinds=kinds, limit=limit)
    while not batch.rows and not batch.has_more:
        left = deadline - time.monotonic()
        if left <= 0 or not await log.watcher.moved(batch.upto, within=left):
            break
        batch = await following.go_on(log, batch.upto, kinds=kinds, limit=limit)
    return batch


async def _with_documents(
    log: Log, rows: Sequence[LogRow], written: Sequence[bytes]
) -> list[bytes]:
    """Add to each row its resource as it is now."""
    ids = {row.resource_id for row in rows}
    documents: Mapping[UUID, bytes] = {}
    if ids:
        documents = await log.look(
            partial(copies.details, ids=ids, site_url=log.site_url)
        )
    return [
        writing.with_document(text, documents.get(row.resource_id))
        for row, text in zip(rows, written, strict=True)
    ]


def written(
    request: Request, batch: Batch, rows: Sequence[bytes], *, after: int
) -> tuple[bytes, dict[str, str]]:
    """Write a page, and what its headers say of it."""
    following_url = url_with(request, "after", str(batch.upto))
    next_url = following_url if batch.has_more else None
    links = {"self": self_url(request), "next": next_url}
    meta = {"after": after, "upto": batch.upto}
    tail = orjson.dumps({"links": links, "meta": meta})
    content = b'{"data":[' + b",".join(rows) + b"]," + tail[1:]
    headers = {"Content-Type": "application/json"}
    if next_url:
        headers["Link"] = f'<{next_url}>; rel="next"'
    return content, headers
