"""What readers should have: an account of a newspaper kept beside it, in plain words.

It knows what was last released of each story and what everything is called now,
and derives from these two what delivery has to say. It shares no code with `app`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from tests.newsroom import Json

LIVE, MOVED, GONE = "live", "moved", "gone"

SHOWN_AS_WRITTEN = (
    "headline",
    "slug",
    "type",
    "genre",
    "language",
    "access",
    "kicker",
    "standfirst",
    "teaser",
    "edition",
)


@dataclass
class Named:
    """A section, author, tag or picture: what it is called now."""

    id: str
    kind: str
    version: int
    name: str
    slug: str = ""
    parent: "Named | None" = None
    portrait: "Named | None" = None

    @property
    def key(self) -> str:
        """What the API finds it by."""
        if self.kind == "section" and self.parent:
            return f"{self.parent.key}/{self.slug}"
        return self.id if self.kind == "media" else self.slug

    @property
    def path(self) -> str | None:
        """Its public path, if it has one."""
        prefixes = {"section": "/", "author": "/authors/", "tag": "/tags/"}
        prefix = prefixes.get(self.kind)
        return f"{prefix}{self.key}" if prefix else None

    @property
    def lineage(self) -> list[str]:
        """The ids of a section and all above it."""
        above = self.parent.lineage if self.parent else []
        return [*above, self.id]


@dataclass
class Story:
    """An article: its working words, and those that were released last."""

    id: str
    version: int
    working: Json
    state: str = "draft"
    release: int = 0
    released: Json = field(default_factory=dict)
    is_edited: bool = False
    path: str | None = None
    change: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def keys(self) -> list[str]:
        """The addresses it lives at."""
        assert self.path
        return [f"article/{self.released['slug']}", self.path]


@dataclass
class Place:
    """What an address leads to."""

    kind: str
    id: str
    state: str
    note: str | None = None


@dataclass
class Paper:
    """The whole newspaper, as it should be."""

    things: dict[str, Named] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)

    def of(self, kind: str) -> list[Named]:
        """List what there is of a kind, oldest first."""
        return [each for each in self.things.values() if each.kind == kind]

    @property
    def published(self) -> list[Story]:
        """List what readers have, newest first."""
        found = [s for s in self.stories.values() if s.state == "published"]
        return sorted(found, key=lambda s: (s.published_at, s.id), reverse=True)

    def addresses(self, thing: Named) -> list[str]:
        """Name where a section, author, tag or picture lives."""
        return [f"{thing.kind}/{thing.key}", *([thing.path] if thing.path else [])]

    def is_held(self, texts: list[str], *, by_other_than: str) -> bool:
        """Tell whether something else lives, or lived for good, at an address."""
        held = [self.places[text] for text in texts if text in self.places]
        return any(p.id != by_other_than and p.state != MOVED for p in held)

    def settle(self, kind: str, owner: str, texts: list[str]) -> None:
        """Let something live here; where it lived before leads here."""
        for place in self.places.values():
            if place.id == owner:
                place.state, place.note = MOVED, None
        for text in texts:
            self.places[text] = Place(kind, owner, LIVE)

    def close(self, owner: str, note: str | None) -> None:
        """Let all addresses of something say that it is gone."""
        for place in self.places.values():
            if place.id == owner:
                place.state, place.note = GONE, note

    def show(self, thing: Named) -> None:
        """Make something public under its present name."""
        self.public.add(thing.id)
        self.settle(thing.kind, thing.id, self.addresses(thing))
        if thing.portrait:
            self.show(thing.portrait)

    def uses(self, content: Json, thing: Named) -> bool:
        """Tell whether a story's words name something."""
        named = [content["section"], content["lead_media"]]
        return thing.id in [*named, *content["authors"], *content["tags"]]

    def is_shown(self, picture: Named) -> bool:
        """Tell whether readers still get something that shows a picture."""
        leads = {story.released["lead_media"] for story in self.published}
        writers = [each for each in self.of("author") if each.id in self.public]
        return picture.id in leads or picture in [each.portrait for each in writers]

    def facets(self, story: Story) -> set[tuple[str, str]]:
        """Name every list that a story stands in."""
        content = story.released
        pictures = {content["lead_media"]} - {None}
        return {
            ("all", ""),
            *((kind, content[kind]) for kind in ("type", "genre", "language")),
            ("access", content["access"]),
            *(("section", each) for each in self.things[content["section"]].lineage),
            *(("author", each) for each in content["authors"]),
            *(("tag", each) for each in content["tags"]),
            *(("media", each) for each in pictures),
        }

    def listed(self, kind: str, value: str) -> list[str]:
        """List the stories of one list, newest first."""
        return [s.id for s in self.published if (kind, value) in self.facets(s)]

    def document(self, story: Story) -> Json:
        """Say what the article's document has to say."""
        content = story.released
        section = self.things[content["section"]]
        writers = [self.things[each] for each in content["authors"]]
        lead = content["lead_media"]
        return {
            **{name: content[name] for name in SHOWN_AS_WRITTEN},
            "id": story.id,
            "path": story.path,
            "version": story.release,
            "change": story.change,
            "published_at": moment(story.published_at),
            "updated_at": moment(story.updated_at),
            "section": {"id": section.id, "path": section.path, "name": section.name},
            "authors": [self._author(each) for each in writers],
            "tags": [self._tag(self.things[each]) for each in content["tags"]],
            "lead_media": self.things[lead].name if lead else None,
            "body": [f"<p>{content['text']}</p>"],
            "byline": " and ".join(each.name for each in writers) or None,
        }

    def _author(self, author: Named) -> Json:
        portrait = author.portrait.name if author.portrait else None
        return {
            "id": author.id,
            "slug": author.slug,
            "name": author.name,
            "path": author.path,
            "portrait": portrait,
        }

    def _tag(self, tag: Named) -> Json:
        return {"id": tag.id, "slug": tag.slug, "name": tag.name}


def moment(at: datetime | None) -> str | None:
    """Write a time as the API does."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def comparable(document: Json) -> Json:
    """Reduce an article's document to what the account speaks of."""
    lead = document["lead_media"]
    tags = [
        {name: tag[name] for name in ("id", "slug", "name")} for tag in document["tags"]
    ]
    same = (
        *SHOWN_AS_WRITTEN,
        "id",
        "path",
        "version",
        "change",
        "published_at",
        "updated_at",
        "section",
        "byline",
    )
    return {
        **{name: document[name] for name in same},
        "tags": tags,
        "lead_media": lead["alt"] if lead else None,
        "authors": [_comparable_author(each) for each in document["authors"]],
        "body": [f"<p>{block['html']}</p>" for block in document["body"]],
    }


def _comparable_author(author: Json) -> Json:
    portrait = author["portrait"]
    kept = {name: author[name] for name in ("id", "slug", "name", "path")}
    return {**kept, "portrait": portrait["alt"] if portrait else None}
