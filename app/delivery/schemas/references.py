"""Small and complete: what a document says of another resource it names."""

from pydantic import Field

from app.content.vocabularies import MediaKind, SponsorType, TagKind
from app.kit.schemas import Output, Uuid


class AssetFocalPoint(Output):
    """The point that must stay visible when a picture is cropped."""

    x: float = Field(description="From the left edge, 0 to 1.")
    y: float = Field(description="From the top edge, 0 to 1.")


class AssetRendition(Output):
    """One ready form of a media asset."""

    name: str = Field(description="What it is for, such as `card`.")
    url: str = Field(description="Where its bytes are.")
    width: int | None = Field(description="Pixels; null where it has none.")
    height: int | None = Field(description="Pixels; null where it has none.")
    mime_type: str | None = Field(description="Its media type; null if unknown.")


class MediaReference(Output):
    """A picture or recording where it is shown."""

    id: Uuid = Field(description="Never changes.")
    kind: MediaKind = Field(description="What it is.")
    url: str = Field(description="Its file; of an upload the largest print.")
    width: int | None = Field(description="Pixels; null where it has none.")
    height: int | None = Field(description="Pixels; null where it has none.")
    alt: str = Field(description="What it shows, for those who cannot see it.")
    caption: str = Field(description="What readers are told of it; may be empty.")
    credit: str = Field(description="Who made it; may be empty.")
    focal_point: AssetFocalPoint | None = Field(
        description="What must stay visible when it is cropped; null: unsaid."
    )
    renditions: list[AssetRendition] = Field(
        description="Ready forms of it; may be empty."
    )


class AuthorReference(Output):
    """An author where a story names them."""

    id: Uuid = Field(description="Never changes.")
    slug: str = Field(description="The end of their path.")
    name: str = Field(description="As it stands in a byline.")
    path: str = Field(description="Their public path.")
    role: str | None = Field(description="Such as *Political editor*; null: not said.")
    portrait: MediaReference | None = Field(description="Their picture; null: none.")


class SectionReference(Output):
    """A section where a story stands in it."""

    id: Uuid = Field(description="Never changes.")
    path: str = Field(description="Its public path.")
    name: str = Field(description="What readers see.")


class TagReference(Output):
    """A tag where a story has it."""

    id: Uuid = Field(description="Never changes.")
    slug: str = Field(description="The end of its path.")
    name: str = Field(description="What readers see.")
    kind: TagKind = Field(description="What kind of thing it names.")


class SponsorLogo(Output):
    """A sponsor's logo."""

    url: str = Field(description="Where its bytes are.")
    width: int = Field(description="In pixels.")
    height: int = Field(description="In pixels.")


class SponsorLogos(Output):
    """A sponsor's logo on light and on dark grounds."""

    light: SponsorLogo | None = Field(description="For light grounds; null: none.")
    dark: SponsorLogo | None = Field(description="For dark grounds; null: none.")


class Sponsorship(Output):
    """Who paid, and what readers must be told."""

    id: Uuid = Field(description="The sponsor's; never changes.")
    key: str = Field(description="What frontends call the sponsor.")
    name: str = Field(description="As readers are told.")
    type: SponsorType = Field(description="What the money bought.")
    link: str | None = Field(description="Where the logo leads; null: nowhere.")
    about_link: str | None = Field(description="The page that explains it; null: none.")
    logo: SponsorLogos = Field(description="The sponsor's logo.")
    is_exclusive: bool = Field(
        description="Whether no advertisement but the sponsor's stands beside it."
    )
