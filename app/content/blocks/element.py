"""What every block has in common, and what a block from elsewhere must add."""

from typing import Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from app.content.blocks.values import BlockId, FragmentHtml
from app.kit.schemas import Input
from app.kit.strings import Line, Slug, Text, Url

Role = Literal[
    "inline", "full", "wide", "immersive", "supporting", "thumbnail", "halfwidth"
]


RENDERED = {"rendered": True}
"""The context in which a body is read as readers get it, with all that was computed."""


def is_rendered(read: ValidationInfo) -> bool:
    """Tell whether what is read was rendered by ourselves, and not sent by a client."""
    return read.context is RENDERED


class Piece(Input):
    """A part of a body: read and written in the same shape, every field present."""

    model_config = ConfigDict(
        serialize_by_alias=True, json_schema_serialization_defaults_required=True
    )


class Consent(Piece):
    """What a reader agrees to by loading this block."""

    third_party: bool = Field(description="Whether another site is asked for it.")
    tracks: Literal["yes", "no", "unknown"] = Field(
        default="unknown", description="Whether that site follows readers."
    )
    domain: Line = Field(default="", description="The site's host name.")
    essential: bool = Field(
        default=False, description="Whether the story makes no sense without it."
    )


class Fallback(Piece):
    """What a client shows that cannot show the block itself."""

    html: FragmentHtml = Field(default="", description="Sanitised HTML; may be empty.")
    text: Text = Field(default="", description="Plain text; may be empty.")
    url: Url | None = Field(default=None, description="Where the thing can be seen.")
    image: Url | None = Field(default=None, description="A still picture of it.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.html or self.text or self.url or self.image):
            raise PydanticCustomError(
                "empty_fallback", "a fallback needs html, text, url or image"
            )
        return self


class Element(Piece):
    """A block: its own fields come with its type."""

    id: BlockId = Field(
        default="",
        description="Names the block in all versions; left out, the server makes one.",
    )
    role: Role = Field(default="inline", description="How much room it takes.")
    anchor: Slug | None = Field(
        default=None, description="Fragment for links to this block; null: none."
    )
    syndicate: bool = Field(default=True, description="Whether partners get it.")
    ads: bool = Field(
        default=True, description="Whether an advertisement may stand beside it."
    )
    consent: Consent | None = Field(
        default=None, description="What loading it entails; null: nothing."
    )
    fallback: Fallback | None = Field(
        default=None, description="For clients that do not know the type; null: none."
    )


class MediaReference(Piece):
    """Something that shows an item of the media library, or a file elsewhere."""

    media_id: UUID | None = Field(
        default=None,
        strict=False,
        description="The item of the media library; null where it is elsewhere.",
    )


def require_fallback(block: Element) -> None:
    """Refuse a block that a newspaper cannot show by itself and left unexplained."""
    if block.fallback is None:
        raise PydanticCustomError(
            "fallback_required", "a block from elsewhere needs a fallback"
        )


class ThirdParty(Element):
    """A block that another site provides, and may take away."""

    @model_validator(mode="after")
    def _has_a_fallback(self) -> Self:
        require_fallback(self)
        return self
