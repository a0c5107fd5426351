"""Saving ad policies: placement follows them from the next read on."""

from sqlalchemy.orm import Session

from app.delivery.store import addresses
from app.newsroom.ad_policies import editing
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_policies.schemas import AdPolicyCreate, AdPolicyUpdate
from app.publishing import showing
from app.publishing.desk import Desk
from app.publishing.rendering import ad_policies as rendering


def create(session: Session, data: AdPolicyCreate, desk: Desk) -> AdPolicy:
    """Make an ad policy, in force at once."""
    policy = editing.create(session, data, now=desk.now)
    show(session, policy, desk)
    return policy


def update(
    session: Session, policy: AdPolicy, change: AdPolicyUpdate, desk: Desk
) -> AdPolicy:
    """Change an ad policy."""
    editing.update(session, policy, change, now=desk.now)
    show(session, policy, desk)
    return policy


def delete(session: Session, policy: AdPolicy, desk: Desk) -> None:
    """Delete an ad policy; its key is free again."""
    session.delete(policy)
    showing.hide(session, "ad_policy", policy.id, desk=desk)
    addresses.forget(session, policy.id)


def show(session: Session, policy: AdPolicy, desk: Desk) -> None:
    """Give readers the policy as saved."""
    made = rendering.render(policy, desk.site)
    showing.show(session, made, version=policy.version, desk=desk)
