"""`/v1/snapshot`: everything that is public, as it was at one position, line by line.

All of it is read in one transaction, a batch at a time, and no faster than the
client takes it. So it fits into memory whatever the newspaper's size, and says
nothing that was not true together.
"""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

import orjson
from anyio import CancelScope
from fastapi import Request
from sqlalchemy.orm import Session
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.changes import reading as log_reading
from app.delivery.pages import copies
from app.delivery.reading import Stored
from app.feeds.log import answering, asking, writing
from app.feeds.log.answering import Flow, while_connected
from app.feeds.log.asking import KINDS, SnapshotFilters
from app.feeds.log.following import Log
from app.kit import codings

MEDIA_TYPE = "application/x-ndjson"
BATCH = 100
PIECE_BYTES = 65_536
LONGEST_SECONDS = 1_800


class Lines(Response):
    """An answer that is one JSON value a line."""

    media_type = MEDIA_TYPE


class Copy(Lines):
    """An answer with a line for each public resource, and a last one that counts."""

    def __init__(self, request: Request, query: SnapshotFilters):
        super().__init__()
        self._kinds = asking.kinds(query.kinds) or KINDS
        self._request = request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        log = Log.of(self._request)
        async with while_connected(receive), _opened(log) as transaction:
            extent = await run_in_threadpool(log_reading.extent, transaction)
            accepted = self._request.headers.get("accept-encoding", "")
            coding = codings.negotiate(accepted, codings.STREAMED)
            headers = answering.headers(self._request, extent.head)
            headers["Content-Type"] = MEDIA_TYPE
            if coding != codings.IDENTITY:
                headers["Content-Encoding"] = coding
            lines = _lines(transaction, extent.head, self._kinds, log)
            paced = _paced(log, _encoded(lines, coding))
            await Flow(paced, headers)(scope, receive, send)


@asynccontextmanager
async def _opened(log: Log) -> AsyncIterator[Session]:
    """Take a turn and a transaction, and give both back whatever happens."""
    with log.database.turn_aside():
        database = log.database
        behind_none = log.reads_primary
        session = (
            database.primary_session() if behind_none else database.aside_session()
        )
        try:
            yield session
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(session.close)


async def _paced(log: Log, batches: Iterator[bytes]) -> AsyncGenerator[bytes]:
    """Hand on what a thread makes, in pieces; what takes too long is broken off."""
    end = time.monotonic() + LONGEST_SECONDS
    async for batch in iterate_in_threadpool(batches):
        for begin in range(0, len(batch), PIECE_BYTES):
            yield batch[begin : begin + PIECE_BYTES]
        if log.watcher.is_draining or time.monotonic() > end:
            raise TimeoutError


def _encoded(lines: Iterator[bytes], coding: str) -> Iterator[bytes]:
    encoding = codings.stream(coding)
    for some in lines:
        yield encoding.part(some)
    yield encoding.end()


def _lines(
    session: Session, position: int, kinds: Sequence[str], log: Log
) -> Iterator[bytes]:
    """Write line after line, many at once."""
    changes = f"{log.api_url}/v1/changes?after={position}"
    yield _line({"type": "snapshot", "position": position, "changes": changes})
    count = 0
    for kind in kinds:
        key = ""
        while found := copies.batch(
            session, kind, after=key, limit=BATCH, site_url=log.site_url
        ):
            yield b"".join(_document(kind, each, log.api_url) for each in found)
            count += len(found)
            key = found[-1].key
    yield _line({"type": "end", "documents": count})


def _document(kind: str, stored: Stored, api_url: str) -> bytes:
    """Write the line of a resource around its stored bytes."""
    about = _line(
        {
            "type": "document",
            "position": stored.position,
            "kind": kind,
            "id": stored.id,
            "version": stored.version,
            "path": stored.path,
            "href": writing.href(api_url, kind, stored.id),
        }
    )
    return writing.with_document(about[:-1], stored.detail) + b"\n"


def _line(content: dict[str, object]) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)
