"""Saving authors. A new name reaches the articles that carry it by a refresh."""

from sqlalchemy.orm import Session

from app.delivery.store import documents
from app.delivery.store.facets import FacetValue
from app.newsroom import merging
from app.newsroom.authors import editing
from app.newsroom.authors.models import Author
from app.newsroom.authors.schemas import AuthorCreate, AuthorUpdate
from app.newsroom.fronts import editing as front_editing
from app.newsroom.media.models import Media
from app.newsroom.menus import editing as menu_editing
from app.publishing import opening, refreshing, showing, usage
from app.publishing.desk import Desk
from app.publishing.reference import fronts, menus
from app.publishing.rendering import authors as rendering


def create(session: Session, data: AuthorCreate, desk: Desk) -> Author:
    """Make an author; readers see them when listed, or once an article names them."""
    author = editing.create(session, data, now=desk.now)
    if author.is_listed:
        show(session, author, desk)
    return author


def update(
    session: Session, author: Author, change: AuthorUpdate, desk: Desk
) -> Author:
    """Change an author, and every public byline after it."""
    before = rendering.reference(author, _portrait(session, author), desk.site)
    editing.update(session, author, change, now=desk.now)
    if author.is_listed or documents.find(session, author.id):
        show(session, author, desk)
    after = rendering.reference(author, _portrait(session, author), desk.site)
    if after != before:
        refreshing.request(session, facet(author), now=desk.now)
    return author


def delete(session: Session, author: Author, desk: Desk) -> None:
    """Delete an author whom no article names."""
    usage.check_unused(session, author.id)
    merging.forget(session, author)
    session.delete(author)
    showing.hide(session, "author", author.id, desk=desk)
    if author.portrait_id is not None:
        opening.close_unused(session, [author.portrait_id], desk)


def merge(session: Session, author: Author, into: Author, desk: Desk) -> Author:
    """Let an author become another one, wherever it is named.

    The other becomes public if this one was. Articles follow in the background.
    """
    merging.merge(session, author, into, now=desk.now)
    portrait, author.portrait_id = author.portrait_id, None
    if documents.find(session, author.id) is not None:
        showing.merge(session, facet(author), author, into=into.id, desk=desk)
        show(session, into, desk)
    for menu in menu_editing.lead_elsewhere(session, author.id, into.id, now=desk.now):
        menus.show(session, menu, desk)
    for front in front_editing.rename(session, author.id, into.id, now=desk.now):
        fronts.show(session, front, desk)
    if portrait is not None:
        opening.close_unused(session, [portrait], desk)
    return author


def show(session: Session, author: Author, desk: Desk) -> None:
    """Give readers the author as saved, and the portrait with them."""
    # Shared, so that nobody closes the portrait before this author is seen to show it.
    portrait = _portrait(session, author, lock=True)
    made = rendering.render(author, portrait, desk.site)
    showing.show(session, made, version=author.version, desk=desk)
    if portrait is not None and documents.find(session, portrait.id) is None:
        opening.show(session, portrait, desk)


def _portrait(session: Session, author: Author, *, lock: bool = False) -> Media | None:
    if author.portrait_id is None:
        return None
    shared = {"read": True} if lock else None
    return session.get(Media, author.portrait_id, with_for_update=shared)


def facet(author: Author) -> FacetValue:
    """The list of articles that name this author."""
    return FacetValue("author", str(author.id))
