"""`/v1/menus`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery import menus
from app.delivery.resources import PageOfAll, Ref
from app.delivery.schemas.menus import MenuProfile
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/menus", tags=["menus"])


@router.get("", response_model=Page[MenuProfile])
def list_menus(request: Request, session: ReadSession, page: PageOfAll) -> Response:
    """List the navigation menus, latest change first."""
    return menus.list_all(request, session, page)


@router.get("/{menu}", response_model=MenuProfile, responses=responses(NotFound))
def get_menu(request: Request, session: ReadSession, menu: Ref) -> Response:
    """Read a navigation menu by key or id.

    Addresses are those of the moment. An item whose target is not public is left
    out; if it has items below it that are, it stays as a heading.
    """
    return menus.get(request, session, menu)
