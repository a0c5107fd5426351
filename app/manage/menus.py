"""`/manage/v1/menus`: made and replaced by PUT of their key."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.preconditions import IfMatch
from app.kit.schemas import Page
from app.kit.strings import Slug
from app.manage import answers, replacing
from app.manage.answers import Ref
from app.manage.desks import EditorDesk, ReporterDesk
from app.manage.replacing import IfMatchWhereKnown
from app.newsroom import references
from app.newsroom.menus import editing, finding, views
from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import MenuDetail, MenuWrite
from app.publishing.reference import menus

router = APIRouter(prefix="/menus", tags=["menus"])

MenuKey = Annotated[Slug, Path(description="What frontends call it, such as `main`.")]


@router.get("", responses=answers.EVERY)
def list_menus(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[MenuDetail]:
    """List all menus, latest change first."""
    part = paginate(
        session,
        finding.all_menus(),
        by=(Menu.updated_at, Menu.id),
        key=lambda menu: (menu.updated_at, menu.id),
        paging=paging,
        digest=query_digest(request),
    )
    return answers.page(request, response, part.map(views.detail), limit=paging.limit)


@router.get("/{menu}", responses=answers.EVERY | answers.READ)
def get_menu(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, menu: Ref
) -> MenuDetail:
    """Read a menu by id or key, the way it is written."""
    row = references.get(session, Menu, menu)
    return answers.one(response, views.detail(row), version=row.version)


@router.put(
    "/{menu}",
    responses=answers.EVERY | answers.CHANGE | {201: {"model": MenuDetail}},
)
def put_menu(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    menu: MenuKey,
    data: MenuWrite,
    if_match: IfMatchWhereKnown,
) -> MenuDetail:
    """Make a menu, or replace the one of this key, public at once.

    A new key takes no If-Match and answers 201; a known one needs it.
    """
    replacing.check(editing.find_for_update(session, menu), if_match)
    row, is_new = menus.put(session, menu, data, desk)
    if is_new:
        response.status_code = 201
    return answers.one(response, views.detail(row), version=row.version)


@router.delete("/{menu}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_menu(
    session: WriteSession, desk: EditorDesk, menu: Ref, if_match: IfMatch
) -> None:
    """Delete a menu."""
    row = references.get_for_update(session, Menu, menu)
    if_match.check(row.version)
    menus.delete(session, row, desk)
