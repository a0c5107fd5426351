"""What the newspaper calls itself at its ad server, and how its ad units are named."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from app.content.placement import targeting, unit_paths
from app.content.placement.stories import Story
from app.content.placement.unit_paths import Variable
from app.content.vocabularies import Platform
from app.kit.settings import Settings

PAGE = "/{network}/{site}/{section_path}/{page_type}"


@dataclass(frozen=True)
class AdServer:
    """The settings that placement answers with."""

    is_on: bool
    network: str
    site: str
    renamed: Mapping[str, str]
    for_partner: bool = False
    """Whether it is a partner who asks: what is syndicated carries no advertising."""

    @classmethod
    def of(cls, settings: Settings) -> "AdServer":
        """Take what placement needs out of the settings; an unknown name is refused."""
        unknown = set(settings.ad_targeting_keys) - set(targeting.NAMES)
        if unknown:
            names = ", ".join(targeting.NAMES)
            raise ValueError(
                f"BROADSHEET_AD_TARGETING_KEYS renames {', '.join(sorted(unknown))};"
                f" there are {names}"
            )
        return cls(
            is_on=settings.ads,
            network=settings.ad_network or "",
            site=settings.ad_site or "",
            renamed=settings.ad_targeting_keys,
        )

    def page_path(self, story: Story) -> str | None:
        """Name the ad unit of a page; None where there is no network."""
        if not self.network or self.for_partner:
            return None
        return unit_paths.expand(PAGE, self._variables(story, slot=""))

    def targeting(self, story: Story, platform: Platform) -> dict[str, JsonValue]:
        """Write the key-values of a page, under the newspaper's own names."""
        if self.for_partner:
            return {}
        return targeting.of_story(story, platform, self.renamed)

    def entry(
        self, entry: Mapping[str, JsonValue], story: Story
    ) -> dict[str, JsonValue]:
        """Fill in the ad unit of a catalogue entry; None where it needs a network."""
        template = entry["unit_path"]
        if template is None or (not self.network and "{network}" in str(template)):
            return {**entry, "unit_path": None}
        variables = self._variables(story, slot=str(entry["key"]))
        return {**entry, "unit_path": unit_paths.expand(str(template), variables)}

    def _variables(self, story: Story, *, slot: str) -> dict[Variable, str]:
        section = story.said("section", "path") or ""
        return {
            "network": self.network,
            "site": self.site,
            "section_path": section.strip("/"),
            "page_type": story.page_type,
            "slot": slot,
        }
