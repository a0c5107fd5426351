"""Pictures, alone and in galleries."""

from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.content.blocks.element import Element, MediaReference, Piece, is_rendered
from app.content.blocks.values import Fraction, MimeType, Pixels
from app.kit.strings import Line, Text, Url


class FocalPoint(Piece):
    """The spot that must stay in view however the picture is cut."""

    x: Fraction = Field(description="From the left edge, as a part of the width.")
    y: Fraction = Field(description="From the top edge, as a part of the height.")


class Crop(Piece):
    """The part of the picture to show, all as parts of its width and height."""

    x: Fraction = Field(description="The left edge.")
    y: Fraction = Field(description="The top edge.")
    width: Fraction = Field(description="The width.")
    height: Fraction = Field(description="The height.")


class Rendition(Piece):
    """The same picture in another size or format."""

    name: Line = Field(default="", description="What the size is called.")
    url: Url = Field(description="Where the file is.")
    width: Pixels = Field(description="In pixels.")
    height: Pixels = Field(description="In pixels.")
    mime_type: MimeType | None = Field(
        default=None, description="The file's media type; null: unknown."
    )


class Picture(MediaReference):
    """A picture of the media library (`media_id`) or of another site (`url`)."""

    url: Url | None = Field(
        default=None, description="The file on another site; null beside a media_id."
    )
    alt: Line = Field(
        default="", description="What it shows, for those who cannot see."
    )
    caption: Text = Field(default="", description="The words below it.")
    credit: Line = Field(default="", description="Who made it.")
    show_credit: bool = Field(default=True, description="Whether the credit is shown.")
    focal_point: FocalPoint | None = Field(
        default=None, description="What must stay in view; null: the middle."
    )
    crop: Crop | None = Field(default=None, description="What to show; null: all.")
    width: Pixels | None = Field(
        default=None,
        description="In pixels; null: unknown. The library's own beside a media_id.",
    )
    height: Pixels | None = Field(default=None, description="In pixels, as width.")
    src: Url | None = Field(
        default=None,
        validate_default=True,
        description="Where the file is now, computed; null before the release.",
    )
    renditions: list[Rendition] = Field(
        default=[], description="Other sizes, filled in at release."
    )

    @field_validator("width", "height")
    @classmethod
    def _from_the_library(cls, given: int | None, fields: ValidationInfo) -> int | None:
        is_computed = fields.data.get("media_id") and not is_rendered(fields)
        return None if is_computed else given

    @field_validator("src")
    @classmethod
    def _from_the_url(cls, given: str | None, fields: ValidationInfo) -> str | None:
        return given if is_rendered(fields) else fields.data.get("url")

    @field_validator("renditions")
    @classmethod
    def _made_at_release(
        cls, given: list[Rendition], fields: ValidationInfo
    ) -> list[Rendition]:
        return given if is_rendered(fields) else []

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        if (self.media_id is None) == (self.url is None):
            raise PydanticCustomError(
                "one_origin", "a picture has either a media_id or a url"
            )
        return self


class Image(Picture, Element):
    """A picture in the story."""

    type: Literal["image"]


class Gallery(Element):
    """Several pictures to look through."""

    type: Literal["gallery"]
    title: Line = Field(default="", description="What it shows; may be empty.")
    items: list[Image] = Field(max_length=500, description="The pictures, in order.")
