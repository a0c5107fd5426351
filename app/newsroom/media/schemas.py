"""What editors write of a media asset, and what they get."""

from typing import Annotated

from pydantic import Field

from app.content.story import Rights
from app.content.vocabularies import MediaKind
from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, Text, Title, Url

MimeType = Annotated[Line, Field(pattern=r"^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]{0,80}$")]
Pixels = Annotated[int, Field(ge=1, le=100_000)]


class MediaFocalPoint(Input):
    """The point that must stay visible when a picture is cropped."""

    x: float = Field(ge=0, le=1, description="From the left edge, 0 to 1.")
    y: float = Field(ge=0, le=1, description="From the top edge, 0 to 1.")


class MediaRendition(Input):
    """One ready form of an asset."""

    name: Title = Field(description="What it is for, such as `card`.")
    url: Url = Field(description="Where its bytes are.")
    width: Pixels | None = Field(default=None, description="In pixels.")
    height: Pixels | None = Field(default=None, description="In pixels.")
    mime_type: MimeType | None = Field(default=None, description="Its media type.")


class MediaWords(Input):
    """What is said of an asset, wherever its file is."""

    alt: Text = Field(
        default="", description="What it shows, for those who cannot see it."
    )
    caption: Text = Field(default="", description="What readers are told of it.")
    credit: Line = Field(default="", description="Who made it, as readers are told.")
    focal_point: MediaFocalPoint | None = Field(
        default=None, description="What must stay visible when it is cropped."
    )
    renditions: list[MediaRendition] = Field(
        default=[],
        max_length=50,
        description="Ready forms of it that lie elsewhere; an upload's own come first.",
    )
    rights: Rights = Field(default=Rights(), description="What may be done with it.")
    ads: bool = Field(
        default=True, description="Whether advertisements may stand beside it."
    )
    listed: bool = Field(
        default=False, description="Whether it is public before any article shows it."
    )


class MediaCreate(MediaWords):
    """A new asset. Readers see nothing of it before a released article shows it."""

    kind: MediaKind = Field(description="What it is.")
    url: Url = Field(description="Where the original's bytes are; one asset a URL.")
    mime_type: MimeType | None = Field(
        default=None, description="The original's media type."
    )
    width: Pixels | None = Field(default=None, description="In pixels.")
    height: Pixels | None = Field(default=None, description="In pixels.")
    duration: float | None = Field(
        default=None, ge=0, le=604_800, description="In seconds, at most a week."
    )


class MediaUpdate(Change, MediaCreate):
    """A change to an asset (RFC 7396).

    Of an uploaded picture `kind`, `url`, `mime_type`, `width`, `height` and
    `duration` are what its bytes say: send others to change them.
    """

    kind: MediaKind = Field(default="image", description="What it is.")
    url: Url = Field(default="", description="Where the original's bytes are.")


class MediaUpload(Output):
    """The file that was uploaded."""

    url: str = Field(description="Where editors get it, with their key.")
    bytes: int = Field(description="How many bytes it has.")
    sha256: str = Field(description="The SHA-256 of these bytes, in hexadecimal.")


class MediaDetail(Output):
    """A media asset as editors see it."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    kind: MediaKind
    url: str = Field(
        description="Its file; of an upload the largest form, once it is public."
    )
    upload: MediaUpload | None = Field(
        description="The uploaded file; null where the file lies elsewhere."
    )
    mime_type: str | None
    width: int | None
    height: int | None
    duration: float | None = Field(description="In seconds.")
    alt: str
    caption: str
    credit: str
    focal_point: MediaFocalPoint | None
    renditions: list[MediaRendition]
    rights: Rights
    ads: bool
    is_listed: bool = Field(description="Whether it is public by itself.")
    created_at: Moment
    updated_at: Moment
