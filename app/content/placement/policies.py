"""Choosing the policy for a story: the highest priority of those that match."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from app.content.placement.rules import PlacementRules, PlatformClass
from app.content.placement.stories import Story
from app.content.vocabularies import Platform

_APPS = frozenset({"app_ios", "app_android"})


@dataclass(frozen=True)
class Policy:
    """Rules of placement with a name, and what they are for."""

    key: str
    version: int
    rules: PlacementRules
    priority: int = -1
    page_types: frozenset[str] = frozenset()
    platform_class: str | None = None
    sections: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    @classmethod
    def of(cls, said: Mapping[str, JsonValue]) -> "Policy":
        """Read a policy as readers get it."""
        own = {name: said[name] for name in PlacementRules.model_fields}
        sets = {
            name: frozenset(map(str, each))
            for name in ("page_types", "sections", "tags", "flags")
            if isinstance(each := said[name], list)
        }
        screens, version, priority = (
            said[name] for name in ("platform_class", "version", "priority")
        )
        return cls(
            key=str(said["key"]),
            version=int(str(version)),
            rules=PlacementRules.model_validate(own),
            priority=int(str(priority)),
            platform_class=None if screens is None else str(screens),
            **sets,
        )

    def is_for(self, story: Story, screens: PlatformClass) -> bool:
        """Tell whether it rules a story on a class of platforms."""
        return (
            (not self.page_types or story.page_type in self.page_types)
            and self.platform_class in (None, screens)
            and (not self.sections or story.is_in(self.sections))
            and (not self.tags or story.has_tag(self.tags))
            and self.flags <= story.flags
        )


BUILT_IN = Policy(key="default", version=1, rules=PlacementRules())
"""What rules where no stored policy matches."""


def platform_class(platform: Platform) -> PlatformClass:
    """Tell which class a platform is of: apps are compact, all else is wide."""
    return "compact" if platform in _APPS else "wide"


def chosen(policies: Iterable[Policy], story: Story, screens: PlatformClass) -> Policy:
    """Choose the policy that rules; of equal priority, the first by key."""
    fitting = (each for each in policies if each.is_for(story, screens))
    return min(fitting, key=lambda each: (-each.priority, each.key), default=BUILT_IN)
