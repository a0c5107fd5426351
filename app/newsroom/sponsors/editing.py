"""Making and changing sponsors."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import patches
from app.newsroom import slugs
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.sponsors.schemas import SponsorCreate, SponsorLogos, SponsorUpdate


def create(session: Session, data: SponsorCreate, *, now: datetime) -> Sponsor:
    """Make a sponsor."""
    sponsor = Sponsor(version=1, created_at=now, updated_at=now)
    sponsor.key = slugs.choose(
        session, data.key, data.name, is_taken=lambda key: _is_taken(session, key)
    )
    _write(sponsor, data, now)
    session.add(sponsor)
    session.flush()
    return sponsor


def update(
    session: Session, sponsor: Sponsor, change: SponsorUpdate, *, now: datetime
) -> Sponsor:
    """Change a sponsor."""
    before = _as_input(sponsor)
    data = patches.merged(before, change)
    if data == before:
        return sponsor
    if data.key != sponsor.key:
        sponsor.key = slugs.choose(
            session, data.key, data.name, is_taken=lambda key: _is_taken(session, key)
        )
    _write(sponsor, data, now)
    sponsor.touch(now)
    session.flush()
    return sponsor


def tell_time(sponsor: Sponsor, now: datetime) -> None:
    """Say whether the agreement holds now, and when that next changes."""
    begins, ends = sponsor.valid_from, sponsor.valid_to
    sponsor.is_active = (begins is None or begins <= now) and (
        ends is None or now < ends
    )
    sponsor.note_times((begins, ends), now)


def _write(sponsor: Sponsor, data: SponsorCreate, now: datetime) -> None:
    sponsor.name = data.name
    sponsor.type = data.type
    sponsor.link = data.link
    sponsor.about_link = data.about_link
    sponsor.logo = data.logo.model_dump()
    sponsor.valid_from = data.valid_from
    sponsor.valid_to = data.valid_to
    sponsor.editions = data.editions
    sponsor.published_since = data.published_since
    sponsor.is_exclusive = data.is_exclusive
    tell_time(sponsor, now)


def _as_input(sponsor: Sponsor) -> SponsorCreate:
    return SponsorCreate(
        name=sponsor.name,
        key=sponsor.key,
        type=sponsor.type,
        link=sponsor.link,
        about_link=sponsor.about_link,
        logo=SponsorLogos.model_validate(sponsor.logo),
        valid_from=sponsor.valid_from,
        valid_to=sponsor.valid_to,
        editions=sponsor.editions,
        published_since=sponsor.published_since,
        is_exclusive=sponsor.is_exclusive,
    )


def _is_taken(session: Session, key: str) -> bool:
    return session.scalar(select(Sponsor.id).where(Sponsor.key == key)) is not None
