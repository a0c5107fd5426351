"""An article as the forms of other trades need it: a part of what readers get.

Read from its document, which may be of an older shape than today's: nothing is asked
of it but what has always been there.
"""

import re
from datetime import UTC, datetime

import orjson
from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

from app.content.blocks.element import RENDERED
from app.content.blocks.reading import Block
from app.content.forms.html import to_html
from app.content.vocabularies import (
    Access,
    ArticleType,
    ChangeKind,
    DataMining,
    Genre,
    MediaKind,
)

_BODY: TypeAdapter[list[Block]] = TypeAdapter(list[Block])
_TO_THE_SITE = re.compile(r'((?:href|src)=")(/(?!/))')


class Part(BaseModel):
    """Some of the fields of something; the others are not looked at."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Named(Part):
    """A section, author or tag."""

    id: str
    name: str
    path: str | None = None


class Tag(Named):
    slug: str
    kind: str


class Picture(Part):
    """What a story opens with."""

    id: str
    kind: MediaKind
    url: str
    width: int | None
    height: int | None
    alt: str
    caption: str
    credit: str


class Rights(Part):
    copyright_holder: str
    copyright_notice: str | None
    usage_terms: str | None
    syndicate: bool
    data_mining: DataMining | None = None

    @property
    def line(self) -> str:
        """Who owns it, and on which terms it may be used."""
        owner = self.copyright_notice or f"© {self.copyright_holder}"
        return " ".join(filter(None, (owner, self.usage_terms)))


class Correction(Part):
    kind: str
    text: str
    at: datetime


class Story(Part):
    """An article."""

    id: str
    type: ArticleType
    genre: Genre
    url: str
    slug: str
    language: str
    headline: str
    kicker: str | None
    standfirst: str | None
    teaser: str | None
    byline: str | None
    authors: list[Named]
    section: Named
    tags: list[Tag]
    lead_media: Picture | None
    published_at: datetime
    updated_at: datetime
    first_published_at: datetime
    word_count: int
    access: Access
    version: int
    change: ChangeKind
    corrections: list[Correction]
    rights: Rights
    body: list[JsonValue]
    whole: str | None = None
    """The whole body as HTML, where it was read with it."""

    @property
    def urn(self) -> str:
        """What it is called for ever, wherever it moves (RFC 9562)."""
        return f"urn:uuid:{self.id}"

    @property
    def summary(self) -> str | None:
        """What is said of it in short."""
        return self.teaser or self.standfirst

    @property
    def picture(self) -> Picture | None:
        """The picture it opens with."""
        lead = self.lead_media
        return lead if lead and lead.kind == "image" else None

    @property
    def writers(self) -> list[str]:
        """Its authors' names, else its byline."""
        return [each.name for each in self.authors] or [*filter(None, [self.byline])]

    @property
    def leaves_whole(self) -> bool:
        """Whether all of it may be read elsewhere, by anybody."""
        return self.access == "free" and self.rights.syndicate

    def html(self, site_url: str) -> str | None:
        """Write what of the body may leave; its links lead back. None: nothing may."""
        if not self.leaves_whole:
            return None
        left = _syndicated(self.body)
        html = (self.whole or "") if left == self.body else _written(left)
        return _TO_THE_SITE.sub(rf"\g<1>{site_url}\g<2>", html)


def read(detail: bytes, html: str | None = None) -> Story:
    """Read an article's document, and its body as HTML where that is wanted."""
    return Story.model_validate_json(detail).model_copy(update={"whole": html})


def exact_time(at: datetime) -> str:
    """Write a time as RFC 3339 in UTC, as exactly as it is known."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _syndicated(value: JsonValue) -> JsonValue:
    """Leave only blocks that may leave the newspaper's own pages, however deep."""
    if isinstance(value, list):
        return [_syndicated(each) for each in value if not _stays(each)]
    if isinstance(value, dict):
        return {name: _syndicated(each) for name, each in value.items()}
    return value


def _stays(value: JsonValue) -> bool:
    return isinstance(value, dict) and value.get("syndicate") is False


def _written(body: JsonValue) -> str:
    return to_html(_BODY.validate_json(orjson.dumps(body), context=RENDERED))
