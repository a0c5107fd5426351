"""Slots of the catalogue: which of them a story has, and which place each takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from app.content.placement.stories import Story
from app.content.vocabularies import Platform


@dataclass(frozen=True)
class Stories:
    """Stories that a slot is for, or keeps away from."""

    sections: frozenset[str]
    tags: frozenset[str]
    types: frozenset[str]

    @classmethod
    def of(cls, said: JsonValue) -> "Stories":
        """Read them from a catalogue entry."""
        named = said if isinstance(said, dict) else {}
        sets = [
            frozenset(map(str, each) if isinstance(each, list) else ())
            for each in (named.get(name) for name in ("sections", "tags", "types"))
        ]
        return cls(*sets)

    def have(self, story: Story) -> list[bool]:
        """Tell of each list that is not empty whether the story is in it."""
        tests = (
            (self.sections, story.is_in(self.sections)),
            (self.tags, story.has_tag(self.tags)),
            (self.types, story.type in self.types),
        )
        return [is_in for named, is_in in tests if named]


@dataclass(frozen=True)
class Slot:
    """An entry of the catalogue, as readers get it."""

    entry: Mapping[str, JsonValue]

    @property
    def key(self) -> str:
        """What frontends call it."""
        return str(self.entry["key"])

    @property
    def position(self) -> str:
        """Where on the page it stands."""
        return str(self.entry["position"])

    @property
    def order(self) -> tuple[int, str]:
        """The highest priority first, then by key."""
        return -int(str(self.entry["priority"])), self.key

    @property
    def instances(self) -> list[str]:
        """What each of its places on a page is called."""
        if not self.entry["repeatable"]:
            return [self.key]
        most = int(str(self.entry["max_instances"]))
        return [f"{self.key}-{number}" for number in range(1, most + 1)]

    def is_on(self, story: Story, platform: Platform) -> bool:
        """Tell whether a story has it: it is for all that its lists name, or for any.

        One list that keeps the story away beats all that want it.
        """
        pages, platforms = self.entry["page_types"], self.entry["platforms"]
        assert isinstance(pages, list)
        assert isinstance(platforms, list)
        return (
            self.entry["is_active"] is True
            and story.page_type in pages
            and platform in platforms
            and all(Stories.of(self.entry["include"]).have(story))
            and not any(Stories.of(self.entry["exclude"]).have(story))
        )


def without_persons(slots: Sequence[Slot]) -> list[Slot]:
    """Leave only slots that need to know nothing of the reader.

    One that does gives way to its fallback, as it does for a reader who agrees to
    nothing.
    """
    by_key = {slot.key: slot for slot in slots}
    kept: dict[str, Slot] = {}
    for slot in slots:
        wanted = slot
        if slot.entry["consent"] == "personalised":
            wanted = by_key.get(str(slot.entry["fallback_slot"]), slot)
        if wanted.entry["consent"] != "personalised":
            kept[wanted.key] = wanted
    return sorted(kept.values(), key=lambda slot: slot.order)


def in_turn(slots: Iterable[Slot]) -> Iterator[tuple[Slot, str]]:
    """Go through the places that slots can fill, in the order they do."""
    for slot in sorted(slots, key=lambda each: each.order):
        for instance in slot.instances:
            yield slot, instance
