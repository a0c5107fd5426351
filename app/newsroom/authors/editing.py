"""Making and changing authors."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import patches
from app.newsroom import references, slugs
from app.newsroom.authors.models import Author
from app.newsroom.authors.schemas import AuthorCreate, AuthorUpdate
from app.newsroom.media.models import Media


def create(session: Session, data: AuthorCreate, *, now: datetime) -> Author:
    """Make an author."""
    author = Author(version=1, created_at=now, updated_at=now)
    author.slug = slugs.choose(
        session, data.slug, data.name, is_taken=lambda slug: _is_taken(session, slug)
    )
    _write(session, author, data)
    session.add(author)
    session.flush()
    return author


def update(
    session: Session, author: Author, change: AuthorUpdate, *, now: datetime
) -> Author:
    """Change an author."""
    before = _as_input(author)
    data = patches.merged(before, change)
    if data == before:
        return author
    if data.slug != author.slug:
        author.slug = slugs.choose(
            session,
            data.slug,
            data.name,
            is_taken=lambda slug: _is_taken(session, slug),
        )
    _write(session, author, data)
    author.touch(now)
    session.flush()
    return author


def _write(session: Session, author: Author, data: AuthorCreate) -> None:
    author.name = data.name
    author.role = data.role
    author.bio = data.bio
    author.email = data.email
    author.links = data.links
    author.is_listed = data.listed
    author.portrait_id = (
        references.resolve(session, Media, data.portrait, pointer="/portrait").id
        if data.portrait
        else None
    )


def _as_input(author: Author) -> AuthorCreate:
    return AuthorCreate(
        name=author.name,
        slug=author.slug,
        role=author.role,
        bio=author.bio,
        email=author.email,
        links=author.links,
        portrait=str(author.portrait_id) if author.portrait_id else None,
        listed=author.is_listed,
    )


def _is_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Author.id).where(Author.slug == slug)) is not None
