"""Saving media. What is changed in one reaches every story that shows it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.store import documents
from app.delivery.store.facets import FacetValue
from app.newsroom.authors.models import Author
from app.newsroom.media import editing
from app.newsroom.media.models import Media
from app.newsroom.media.schemas import MediaCreate, MediaUpdate
from app.publishing import opening, refreshing, usage
from app.publishing.desk import Desk
from app.publishing.reference import authors


def create(
    session: Session, data: MediaCreate, desk: Desk, *, media_id: UUID | None = None
) -> Media:
    """Make an asset; readers see it when listed, or once an article shows it."""
    media = editing.create(session, data, now=desk.now, media_id=media_id)
    if media.is_listed:
        opening.show(session, media, desk)
    return media


def update(session: Session, media: Media, change: MediaUpdate, desk: Desk) -> Media:
    """Change an asset, in stories, and in the profiles whose portrait it is."""
    was_listed = media.is_listed
    editing.update(session, media, change, now=desk.now)
    show_everywhere(session, media, desk)
    if was_listed and not media.is_listed:
        opening.close_unused(session, [media.id], desk)
    return media


def show_everywhere(session: Session, media: Media, desk: Desk) -> None:
    """Let what has changed of an asset reach all that readers see of it."""
    if media.is_listed or documents.find(session, media.id):
        opening.show(session, media, desk)
        refreshing.request(session, facet(media), now=desk.now)
    for author in _portrayed(session, media):
        if documents.find(session, author.id):
            authors.show(session, author, desk)
            refreshing.request(session, authors.facet(author), now=desk.now)


def delete(session: Session, media: Media, desk: Desk) -> None:
    """Delete an asset that no article and no author's profile shows."""
    usage.check_unused(session, media.id)
    usage.refuse(f"author {author.slug}" for author in _portrayed(session, media))
    opening.discard(session, media, desk)


def facet(media: Media) -> FacetValue:
    """Name the list of articles that show this asset."""
    return FacetValue("media", str(media.id))


def _portrayed(session: Session, media: Media) -> list[Author]:
    statement = select(Author).where(Author.portrait_id == media.id)
    return list(session.scalars(statement.order_by(Author.slug)))
