"""`/v1/fronts`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import resources
from app.delivery.answers import MOVED
from app.delivery.fronts import answering
from app.delivery.fronts.answering import KIND, FrontViewQuery
from app.delivery.fronts.schemas import FrontPage, FrontSummary
from app.delivery.resources import PageOfAll, Ref
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/fronts", tags=["fronts"])


@router.get("", response_model=Page[FrontSummary])
def list_fronts(request: Request, session: ReadSession, page: PageOfAll) -> Response:
    """List the curated fronts, by title."""
    return resources.list_all(request, session, KIND, page)


@router.get(
    "/{front:path}",
    response_model=FrontPage,
    responses=responses(NotFound, Gone) | MOVED,
)
def get_front(
    request: Request, session: ReadSession, front: Ref, view: FrontViewQuery
) -> Response:
    """Read a front with all that stands on it: `home`, or by the path of a section.

    Where editors have made none the front makes itself: the newest stories, then the
    newest of each section below. No story is twice on a front.
    """
    return answering.get(request, session, front, view)
