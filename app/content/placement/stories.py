"""A story as placement sees it: what slots and policies choose by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from app.content.placement.gaps.stops import Body
from app.content.vocabularies import PageType

Content = Mapping[str, JsonValue]
"""An article as readers get it, whole."""

_PAGES: dict[str, PageType] = {
    "liveblog": "liveblog",
    "gallery": "gallery",
    "section": "section",
    "author": "author",
    "tag": "tag",
    "front": "front",
}


PLAIN: Content = {
    "genre": None,
    "access": "free",
    "section": None,
    "sections": [],
    "authors": [],
    "tags": [],
    "sensitivity": {"level": "none", "ads": "allow"},
    "sponsorship": None,
    "edition": None,
    "body": [],
    "containers": [],
}
"""What is read of an article, for a page or a try that says less."""


@dataclass(frozen=True)
class Story:
    """An article, and the ids of the sections it stands in, those above included."""

    content: Content
    lineage: frozenset[str]

    @property
    def body(self) -> Body:
        """Its blocks."""
        blocks = self.content["body"]
        assert isinstance(blocks, list)
        return [block for block in blocks if isinstance(block, dict)]

    @property
    def containers(self) -> Body:
        """The containers of its front; an article has none."""
        containers = self.content.get("containers")
        listed = containers if isinstance(containers, list) else []
        return [each for each in listed if isinstance(each, dict)]

    @property
    def type(self) -> str:
        """Its form."""
        return str(self.content["type"])

    @property
    def page_type(self) -> PageType:
        """What kind of page shows it."""
        return _PAGES.get(self.type, "article")

    @property
    def tags(self) -> frozenset[str]:
        """The ids of its tags."""
        return frozenset(values(self.content["tags"], "id"))

    def said(self, member: str, name: str) -> str | None:
        """Read a word from a member that may be null."""
        inner = self.content[member]
        word = inner.get(name) if isinstance(inner, dict) else None
        return None if word is None else str(word)

    @property
    def flags(self) -> frozenset[str]:
        """What its sensitivity, its sponsor and its access say of it."""
        told = (
            self.said("sensitivity", "level"),
            self.said("sponsorship", "type"),
            str(self.content["access"]),
        )
        return frozenset(filter(None, told))

    def is_in(self, sections: Collection[str]) -> bool:
        """Tell whether it stands in or below one of these sections."""
        return not self.lineage.isdisjoint(sections)

    def has_tag(self, tags: Collection[str]) -> bool:
        """Tell whether it has one of these tags."""
        return not self.tags.isdisjoint(tags)


def values(items: JsonValue, name: str, **only: str) -> list[str]:
    """List one member of each of some objects, of those that are as asked."""
    if not isinstance(items, list):
        return []
    return [
        str(item[name])
        for item in items
        if isinstance(item, dict) and only.items() <= item.items()
    ]
