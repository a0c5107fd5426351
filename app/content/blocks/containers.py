"""Blocks that hold blocks, and with them the union of all that is stored.

The two belong in one file: a box may hold any block, a box included.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from app.content.blocks.element import Element, Piece
from app.content.blocks.links import Action, Callout, LinkList, Related
from app.content.blocks.pictures import Gallery, Image, Picture
from app.content.blocks.recordings import Audio, Video
from app.content.blocks.tables import Table
from app.content.blocks.text import (
    Code,
    Correction,
    Divider,
    Heading,
    LegacyHtml,
    MeterBreak,
    Paragraph,
    Pullquote,
    Quote,
    Rating,
)
from app.content.blocks.third_party import Embed, SocialPost, Structured
from app.content.blocks.values import ComputedText, FreeData, InlineHtml
from app.kit.schemas import Moment
from app.kit.strings import Line, Text, Title, Url


def _iso_date(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_iso_date, json_schema_input_type=date)]


class ListItem(Piece):
    """One point of a list, and what is set under it."""

    html: InlineHtml = Field(description="Sanitised inline HTML.")
    text: ComputedText = Field(default="", description="Its words, computed.")
    blocks: list["StoredBlock"] = Field(
        default=[], description="Lists and paragraphs that belong to the point."
    )


class List(Element):
    """Points, numbered or not."""

    type: Literal["list"]
    style: Literal["unordered", "ordered"] = Field(
        default="unordered", description="Whether the points are numbered."
    )
    items: list[ListItem] = Field(max_length=1_000, description="The points, in order.")


class Box(Element):
    """Something beside the story: facts, a profile, questions and answers."""

    type: Literal["box"]
    kind: Literal[
        "key_points", "explainer", "q_and_a", "profile", "factbox", "disclaimer"
    ] = Field(description="What sort of box it is.")
    title: Line = Field(default="", description="What it is about.")
    blocks: list["StoredBlock"] = Field(description="What stands in it.")


class TimelineEvent(Piece):
    """One thing that happened."""

    date_text: Line = Field(description="The date as readers see it.")
    date: Day | None = Field(
        default=None, description="The day itself, where it is known; else null."
    )
    title: Line = Field(default="", description="What happened.")
    media: Picture | None = Field(default=None, description="A picture; null: none.")
    blocks: list["StoredBlock"] = Field(default=[], description="What is told of it.")


class TimelineSection(Piece):
    """A span of a timeline."""

    title: Line = Field(default="", description="What the span is called.")
    events: list[TimelineEvent] = Field(max_length=500, description="In order.")


class Timeline(Element):
    """What happened when."""

    type: Literal["timeline"]
    sections: list[TimelineSection] = Field(max_length=100, description="In order.")


class LivePost(Element):
    """One entry of a live blog."""

    type: Literal["live_post"]
    title: Line = Field(default="", description="The entry's headline.")
    published_at: Moment = Field(description="When it appeared.")
    updated_at: Moment | None = Field(
        default=None, description="When it was last changed; null: never."
    )
    key_event: bool = Field(
        default=False, description="Whether it belongs in a summary."
    )
    pinned: bool = Field(default=False, description="Whether it stays on top.")
    summary: Text = Field(default="", description="The entry in a sentence.")
    authors: list[Title] = Field(
        default=[], max_length=50, description="Who wrote it, as printed."
    )
    blocks: list["StoredBlock"] = Field(description="What stands in it.")


class Group(Element):
    """Blocks that belong together, with no meaning of their own."""

    type: Literal["group"]
    variant: Line | None = Field(
        default=None, description="A hint for the layout; null: none."
    )
    blocks: list["StoredBlock"] = Field(description="What stands in it.")


class Offer(Action):
    """Where a product can be bought."""

    price: Line = Field(default="", description="With its currency, as printed.")
    retailer: Line = Field(default="", description="Who sells it.")


class Product(Element):
    """Something that was tested or is recommended."""

    type: Literal["product"]
    name: Title = Field(description="What it is.")
    brand: Line = Field(default="", description="Who makes it.")
    price: Line = Field(default="", description="With its currency, as printed.")
    ctas: list[Offer] = Field(default=[], max_length=20, description="Where to buy it.")
    image: Picture | None = Field(default=None, description="A picture; null: none.")
    blocks: list["StoredBlock"] = Field(default=[], description="What is said of it.")


class Interactive(Element):
    """A program in the story; `blocks` tell the same to those who cannot run it."""

    type: Literal["interactive"]
    script_url: Url | None = Field(default=None, description="A script; or null.")
    iframe_url: Url | None = Field(default=None, description="A page; or null.")
    params: FreeData = Field(default={}, description="What the program is told.")
    blocks: list["StoredBlock"] = Field(
        min_length=1, description="The fallback: the same, told in blocks."
    )

    @model_validator(mode="after")
    def _has_one_program(self) -> Self:
        if (self.script_url is None) == (self.iframe_url is None):
            raise PydanticCustomError(
                "one_program", "an interactive has either a script_url or an iframe_url"
            )
        return self


Stored = (
    Paragraph | Heading | List | Quote | Pullquote
    | Image | Gallery | Video | Audio
    | SocialPost | Embed | Interactive
    | Related | LinkList | Callout
    | Box | Timeline | Table | Code | Divider | Rating | Correction
    | LivePost | Product | Structured | Group | MeterBreak | LegacyHtml
)  # fmt: skip
"""Every kind of block that is stored, for `isinstance` and for the unions."""

StoredBlock = TypeAliasType(
    "StoredBlock", Annotated[Stored, Field(discriminator="type")]
)
"""A block as it is written and kept, told apart by its `type`."""

for _container in (ListItem, Box, TimelineEvent, LivePost, Group, Product, Interactive):
    _container.model_rebuild()
