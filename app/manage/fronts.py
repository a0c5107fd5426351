"""`/manage/v1/fronts`: made and replaced by PUT of their key."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.preconditions import IfMatch
from app.kit.schemas import Page
from app.manage import answers, replacing
from app.manage.answers import Ref
from app.manage.desks import EditorDesk, ReporterDesk
from app.manage.replacing import IfMatchWhereKnown
from app.newsroom import references
from app.newsroom.fronts import editing, finding
from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import FrontDetail, FrontWrite
from app.publishing.reference import fronts

router = APIRouter(prefix="/fronts", tags=["fronts"])

FrontKey = Annotated[str, Path(description="`home`, or the path of a section.")]


@router.get("", responses=answers.EVERY)
def list_fronts(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[FrontDetail]:
    """List all curated fronts, latest change first."""
    part = paginate(
        session,
        finding.all_fronts(),
        by=(Front.updated_at, Front.id),
        key=lambda front: (front.updated_at, front.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(FrontDetail.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.get("/{front:path}", responses=answers.EVERY | answers.READ)
def get_front(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, front: Ref
) -> FrontDetail:
    """Read a curated front by id or key, the way it is written."""
    row = references.get(session, Front, front)
    return answers.one(response, FrontDetail.model_validate(row), version=row.version)


@router.put(
    "/{front:path}",
    responses=answers.EVERY | answers.CHANGE | {201: {"model": FrontDetail}},
)
def put_front(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    front: FrontKey,
    data: FrontWrite,
    if_match: IfMatchWhereKnown,
) -> FrontDetail:
    """Make a front, or replace the one of this key, public at once.

    A new key takes no If-Match and answers 201; a known one needs it.
    """
    key = editing.key_of(session, front)
    replacing.check(finding.for_update(session, key), if_match)
    row, is_new = fronts.put(session, key, data, desk)
    if is_new:
        response.status_code = 201
    return answers.one(response, FrontDetail.model_validate(row), version=row.version)


@router.delete(
    "/{front:path}", status_code=204, responses=answers.EVERY | answers.DELETE
)
def delete_front(
    session: WriteSession, desk: EditorDesk, front: Ref, if_match: IfMatch
) -> None:
    """Delete a curated front; the page makes itself from then on."""
    row = references.get_for_update(session, Front, front)
    if_match.check(row.version)
    fronts.delete(session, row, desk)
