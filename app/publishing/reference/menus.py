"""Saving menus. Where their items lead is looked up when they are read."""

from sqlalchemy.orm import Session

from app.delivery.store import addresses
from app.newsroom.menus import editing
from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import MenuWrite
from app.publishing import showing
from app.publishing.desk import Desk
from app.publishing.rendering import menus as rendering


def put(session: Session, key: str, data: MenuWrite, desk: Desk) -> tuple[Menu, bool]:
    """Make this the menu of that key; also says whether it is a new one."""
    menu, is_new = editing.put(session, key, data, now=desk.now)
    show(session, menu, desk)
    return menu, is_new


def delete(session: Session, menu: Menu, desk: Desk) -> None:
    """Delete a menu; its key is free again."""
    session.delete(menu)
    showing.hide(session, "menu", menu.id, desk=desk)
    addresses.forget(session, menu.id)


def show(session: Session, menu: Menu, desk: Desk) -> None:
    """Give readers the menu as saved."""
    made = rendering.render(menu, desk.site)
    showing.show(session, made, version=menu.version, desk=desk)
