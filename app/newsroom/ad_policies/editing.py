"""Making and changing ad policies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.placement.rules import PlacementRules
from app.kit import patches
from app.newsroom import references, slugs
from app.newsroom.ad_policies import views
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_policies.schemas import AdPolicyCreate, AdPolicyUpdate
from app.newsroom.sections.models import Section
from app.newsroom.tags.models import Tag


def create(session: Session, data: AdPolicyCreate, *, now: datetime) -> AdPolicy:
    """Make an ad policy."""
    policy = AdPolicy(version=1, created_at=now, updated_at=now)
    policy.key = slugs.choose(
        session, data.key, data.name, is_taken=lambda key: _is_taken(session, key)
    )
    _write(session, policy, data)
    session.add(policy)
    session.flush()
    return policy


def update(
    session: Session, policy: AdPolicy, change: AdPolicyUpdate, *, now: datetime
) -> AdPolicy:
    """Change an ad policy."""
    before = _as_input(policy)
    data = patches.merged(before, change)
    if data == before:
        return policy
    if data.key != policy.key:
        policy.key = slugs.choose(
            session, data.key, data.name, is_taken=lambda key: _is_taken(session, key)
        )
    _write(session, policy, data)
    policy.touch(now)
    session.flush()
    return policy


def retag(session: Session, old: UUID, new: UUID, *, now: datetime) -> list[AdPolicy]:
    """Let the policies that are for one tag be for another; answers them."""
    changed = []
    for key in views.naming(session, old):
        policy = references.get_for_update(session, AdPolicy, key)
        tags = (str(new) if tag == str(old) else tag for tag in policy.tags)
        policy.tags = list(dict.fromkeys(tags))
        policy.touch(now)
        changed.append(policy)
    session.flush()
    return changed


def _write(session: Session, policy: AdPolicy, data: AdPolicyCreate) -> None:
    sections = references.resolve_all(
        session, Section, data.sections, pointer="/sections"
    )
    tags = references.resolve_all(session, Tag, data.tags, pointer="/tags")
    policy.name = data.name
    policy.priority = data.priority
    policy.platform_class = data.platform_class
    policy.page_types = list(data.page_types)
    policy.sections = [str(section.id) for section in sections]
    policy.tags = [str(tag.id) for tag in tags]
    policy.flags = list(data.flags)
    policy.rules = data.model_dump(
        mode="json", include=set(PlacementRules.model_fields)
    )


def _as_input(policy: AdPolicy) -> AdPolicyCreate:
    content = {
        "key": policy.key,
        "name": policy.name,
        "priority": policy.priority,
        "platform_class": policy.platform_class,
        "page_types": policy.page_types,
        "sections": policy.sections,
        "tags": policy.tags,
        "flags": policy.flags,
        **policy.rules,
    }
    return patches.checked(AdPolicyCreate, content)


def _is_taken(session: Session, key: str) -> bool:
    return session.scalar(select(AdPolicy.id).where(AdPolicy.key == key)) is not None
