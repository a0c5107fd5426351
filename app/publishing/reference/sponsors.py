"""Saving sponsors. They have no page; readers see them on what they pay for."""

from sqlalchemy.orm import Session

from app.delivery.store.facets import FacetValue
from app.newsroom.sponsors import editing
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.sponsors.schemas import SponsorCreate, SponsorUpdate
from app.publishing import refreshing, usage
from app.publishing.desk import Desk


def create(session: Session, data: SponsorCreate, desk: Desk) -> Sponsor:
    """Make a sponsor."""
    return editing.create(session, data, now=desk.now)


def update(
    session: Session, sponsor: Sponsor, change: SponsorUpdate, desk: Desk
) -> Sponsor:
    """Change a sponsor, wherever readers are told of it."""
    editing.update(session, sponsor, change, now=desk.now)
    refreshing.request(session, facet(sponsor), now=desk.now)
    return sponsor


def delete(session: Session, sponsor: Sponsor) -> None:
    """Delete a sponsor that no article names."""
    usage.check_unused(session, sponsor.id)
    session.delete(sponsor)


def facet(sponsor: Sponsor) -> FacetValue:
    """Name the list of articles that this sponsor pays for."""
    return FacetValue("sponsor", str(sponsor.id))
