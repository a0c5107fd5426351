"""Saving sponsors. They have no page; readers see them on what they pay for."""

from sqlalchemy.orm import Session

from app.delivery.store import documents
from app.delivery.store.facets import FacetValue
from app.newsroom.fronts.finding import naming
from app.newsroom.sections.editing import subtree
from app.newsroom.sponsors import editing, finding
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.sponsors.schemas import SponsorCreate, SponsorUpdate
from app.publishing import refreshing, usage
from app.publishing.desk import Desk
from app.publishing.reference import fronts, sections, tags


def create(session: Session, data: SponsorCreate, desk: Desk) -> Sponsor:
    """Make a sponsor."""
    return editing.create(session, data, now=desk.now)


def update(
    session: Session, sponsor: Sponsor, change: SponsorUpdate, desk: Desk
) -> Sponsor:
    """Change a sponsor, wherever readers are told of it."""
    editing.update(session, sponsor, change, now=desk.now)
    _show(session, sponsor, desk)
    return sponsor


def switch(session: Session, sponsor: Sponsor, desk: Desk) -> None:
    """Begin or end an agreement whose time has come.

    Its version rises: what was rendered before it does not hold any more.
    """
    editing.tell_time(sponsor, desk.now)
    sponsor.touch(desk.now)
    session.flush()
    _show(session, sponsor, desk)


def delete(session: Session, sponsor: Sponsor) -> None:
    """Delete a sponsor that nothing names."""
    usage.check_unused(session, sponsor.id)
    session.delete(sponsor)


def facet(sponsor: Sponsor) -> FacetValue:
    """Name the list of articles that this sponsor may have paid for."""
    return FacetValue("sponsor", str(sponsor.id))


def _show(session: Session, sponsor: Sponsor, desk: Desk) -> None:
    """Tell readers of it as it is now, on pages at once and on articles soon."""
    for section in finding.sections_of(session, sponsor.id):
        for part in subtree(session, section):
            sections.show(session, part, desk)
    for front in naming(session, sponsor.id):
        fronts.show(session, front, desk)
    for tag in finding.tags_of(session, sponsor.id):
        if documents.find(session, tag.id):
            tags.show(session, tag, desk)
    refreshing.request(session, facet(sponsor), now=desk.now)
