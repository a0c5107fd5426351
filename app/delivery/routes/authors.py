"""`/v1/authors`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import resources
from app.delivery.answers import MOVED
from app.delivery.resources import PageOfAll, Ref
from app.delivery.schemas.authors import AuthorProfile
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/authors", tags=["authors"])


@router.get("", response_model=Page[AuthorProfile])
def list_authors(request: Request, session: ReadSession, page: PageOfAll) -> Response:
    """List the authors whom any article has named, by name."""
    return resources.list_all(request, session, "author", page)


@router.get(
    "/{author}",
    response_model=AuthorProfile,
    responses=responses(NotFound, Gone) | MOVED,
)
def get_author(request: Request, session: ReadSession, author: Ref) -> Response:
    """Read an author's profile by id or slug; an old slug answers 308."""
    return resources.get(request, session, "author", author)
