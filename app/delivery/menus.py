"""Menus as readers get them: what an item leads to is looked up on reading.

A stored menu names resources by their ids only. So a moved section, or a killed
article, needs nothing done to the menus that lead there.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.answers import ListPage
from app.delivery.schemas.menus import MenuItem, MenuProfile
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.kit.pages import Paging, paginate, query_digest

Paths = Mapping[UUID, str]


def get(request: Request, session: Session, ref: str) -> Response:
    """Answer with one menu."""
    found = reading.get(session, "menu", ref)
    menu = MenuProfile.model_validate_json(found.content)
    site_url = request.app.state.settings.site_url
    [filled], named = fill(session, [menu], site_url=site_url)
    content = filled.model_dump_json().encode()
    return answers.answer(
        request,
        content,
        position=found.position,
        keys=[keys.resource("menu", found.id), *named],
    )


def list_all(request: Request, session: Session, paging: Paging) -> Response:
    """Answer with a page of menus, latest change first."""
    position = reading.position(session)
    part = paginate(
        session,
        select(Document).where(Document.kind == "menu"),
        by=(Document.changed_at, Document.id),
        key=lambda document: (document.changed_at, document.id),
        paging=paging,
        digest=query_digest(request),
    )
    menus = [MenuProfile.model_validate_json(row.detail) for row in part.rows]
    site_url = request.app.state.settings.site_url
    filled, named = fill(session, menus, site_url=site_url)
    items = [menu.model_dump_json().encode() for menu in filled]
    return answers.listing(
        request,
        ListPage(items, part.next, paging.limit),
        keys=[keys.collection("menu"), *named],
        position=position,
    )


def every(session: Session, *, site_url: str) -> tuple[list[MenuProfile], list[str]]:
    """Read all menus, by key, and the keys that they depend on."""
    details = session.scalars(
        select(Document.detail).where(Document.kind == "menu").order_by(Document.key)
    )
    menus = [MenuProfile.model_validate_json(detail) for detail in details]
    filled, named = fill(session, menus, site_url=site_url)
    return filled, [keys.collection("menu"), *named]


def fill(
    session: Session, menus: Sequence[MenuProfile], *, site_url: str
) -> tuple[list[MenuProfile], list[str]]:
    """Give items their addresses, and answer the keys that these depend on.

    An item whose target readers cannot get is dropped, with its id; where
    something is left below it, it stays as a heading.
    """
    targets = {pair for menu in menus for pair in _targets(menu.items)}
    paths = _live_paths(session, [resource_id for _, resource_id in targets])
    urls = {resource_id: f"{site_url}{path}" for resource_id, path in paths.items()}
    filled = [
        menu.model_copy(update={"items": filled_items(menu.items, urls)})
        for menu in menus
    ]
    return filled, keys.shown(targets, paths)


def filled_items(items: Sequence[MenuItem], urls: Mapping[UUID, str]) -> list[MenuItem]:
    """Fill the items whose targets have an address; drop or empty the others."""
    filled = (_filled(item, urls) for item in items)
    return [item for item in filled if item is not None]


def _filled(item: MenuItem, urls: Mapping[UUID, str]) -> MenuItem | None:
    below = filled_items(item.items, urls)
    if item.id is None:
        return item.model_copy(update={"items": below})
    url = urls.get(item.id)
    if url is not None:
        return item.model_copy(update={"url": url, "items": below})
    if not below:
        return None
    return MenuItem(label=item.label, url=None, kind=None, id=None, items=below)


def _targets(items: Sequence[MenuItem]) -> Iterator[tuple[str, UUID]]:
    for item in items:
        if item.kind is not None and item.id is not None:
            yield item.kind, item.id
        yield from _targets(item.items)


def _live_paths(session: Session, resource_ids: Sequence[UUID]) -> Paths:
    rows = session.execute(
        select(Document.id, Document.path).where(Document.id.in_(resource_ids))
    )
    return {resource_id: path for resource_id, path in rows if path is not None}
