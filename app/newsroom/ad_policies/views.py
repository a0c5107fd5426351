"""An ad policy as editors see it, and whom it is for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.placement.rules import PlacementRules
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_policies.schemas import AdPolicyDetail


def rules_of(policy: AdPolicy) -> PlacementRules:
    """Read the rules; one that is newer than the row has its default."""
    return PlacementRules.model_validate(policy.rules)


def detail(policy: AdPolicy) -> AdPolicyDetail:
    """Show a policy with all its rules."""
    return AdPolicyDetail.model_validate(
        {
            "id": policy.id,
            "version": policy.version,
            "key": policy.key,
            "name": policy.name,
            "priority": policy.priority,
            "page_types": policy.page_types,
            "platform_class": policy.platform_class,
            "sections": policy.sections,
            "tags": policy.tags,
            "flags": policy.flags,
            "created_at": policy.created_at,
            "updated_at": policy.updated_at,
            **rules_of(policy).model_dump(),
        }
    )


def naming(session: Session, resource_id: UUID) -> list[str]:
    """Name the policies that are for this section or tag."""
    wanted = str(resource_id)
    policies = session.scalars(select(AdPolicy).order_by(AdPolicy.key))
    return [each.key for each in policies if wanted in (*each.sections, *each.tags)]
