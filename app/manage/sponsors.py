"""`/manage/v1/sponsors`."""

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
from app.newsroom.sponsors import finding
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.sponsors.schemas import SponsorCreate, SponsorDetail, SponsorUpdate
from app.publishing.reference import sponsors

router = APIRouter(prefix="/sponsors", tags=["sponsors"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_sponsors(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[SponsorDetail]:
    """List all sponsors, latest change first."""
    part = paginate(
        session,
        finding.all_sponsors(),
        by=(Sponsor.updated_at, Sponsor.id),
        key=lambda sponsor: (sponsor.updated_at, sponsor.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(SponsorDetail.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_sponsor(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: SponsorCreate,
) -> SponsorDetail:
    """Make a sponsor. Readers are told of it on what it pays for."""
    sponsor = sponsors.create(session, data, desk)
    shown = SponsorDetail.model_validate(sponsor)
    return answers.created(
        request, response, shown, ref=str(sponsor.id), version=sponsor.version
    )


@router.get("/{sponsor}", responses=answers.EVERY | answers.READ)
def get_sponsor(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, sponsor: Ref
) -> SponsorDetail:
    """Read a sponsor by id or key."""
    row = references.get(session, Sponsor, sponsor)
    return answers.one(response, SponsorDetail.model_validate(row), version=row.version)


@router.patch("/{sponsor}", responses=answers.EVERY | answers.CHANGE)
def update_sponsor(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    sponsor: Ref,
    change: SponsorUpdate,
    if_match: IfMatch,
) -> SponsorDetail:
    """Change a sponsor, wherever readers are told of it."""
    row = references.get_for_update(session, Sponsor, sponsor)
    if_match.check(row.version)
    sponsors.update(session, row, change, desk)
    return answers.one(response, SponsorDetail.model_validate(row), version=row.version)


@router.delete("/{sponsor}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_sponsor(
    session: WriteSession, _desk: EditorDesk, sponsor: Ref, if_match: IfMatch
) -> None:
    """Delete a sponsor that nothing names; else 409 says what does."""
    row = references.get_for_update(session, Sponsor, sponsor)
    if_match.check(row.version)
    sponsors.delete(session, row)
