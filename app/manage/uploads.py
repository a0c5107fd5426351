"""`/manage/v1/uploads` and `/media/{id}/file`: the bytes of pictures, in and out."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.errors import NotFound, Unavailable
from app.kit.preconditions import IfMatch, IfMatchVersion
from app.manage import answers, receiving
from app.manage.answers import Ref
from app.manage.desks import EditorDesk, ReporterDesk
from app.manage.receiving import BODY, REFUSALS, Picture
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom import references
from app.newsroom.media import views
from app.newsroom.media.models import Media
from app.newsroom.media.schemas import MediaDetail
from app.pictures.prints import ORIGINAL
from app.pictures.sizes import LISTED, MIME_TYPES, SIZES, Original, file_name
from app.publishing.reference import uploads

router = APIRouter(tags=["media"], route_class=OnceRoute)

_BYTES: dict[str, object] = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[str, object] = {"content": dict.fromkeys(receiving.TYPES, _BYTES)}
_PRINT: dict[str, object] = {"content": {MIME_TYPES[LISTED]: _BYTES}}


@dataclass(frozen=True)
class Target:
    """The asset that another file is for, and the version that its sender has read."""

    picture: str
    if_match: IfMatchVersion

    def lock(self, session: Session) -> Media:
        """Get the asset, unless somebody was faster, and keep others from it."""
        row = references.get_for_update(session, Media, self.picture)
        self.if_match.check(row.version)
        return row


def _target(session: PrimaryReadSession, picture: Ref, if_match: IfMatch) -> Target:
    """Refuse a file for another version before it is sent, and not only after."""
    if_match.check(references.get(session, Media, picture).version)
    return Target(picture, if_match)


@router.post(
    "/uploads",
    status_code=201,
    responses=answers.EVERY | answers.CREATE | REFUSALS,
    openapi_extra=BODY,
)
def upload_media(
    response: Response,
    desk: EditorDesk,
    file: Picture,
    session: OnceSession,
) -> MediaDetail:
    """Make an asset of a picture: the body is its bytes, of whatever type they are.

    They are decoded to the last pixel before the answer; what is no picture, or is
    something else besides, is refused. Describe it with PATCH, and show it in an
    article: until one is released, nobody gets it.
    """
    asset = uploads.create(session, file, desk)
    shown = views.detail(asset, desk.site.api_url)
    base = f"{desk.site.api_url}/manage/v1/media"
    response.headers["Location"] = f"{base}/{asset.id}"
    return answers.one(response, shown, version=asset.version)


@router.put(
    "/media/{picture}/file",
    responses=answers.EVERY | answers.CHANGE | REFUSALS,
    openapi_extra=BODY,
)
def replace_media_file(
    response: Response,
    desk: EditorDesk,
    target: Annotated[Target, Depends(_target)],
    file: Picture,
    session: WriteSession,
) -> MediaDetail:
    """Give an asset another file, and keep what is said of it.

    Stories get the new one at once. The old one is gone, with all that was made
    from it: there may be a face in it that should not be there.
    """
    row = uploads.replace(session, target.lock(session), file, desk)
    shown = views.detail(row, desk.site.api_url)
    return answers.one(response, shown, version=row.version)


@router.get(
    "/media/{picture}/file",
    response_class=Response,
    responses={200: _FILE, **answers.EVERY, **answers.READ},
)
async def get_media_file(
    request: Request, session: PrimaryReadSession, _desk: ReporterDesk, picture: Ref
) -> Response:
    """Read the bytes that were uploaded, with all that the camera wrote in them."""
    original, kind = await run_in_threadpool(_original, session, picture)
    studio = receiving.studio_of(request)
    async with receiving.turn_at(studio):
        key = f"{original.folder}/{ORIGINAL}"
        content = await run_in_threadpool(studio.storage.get, key)
    return _bytes(content, kind)


@router.get(
    "/media/{picture}/renditions/{name}",
    response_class=Response,
    responses={200: _PRINT, **answers.EVERY, **answers.READ},
)
async def get_media_rendition(
    request: Request,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    picture: Ref,
    name: Annotated[str, Path(description="A size, such as `thumb`.")],
) -> Response:
    """Read an uploaded picture in a size, whether readers have it yet or not."""
    original, _ = await run_in_threadpool(_original, session, picture)
    size = SIZES.get(name)
    if size is None:
        raise NotFound
    studio = receiving.studio_of(request)
    async with receiving.turn_at(studio):
        print_name = file_name(original, size, LISTED)
        content = await studio.prints.get(original, print_name)
    return _bytes(content, print_name.mime_type)


def _original(session: Session, picture: str) -> tuple[Original, str]:
    """Find an uploaded file, and let go of the database: the rest takes a while."""
    row = references.get(session, Media, picture)
    original, kind = row.original, row.mime_type
    session.close()
    if original is None or kind is None:
        raise NotFound("Its file lies elsewhere.")
    return original, kind


def _bytes(content: bytes | None, kind: str) -> Response:
    if content is None:
        raise Unavailable("The file is not where it should be.")
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)
