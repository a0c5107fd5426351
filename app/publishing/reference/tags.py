"""Saving tags. A new name reaches the articles that carry it by a refresh."""

from sqlalchemy.orm import Session

from app.delivery.store import documents
from app.delivery.store.facets import FacetValue
from app.newsroom import merging
from app.newsroom.ad_policies import editing as policy_editing
from app.newsroom.ad_slots import editing as slot_editing
from app.newsroom.fronts import editing as front_editing
from app.newsroom.menus import editing as menu_editing
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags import editing
from app.newsroom.tags.models import Tag
from app.newsroom.tags.schemas import TagCreate, TagUpdate
from app.publishing import refreshing, showing, usage
from app.publishing.desk import Desk
from app.publishing.reference import ad_policies, ad_slots, fronts, menus
from app.publishing.rendering import tags as rendering


def create(session: Session, data: TagCreate, desk: Desk) -> Tag:
    """Make a tag; readers see it when listed, or once an article has it."""
    tag = editing.create(session, data, now=desk.now)
    if tag.is_listed:
        show(session, tag, desk)
    return tag


def update(session: Session, tag: Tag, change: TagUpdate, desk: Desk) -> Tag:
    """Change a tag, wherever it is shown."""
    before = rendering.reference(tag), tag.sponsor_id
    editing.update(session, tag, change, now=desk.now)
    if tag.is_listed or documents.find(session, tag.id):
        show(session, tag, desk)
    if (rendering.reference(tag), tag.sponsor_id) != before:
        refreshing.request(session, facet(tag), now=desk.now)
    return tag


def delete(session: Session, tag: Tag, desk: Desk) -> None:
    """Delete a tag that no article has."""
    usage.check_unused(session, tag.id)
    merging.forget(session, tag)
    session.delete(tag)
    showing.hide(session, "tag", tag.id, desk=desk)


def merge(session: Session, tag: Tag, into: Tag, desk: Desk) -> Tag:
    """Let a tag become another one, wherever it is named.

    The other becomes public if this one was. Articles follow in the background.
    """
    merging.merge(session, tag, into, now=desk.now)
    if documents.find(session, tag.id) is not None:
        showing.merge(session, facet(tag), tag, into=into.id, desk=desk)
        show(session, into, desk)
    for menu in menu_editing.lead_elsewhere(session, tag.id, into.id, now=desk.now):
        menus.show(session, menu, desk)
    for front in front_editing.rename(session, tag.id, into.id, now=desk.now):
        fronts.show(session, front, desk)
    for slot in slot_editing.retag(session, tag.id, into.id, now=desk.now):
        ad_slots.show(session, slot, desk)
    for policy in policy_editing.retag(session, tag.id, into.id, now=desk.now):
        ad_policies.show(session, policy, desk)
    return tag


def show(session: Session, tag: Tag, desk: Desk) -> None:
    """Give readers the tag as saved."""
    sponsor = session.get(Sponsor, tag.sponsor_id) if tag.sponsor_id else None
    made = rendering.render(tag, sponsor, desk.site)
    showing.show(session, made, version=tag.version, desk=desk)


def facet(tag: Tag) -> FacetValue:
    """The list of articles that have this tag."""
    return FacetValue("tag", str(tag.id))
