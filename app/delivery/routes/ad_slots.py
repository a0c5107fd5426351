"""`/v1/ad-slots`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import resources
from app.delivery.answers import MOVED
from app.delivery.resources import PageOfAll, Ref
from app.delivery.schemas.ad_slots import AdSlotProfile
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/ad-slots", tags=["ads"])


@router.get("", response_model=Page[AdSlotProfile])
def list_ad_slots(request: Request, session: ReadSession, page: PageOfAll) -> Response:
    """List the catalogue of ad slots, by name.

    Those not in use at present are among them, with `is_active` false.
    """
    return resources.list_all(request, session, "ad_slot", page)


@router.get(
    "/{slot}", response_model=AdSlotProfile, responses=responses(NotFound) | MOVED
)
def get_ad_slot(request: Request, session: ReadSession, slot: Ref) -> Response:
    """Read an ad slot by key or id; an old key answers 308."""
    return resources.get(request, session, "ad_slot", slot)
