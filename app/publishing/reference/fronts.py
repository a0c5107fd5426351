"""Saving fronts. What stands on them is looked up when they are read."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.delivery.store import addresses
from app.newsroom.fronts import editing, finding
from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import FrontWrite
from app.newsroom.sections.models import Section
from app.newsroom.sponsors.models import Sponsor
from app.publishing import showing
from app.publishing.desk import Desk
from app.publishing.rendering import fronts as rendering


def put(session: Session, key: str, data: FrontWrite, desk: Desk) -> tuple[Front, bool]:
    """Make this the front of that key; also says whether it is a new one."""
    front, is_new = editing.put(session, key, data, now=desk.now)
    show(session, front, desk)
    return front, is_new


def switch(session: Session, front: Front, desk: Desk) -> None:
    """Show what begins on a front, and take away what ends."""
    editing.tell_time(front, desk.now)
    show(session, front, desk)


def follow(session: Session, section: Section, desk: Desk) -> None:
    """Bring the front of a section along to where the section is now."""
    front = editing.follow(session, section, now=desk.now)
    if front is not None:
        show(session, front, desk)


def delete(session: Session, front: Front, desk: Desk) -> None:
    """Delete a front: its page makes itself from now on."""
    session.delete(front)
    showing.hide(session, "front", front.id, desk=desk)
    addresses.forget(session, front.id)


def show(session: Session, front: Front, desk: Desk) -> None:
    """Give readers the front as saved, of this time."""
    named = {each.sponsor for each in finding.stored(front) if each.sponsor}
    payers = {each: session.get_one(Sponsor, UUID(each)) for each in named}
    made = rendering.render(front, payers, desk.site, now=desk.now)
    showing.show(session, made, version=front.version, desk=desk)
