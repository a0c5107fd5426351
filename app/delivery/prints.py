"""The answers about prints: the bytes of public pictures, which never change.

A print answers as long as its picture is public. A browser may keep it for ever; a
cache in front of us keeps it as long as any other answer, so that a picture that was
taken back is gone from there as soon as its story.
"""

from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.reading import SHORT_LIVED
from app.delivery.store import keys, pictures
from app.kit.db import Database
from app.kit.errors import NotFound
from app.pictures import sizes
from app.pictures.sizes import Original
from app.pictures.studio import Studio

# Should a browser ever take a picture for a page, it is one that can do nothing.
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


async def get(request: Request, media: str, file: str) -> Response:
    """Answer with a print; what is no print of a public picture is not there."""
    media_id, name = reading.parse_id(media), sizes.parse(file)
    if media_id is None or name is None:
        raise NotFound(headers=SHORT_LIVED)
    database: Database = request.app.state.database
    studio: Studio = request.app.state.studio
    found, position = await database.in_turn(lambda session: _find(session, media_id))
    content = await studio.prints.get(found, name) if found else None
    if content is None:
        raise NotFound(headers=SHORT_LIVED)
    headers = {
        "ETag": f'"{name.digest}-{name.ending}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "CDN-Cache-Control": answers.shared(request),
        "Broadsheet-Position": str(position),
        **answers.named([keys.resource("media", media_id)]),
        **_HARMLESS,
    }
    return Response(content, media_type=name.mime_type, headers=headers)


def _find(session: Session, media_id: UUID) -> tuple[Original | None, int]:
    position = reading.position(session)
    return pictures.find(session, media_id), position
