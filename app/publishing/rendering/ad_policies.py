"""Rendering an ad policy."""

from app.delivery.schemas.ad_policies import AdPolicyProfile
from app.delivery.store.documents import Rendering
from app.newsroom.ad_policies import views
from app.newsroom.ad_policies.models import AdPolicy
from app.publishing.site import Site


def render(policy: AdPolicy, site: Site) -> Rendering:
    """Render the document of an ad policy."""
    profile = AdPolicyProfile.model_validate(
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
            **views.rules_of(policy).model_dump(),
        }
    )
    content = profile.model_dump_json().encode()
    return Rendering(
        id=policy.id,
        kind="ad_policy",
        key=policy.key,
        label=policy.name,
        shape=site.shape,
        summary=content,
        detail=content,
    )
