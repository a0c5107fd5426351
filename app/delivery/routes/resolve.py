"""`/v1/resolve`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery.pages import resolving
from app.delivery.pages.resolving import PathQuery
from app.delivery.schemas.resolve import Resolution
from app.kit.db import ReadSession

router = APIRouter(prefix="/resolve", tags=["resolve"])


@router.get("", response_model=Resolution)
def resolve_path(request: Request, session: ReadSession, query: PathQuery) -> Response:
    """Say what lives at a path of the site, so that a frontend can route by it.

    Always 200; `http_status` is what the frontend should answer. With `include` all
    that the page shows comes in the same answer, under one ETag.
    """
    return resolving.resolve(request, session, query)
