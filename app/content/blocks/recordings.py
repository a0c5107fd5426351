"""Moving pictures and sound."""

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.content.blocks.element import (
    Element,
    MediaReference,
    Piece,
    is_rendered,
    require_fallback,
)
from app.content.blocks.pictures import Picture
from app.content.blocks.values import Count, LanguageTag, MimeType, Pixels, Seconds
from app.kit.strings import Line, ManyLines, Title, Url

Transcript = Annotated[str, ManyLines(200_000)]


class RecordingSource(Piece):
    """One file of a recording."""

    url: Url = Field(description="Where the file or stream is.")
    mime_type: MimeType | None = Field(
        default=None, description="The file's media type; null: unknown."
    )
    width: Pixels | None = Field(default=None, description="In pixels; null: unknown.")
    height: Pixels | None = Field(default=None, description="In pixels; null: unknown.")
    bitrate: Count | None = Field(
        default=None, description="In kilobits a second; null: unknown."
    )
    ads: bool = Field(
        default=False, description="Whether advertisements are stitched into it."
    )


class CaptionTrack(Piece):
    """Subtitles in one language."""

    url: Url = Field(description="The WebVTT file.")
    language: LanguageTag = Field(description="A BCP 47 language tag.")
    label: Line = Field(default="", description="What the language is called.")


class Episode(Piece):
    """The place of a recording in a podcast."""

    podcast: Title = Field(description="The podcast's name.")
    title: Line = Field(default="", description="The episode's name.")
    season: Count | None = Field(
        default=None, description="Counted from 1; null: none."
    )
    number: Count | None = Field(
        default=None, description="Counted from 1; null: none."
    )


class Recording(MediaReference, Element):
    """What video and audio share."""

    title: Line = Field(default="", description="What it is; may be empty.")
    caption: Line = Field(default="", description="The words below it.")
    credit: Line = Field(default="", description="Who made it.")
    duration: Seconds | None = Field(
        default=None, description="In seconds; null: unknown or live."
    )
    sources: list[RecordingSource] = Field(
        default=[], max_length=50, description="The files to choose from, best first."
    )
    transcript: Transcript | None = Field(
        default=None, description="What is said in it; null: none."
    )
    src: Url | None = Field(
        default=None,
        description="The library's own file, filled in at release; else null.",
    )

    @field_validator("src")
    @classmethod
    def _made_at_release(cls, given: str | None, fields: ValidationInfo) -> str | None:
        return given if is_rendered(fields) else None


class Video(Recording):
    """A video: of the media library, or played by its provider."""

    type: Literal["video"]
    provider: Line | None = Field(
        default=None, description="Who plays it, such as `youtube`; null: ourselves."
    )
    url: Url | None = Field(
        default=None, description="Its page at the provider; null: none."
    )
    poster: Picture | None = Field(default=None, description="A still; null: none.")
    captions: list[CaptionTrack] = Field(
        default=[], max_length=100, description="Subtitles."
    )
    live: bool = Field(default=False, description="Whether it is being broadcast now.")
    ads_allowed: bool = Field(
        default=True, description="Whether advertisements may run in it."
    )

    @model_validator(mode="after")
    def _has_one_origin(self) -> Self:
        is_provided = self.provider is not None and self.url is not None
        is_half_provided = (self.provider is None) != (self.url is None)
        if is_half_provided or is_provided == (self.media_id is not None):
            raise PydanticCustomError(
                "one_origin", "a video has either a media_id or a provider and url"
            )
        if is_provided:
            require_fallback(self)
        return self


class Audio(Recording):
    """A sound recording, such as a podcast's episode."""

    type: Literal["audio"]
    episode: Episode | None = Field(
        default=None, description="Its place in a podcast; null: none."
    )

    @model_validator(mode="after")
    def _can_be_heard(self) -> Self:
        if self.media_id is None and not self.sources:
            raise PydanticCustomError(
                "one_origin", "an audio block needs a media_id or a source"
            )
        return self
