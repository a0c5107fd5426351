"""`/v1/media`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import resources
from app.delivery.resources import Ref
from app.delivery.schemas.media import MediaAsset
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, responses

router = APIRouter(prefix="/media", tags=["media"])


@router.get("/{media}", response_model=MediaAsset, responses=responses(NotFound, Gone))
def get_media(request: Request, session: ReadSession, media: Ref) -> Response:
    """Read a picture or recording by id, with its renditions and rights.

    Public are those that a released article shows, or that are listed.
    """
    return resources.get(request, session, "media", media)
