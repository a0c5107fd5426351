"""Making and replacing menus."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.authors.models import Author
from app.newsroom.identity import Named
from app.newsroom.menus import views
from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import (
    MenuItemWrite,
    MenuWrite,
    StoredMenuItem,
    TargetKind,
)
from app.newsroom.sections.models import Section
from app.newsroom.tags.models import Tag


def put(
    session: Session, key: str, data: MenuWrite, *, now: datetime
) -> tuple[Menu, bool]:
    """Make this the menu of that key; also says whether it is a new one."""
    resolved = [
        _resolved(session, item, f"/items/{place}")
        for place, item in enumerate(data.items)
    ]
    items = [item.model_dump(mode="json") for item in resolved]
    menu = find_for_update(session, key)
    is_new = menu is None
    if menu is None:
        menu = Menu(key=key, items=items, version=1, created_at=now, updated_at=now)
        session.add(menu)
    elif menu.items != items:
        menu.items = items
        menu.touch(now)
    session.flush()
    return menu, is_new


def lead_elsewhere(
    session: Session, old: UUID, new: UUID, *, now: datetime
) -> list[Menu]:
    """Let every entry that leads to one thing lead to another; answers the menus."""
    changed = []
    for key in views.leading_to(session, old):
        menu = find_for_update(session, key)
        if menu is not None:
            items = [_leading(item, old, new) for item in views.stored(menu)]
            menu.items = [item.model_dump(mode="json") for item in items]
            menu.touch(now)
            changed.append(menu)
    session.flush()
    return changed


def find_for_update(session: Session, key: str) -> Menu | None:
    """Find a menu and keep others from changing it until the commit."""
    return session.scalar(
        select(Menu)
        .where(Menu.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _leading(item: StoredMenuItem, old: UUID, new: UUID) -> StoredMenuItem:
    return item.model_copy(
        update={
            "id": new if item.id == old else item.id,
            "items": [_leading(child, old, new) for child in item.items],
        }
    )


def _resolved(session: Session, item: MenuItemWrite, pointer: str) -> StoredMenuItem:
    target = _target(session, item, pointer)
    return StoredMenuItem(
        label=item.label,
        url=item.url,
        kind=target[0] if target else None,
        id=target[1].id if target else None,
        items=[
            _resolved(session, child, f"{pointer}/items/{place}")
            for place, child in enumerate(item.items)
        ],
    )


def _target(
    session: Session, item: MenuItemWrite, pointer: str
) -> tuple[TargetKind, Named] | None:
    written: list[tuple[TargetKind, type[Named], str | None]] = [
        ("section", Section, item.section),
        ("article", Article, item.article),
        ("tag", Tag, item.tag),
        ("author", Author, item.author),
    ]
    for kind, table, ref in written:
        if ref is not None:
            row = references.resolve(session, table, ref, pointer=f"{pointer}/{kind}")
            return kind, row
    return None
