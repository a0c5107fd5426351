"""`/v1/tags`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import resources
from app.delivery.answers import MOVED
from app.delivery.resources import Ref, TagQuery
from app.delivery.schemas.tags import TagProfile
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/tags", tags=["tags"])


@router.get("", response_model=Page[TagProfile])
def list_tags(request: Request, session: ReadSession, query: TagQuery) -> Response:
    """List the tags that any article has had, by name."""
    return resources.list_tags(request, session, query)


@router.get(
    "/{tag}", response_model=TagProfile, responses=responses(NotFound, Gone) | MOVED
)
def get_tag(request: Request, session: ReadSession, tag: Ref) -> Response:
    """Read a tag by id or slug; an old slug answers 308."""
    return resources.get(request, session, "tag", tag)
