"""`/v1/sections`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import sections
from app.delivery.answers import MOVED
from app.delivery.resources import Ref
from app.delivery.schemas.sections import SectionList, SectionPage
from app.delivery.sections import SectionViewQuery
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, responses

router = APIRouter(prefix="/sections", tags=["sections"])


@router.get("", response_model=SectionList)
def list_sections(
    request: Request, session: ReadSession, view: SectionViewQuery
) -> Response:
    """Read all sections as a tree, or with `flat=true` as one list.

    Always one page: a newspaper's sections are few. The flat list has no `children`.
    """
    return sections.list_all(request, session, view)


@router.get(
    "/{section:path}",
    response_model=SectionPage,
    responses=responses(NotFound, Gone) | MOVED,
)
def get_section(request: Request, session: ReadSession, section: Ref) -> Response:
    """Read one section by id or path, with its children and breadcrumbs."""
    return sections.get(request, session, section)
