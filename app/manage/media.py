"""`/manage/v1/media`."""

from fastapi import APIRouter, Request, Response

from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.preconditions import IfMatch
from app.kit.schemas import Page
from app.manage import answers
from app.manage.answers import Ref
from app.manage.desks import EditorDesk, ReporterDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom import references
from app.newsroom.media import finding, views
from app.newsroom.media.models import Media
from app.newsroom.media.schemas import MediaCreate, MediaDetail, MediaUpdate
from app.publishing.reference import media

router = APIRouter(prefix="/media", tags=["media"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_media(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    desk: ReporterDesk,
    paging: PageQuery,
) -> Page[MediaDetail]:
    """List all media assets, latest change first."""
    part = paginate(
        session,
        finding.all_media(),
        by=(Media.updated_at, Media.id),
        key=lambda asset: (asset.updated_at, asset.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(lambda asset: views.detail(asset, desk.site.api_url))
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_media(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: MediaCreate,
) -> MediaDetail:
    """Make a media asset. Readers see it once an article shows it, or if listed."""
    asset = media.create(session, data, desk)
    shown = views.detail(asset, desk.site.api_url)
    return answers.created(
        request, response, shown, ref=str(asset.id), version=asset.version
    )


@router.get("/{asset}", responses=answers.EVERY | answers.READ)
def get_media(
    response: Response, session: PrimaryReadSession, desk: ReporterDesk, asset: Ref
) -> MediaDetail:
    """Read a media asset by id."""
    row = references.get(session, Media, asset)
    shown = views.detail(row, desk.site.api_url)
    return answers.one(response, shown, version=row.version)


@router.patch("/{asset}", responses=answers.EVERY | answers.CHANGE)
def update_media(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    asset: Ref,
    change: MediaUpdate,
    if_match: IfMatch,
) -> MediaDetail:
    """Change a media asset, wherever it is shown."""
    row = references.get_for_update(session, Media, asset)
    if_match.check(row.version)
    media.update(session, row, change, desk)
    shown = views.detail(row, desk.site.api_url)
    return answers.one(response, shown, version=row.version)


@router.delete("/{asset}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_media(
    session: WriteSession, desk: EditorDesk, asset: Ref, if_match: IfMatch
) -> None:
    """Delete an asset that nothing shows; else 409 names what does."""
    row = references.get_for_update(session, Media, asset)
    if_match.check(row.version)
    media.delete(session, row, desk)
