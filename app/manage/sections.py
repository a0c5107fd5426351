"""`/manage/v1/sections`."""

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
from app.newsroom.sections import editing, finding
from app.newsroom.sections.models import Section
from app.newsroom.sections.schemas import SectionCreate, SectionDetail, SectionUpdate
from app.publishing.reference import sections

router = APIRouter(prefix="/sections", tags=["sections"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_sections(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[SectionDetail]:
    """List all sections, latest change first."""
    part = paginate(
        session,
        finding.all_sections(),
        by=(Section.updated_at, Section.id),
        key=lambda section: (section.updated_at, section.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(SectionDetail.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_section(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: SectionCreate,
) -> SectionDetail:
    """Make a section, public at once."""
    section = sections.create(session, data, desk)
    shown = SectionDetail.model_validate(section)
    return answers.created(
        request, response, shown, ref=str(section.id), version=section.version
    )


@router.get("/{section:path}", responses=answers.EVERY | answers.READ)
def get_section(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, section: Ref
) -> SectionDetail:
    """Read a section by id or path."""
    row = references.get(session, Section, section)
    return answers.one(response, SectionDetail.model_validate(row), version=row.version)


@router.patch("/{section:path}", responses=answers.EVERY | answers.CHANGE)
def update_section(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    section: Ref,
    change: SectionUpdate,
    if_match: IfMatch,
) -> SectionDetail:
    """Change a section. A new slug or parent moves its subtree and leaves aliases."""
    row = editing.get_for_update(session, section)
    if_match.check(row.version)
    sections.update(session, row, change, desk)
    return answers.one(response, SectionDetail.model_validate(row), version=row.version)


@router.delete(
    "/{section:path}", status_code=204, responses=answers.EVERY | answers.DELETE
)
def delete_section(
    session: WriteSession, desk: EditorDesk, section: Ref, if_match: IfMatch
) -> None:
    """Delete a section that holds nothing; else 409 names what it holds."""
    row = editing.get_for_update(session, section)
    if_match.check(row.version)
    sections.delete(session, row, desk)
