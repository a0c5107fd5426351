"""Rendering a menu: ids only; delivery looks up where they lead."""

from app.delivery.schemas.menus import MenuItem, MenuProfile
from app.delivery.store.documents import Rendering
from app.newsroom.menus import views
from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import StoredMenuItem
from app.publishing.site import Site


def render(menu: Menu, site: Site) -> Rendering:
    """Render the document of a menu."""
    profile = MenuProfile(
        id=menu.id,
        version=menu.version,
        key=menu.key,
        items=[_item(item) for item in views.stored(menu)],
    )
    content = profile.model_dump_json().encode()
    return Rendering(
        id=menu.id,
        kind="menu",
        key=menu.key,
        label=menu.key,
        shape=site.shape,
        summary=content,
        detail=content,
    )


def _item(item: StoredMenuItem) -> MenuItem:
    return MenuItem(
        label=item.label,
        url=item.url,
        kind=item.kind,
        id=item.id,
        items=[_item(child) for child in item.items],
    )
