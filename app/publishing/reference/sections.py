"""Saving sections. Moving one moves its subtree's paths and leaves aliases.

An article keeps the path of its first release; what changes in it is the name
and path of the section it names, and the lists it stands in.
"""

from sqlalchemy.orm import Session

from app.delivery.store.facets import FacetValue
from app.newsroom.sections import editing
from app.newsroom.sections.models import Section
from app.newsroom.sections.schemas import SectionCreate, SectionUpdate
from app.newsroom.sponsors.models import Sponsor
from app.publishing import refreshing, showing, usage
from app.publishing.desk import Desk
from app.publishing.reference import fronts
from app.publishing.rendering import sections as rendering


def create(session: Session, data: SectionCreate, desk: Desk) -> Section:
    """Make a section, public at once."""
    section = editing.create(session, data, now=desk.now)
    show(session, section, desk)
    return section


def update(
    session: Session, section: Section, change: SectionUpdate, desk: Desk
) -> Section:
    """Change a section; everything below it shows its name and path too."""
    before = _shown(section)
    editing.update(session, section, change, now=desk.now)
    for part in editing.subtree(session, section):
        show(session, part, desk)
        fronts.follow(session, part, desk)
    if _shown(section) != before:
        refreshing.request(session, facet(section), now=desk.now)
    return section


def delete(session: Session, section: Section, desk: Desk) -> None:
    """Delete a section that holds nothing."""
    usage.check_unused(session, section.id)
    editing.delete(session, section)
    showing.hide(session, "section", section.id, desk=desk)


def show(session: Session, section: Section, desk: Desk) -> None:
    """Give readers the section as saved."""
    ancestry = editing.ancestry(session, section)
    payers = [
        session.get_one(Sponsor, row.sponsor_id)
        for row in reversed(ancestry)
        if row.sponsor_id
    ]
    made = rendering.render(section, ancestry, payers, desk.site)
    showing.show(session, made, version=section.version, desk=desk)


def _shown(section: Section) -> tuple[object, ...]:
    """What articles in it show of it."""
    return rendering.reference(section), section.sponsor_id, section.data_mining


def facet(section: Section) -> FacetValue:
    """The list of articles in this section and below it."""
    return FacetValue("section", str(section.id))
