"""Receiving the bytes of a picture: into a temporary file, as they come."""

import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from anyio import WouldBlock
from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.kit.db import Database, PrimaryReadSession
from app.kit.errors import (
    BadRequest,
    TooLarge,
    Unavailable,
    UnsupportedMediaType,
    responses,
)
from app.kit.intake import content_length
from app.pictures.darkroom import RETRY, ImageTooLarge, NotAnImage
from app.pictures.studio import Received, Studio, Upload
from app.publishing.reference import uploads

STREAMED = re.compile(r"/manage/v1/(uploads|media/[^/]+/file)")
"""Where a picture is sent to."""

TYPES = ("image/jpeg", "image/png", "image/webp", "image/avif", "image/gif")

_BYTES: dict[str, object] = {"schema": {"type": "string", "format": "binary"}}

BODY: dict[str, object] = {
    "requestBody": {"required": True, "content": dict.fromkeys(TYPES, _BYTES)}
}
"""What an operation takes, for its OpenAPI entry: FastAPI sees no raw bodies."""

REFUSALS = responses(
    BadRequest, TooLarge, UnsupportedMediaType, NotAnImage, ImageTooLarge
)


def studio_of(request: Request) -> Studio:
    """Find where this application works with pictures."""
    studio: Studio = request.app.state.studio
    return studio


@asynccontextmanager
async def turn_at(studio: Studio) -> AsyncIterator[None]:
    """Let only so many editors be at work with pictures at once."""
    try:
        studio.turns.acquire_nowait()
    except WouldBlock:
        raise Unavailable("Too many pictures are under way.", headers=RETRY) from None
    try:
        yield
    finally:
        studio.turns.release()


async def _receive(
    request: Request, session: PrimaryReadSession
) -> AsyncIterator[Received]:
    """Take the body as it comes: a picture may take a while."""
    _check_headers(request)
    limit: int = request.app.state.settings.media_bytes
    if content_length(request.headers) > limit:
        raise _too_large(limit)
    # The caller is known; a connection to the database need not wait with them.
    await run_in_threadpool(session.close)
    async with turn_at(studio_of(request)):
        with tempfile.TemporaryDirectory(prefix="broadsheet-") as folder:
            received = await _spool(request, Path(folder) / "body", limit)
            # For whoever wants to know whether the same was sent before.
            request.state.body_digest = bytes.fromhex(received.sha256)
            yield received


Body = Annotated[Received, Depends(_receive, scope="function")]


def _take_in(request: Request, received: Body) -> Upload:
    database: Database = request.app.state.database
    return uploads.take_in(database, studio_of(request), received)


Picture = Annotated[Upload, Depends(_take_in)]
"""The picture that was sent, proved and stored.

Declared after the desk, since nobody else is listened to, and before the session: it
takes its time, and writes for itself.
"""


async def _spool(request: Request, path: Path, limit: int) -> Received:
    digest, size = sha256(), 0
    with path.open("wb") as file:
        try:
            async for piece in request.stream():
                size += len(piece)
                if size > limit:
                    raise _too_large(limit)
                digest.update(piece)
                file.write(piece)
        except ClientDisconnect:
            raise BadRequest("The body ended before it was whole.") from None
    return Received(path=path, sha256=digest.hexdigest(), size=size)


def _check_headers(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        raise UnsupportedMediaType(f"Send a picture: {', '.join(TYPES)}.")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body without a content coding.")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"A picture has at most {limit} bytes.")
