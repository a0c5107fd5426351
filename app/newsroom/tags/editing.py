"""Making and changing tags."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import patches
from app.newsroom import references, slugs
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags.models import Tag
from app.newsroom.tags.schemas import TagCreate, TagUpdate


def create(session: Session, data: TagCreate, *, now: datetime) -> Tag:
    """Make a tag."""
    tag = Tag(version=1, created_at=now, updated_at=now)
    tag.slug = slugs.choose(
        session, data.slug, data.name, is_taken=lambda slug: _is_taken(session, slug)
    )
    _write(session, tag, data)
    session.add(tag)
    session.flush()
    return tag


def update(session: Session, tag: Tag, change: TagUpdate, *, now: datetime) -> Tag:
    """Change a tag."""
    before = _as_input(tag)
    data = patches.merged(before, change)
    if data == before:
        return tag
    if data.slug != tag.slug:
        tag.slug = slugs.choose(
            session,
            data.slug,
            data.name,
            is_taken=lambda slug: _is_taken(session, slug),
        )
    _write(session, tag, data)
    tag.touch(now)
    session.flush()
    return tag


def _write(session: Session, tag: Tag, data: TagCreate) -> None:
    tag.name = data.name
    tag.kind = data.kind
    tag.description = data.description
    tag.iptc_code = data.iptc_code
    tag.iab_code = data.iab_code
    tag.is_listed = data.listed
    tag.sponsor_id = None
    if data.sponsor is not None:
        sponsor = references.resolve(session, Sponsor, data.sponsor, pointer="/sponsor")
        tag.sponsor_id = sponsor.id


def _as_input(tag: Tag) -> TagCreate:
    return TagCreate(
        name=tag.name,
        slug=tag.slug,
        kind=tag.kind,
        description=tag.description,
        iptc_code=tag.iptc_code,
        iab_code=tag.iab_code,
        listed=tag.is_listed,
        sponsor=str(tag.sponsor_id) if tag.sponsor_id else None,
    )


def _is_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Tag.id).where(Tag.slug == slug)) is not None
