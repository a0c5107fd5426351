"""A menu as editors see it, and who it leads to."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import (
    MenuDetail,
    MenuItemDetail,
    StoredMenuItem,
    TargetKind,
)


def stored(menu: Menu) -> list[StoredMenuItem]:
    """Read the entries of a menu."""
    return [StoredMenuItem.model_validate(item) for item in menu.items]


def detail(menu: Menu) -> MenuDetail:
    """Show a menu the way it is written."""
    return MenuDetail(
        id=menu.id,
        version=menu.version,
        key=menu.key,
        items=[_item(entry) for entry in stored(menu)],
        created_at=menu.created_at,
        updated_at=menu.updated_at,
    )


def leading_to(session: Session, resource_id: UUID) -> list[str]:
    """Name the menus with an entry that leads to this resource."""
    menus = session.scalars(select(Menu).order_by(Menu.key))
    return [menu.key for menu in menus if resource_id in _targets(stored(menu))]


def _item(entry: StoredMenuItem) -> MenuItemDetail:
    def target(kind: TargetKind) -> UUID | None:
        return entry.id if entry.kind == kind else None

    return MenuItemDetail(
        label=entry.label,
        url=entry.url,
        section=target("section"),
        article=target("article"),
        tag=target("tag"),
        author=target("author"),
        items=[_item(child) for child in entry.items],
    )


def _targets(entries: list[StoredMenuItem]) -> Iterator[UUID]:
    for entry in entries:
        if entry.id is not None:
            yield entry.id
        yield from _targets(entry.items)
