"""Blocks of words."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.content.blocks.element import Element
from app.content.blocks.values import (
    BlockId,
    ComputedText,
    FragmentHtml,
    InlineHtml,
    Quantity,
)
from app.content.vocabularies import CorrectionKind
from app.kit.schemas import Moment
from app.kit.strings import Line, ManyLines, Text, Url

Source = Annotated[str, ManyLines(200_000)]


class Paragraph(Element):
    """A paragraph."""

    type: Literal["paragraph"]
    html: InlineHtml = Field(description="Sanitised inline HTML.")
    text: ComputedText = Field(default="", description="Its words, computed.")
    dropcap: bool = Field(
        default=False, description="Whether it begins with a large letter."
    )


class Heading(Element):
    """A heading between paragraphs."""

    type: Literal["heading"]
    level: int = Field(ge=2, le=4, description="2 to 4; 1 is the headline.")
    html: InlineHtml = Field(description="Sanitised inline HTML.")
    text: ComputedText = Field(default="", description="Its words, computed.")


class Quote(Element):
    """Somebody else's words, in their place in the story."""

    type: Literal["quote"]
    html: InlineHtml = Field(description="Sanitised inline HTML.")
    text: ComputedText = Field(default="", description="Its words, computed.")
    citation: Line = Field(default="", description="Who said it; may be empty.")
    url: Url | None = Field(default=None, description="Where; null: not given.")


class Pullquote(Element):
    """A sentence of the story itself, shown large."""

    type: Literal["pullquote"]
    text: Text = Field(description="The sentence, plain.")
    attribution: Line = Field(default="", description="Who said it; may be empty.")


class Code(Element):
    """Program text or anything else whose spaces matter."""

    type: Literal["code"]
    language: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9_+#.-]{0,40}$",
        description="The language's usual short name; may be empty.",
    )
    text: Source = Field(description="The text as it is.")


class Divider(Element):
    """A break between two parts of the story."""

    type: Literal["divider"]


class MeterBreak(Element):
    """Where the part ends that everybody may read."""

    type: Literal["meter_break"]


class Rating(Element):
    """A reviewer's verdict as a number."""

    type: Literal["rating"]
    value: Quantity = Field(description="The verdict, between `min` and `max`.")
    min: Quantity = Field(default=0, description="The worst possible value.")
    max: Quantity = Field(default=5, description="The best possible value.")
    unit: Line = Field(default="stars", description="What is counted.")
    label: Line = Field(default="", description="The verdict in words; may be empty.")

    @model_validator(mode="after")
    def _lies_on_its_scale(self) -> Self:
        if not self.min < self.max or not self.min <= self.value <= self.max:
            raise PydanticCustomError(
                "off_the_scale", "a rating lies between min and max"
            )
        return self


class Correction(Element):
    """What was wrong, or was added, in public words."""

    type: Literal["correction"]
    kind: CorrectionKind = Field(description="What sort of note it is.")
    html: InlineHtml = Field(description="Sanitised inline HTML.")
    text: ComputedText = Field(default="", description="Its words, computed.")
    at: Moment = Field(description="When the change was made.")
    about_block: BlockId | None = Field(
        default=None, description="The `id` of the block it is about; null: the whole."
    )


class LegacyHtml(Element):
    """Markup of an older system that fits no other block; shown on the web only."""

    type: Literal["legacy_html"]
    html: FragmentHtml = Field(description="Sanitised HTML.")
    safe: bool = Field(
        default=False,
        description="Whether an editor has looked at it; else show it in a sandbox.",
    )
