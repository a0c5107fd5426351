"""Finding menus: the newsroom's own list."""

from sqlalchemy import Select, select

from app.newsroom.menus.models import Menu


def all_menus() -> Select[Menu]:
    """Select all menus there are."""
    return select(Menu)
