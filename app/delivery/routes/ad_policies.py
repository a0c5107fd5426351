"""`/v1/ad-policies`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import resources
from app.delivery.answers import MOVED
from app.delivery.resources import PageOfAll, Ref
from app.delivery.schemas.ad_policies import AdPolicyProfile
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/ad-policies", tags=["ads"])


@router.get("", response_model=Page[AdPolicyProfile])
def list_ad_policies(
    request: Request, session: ReadSession, page: PageOfAll
) -> Response:
    """List the rules by which advertisements get their places, by name."""
    return resources.list_all(request, session, "ad_policy", page)


@router.get(
    "/{policy}", response_model=AdPolicyProfile, responses=responses(NotFound) | MOVED
)
def get_ad_policy(request: Request, session: ReadSession, policy: Ref) -> Response:
    """Read an ad policy by key or id; an old key answers 308."""
    return resources.get(request, session, "ad_policy", policy)
