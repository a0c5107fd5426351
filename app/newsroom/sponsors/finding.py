"""Finding sponsors, and the sections and tags that they pay for."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.newsroom.sections.models import Section
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags.models import Tag


def all_sponsors() -> Select[Sponsor]:
    """Select all sponsors there are."""
    return select(Sponsor)


def sections_of(session: Session, sponsor_id: UUID) -> Sequence[Section]:
    """List the sections that a sponsor pays for, by path."""
    named = select(Section).where(Section.sponsor_id == sponsor_id)
    return session.scalars(named.order_by(Section.path)).all()


def tags_of(session: Session, sponsor_id: UUID) -> Sequence[Tag]:
    """List the tags that a sponsor pays for, by slug."""
    named = select(Tag).where(Tag.sponsor_id == sponsor_id)
    return session.scalars(named.order_by(Tag.slug)).all()
