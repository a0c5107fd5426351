"""What editors write of an author, and what they get."""

from pydantic import Field

from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, Slug, Text, Url


class AuthorCreate(Input):
    """A new author. Readers see nothing of it before a released article names it."""

    name: Line = Field(description="As it stands in a byline.")
    slug: Slug | None = Field(
        default=None, description="Its part of the path; made from the name if absent."
    )
    role: Line | None = Field(default=None, description="Such as *Political editor*.")
    bio: Text | None = Field(default=None, description="A few sentences, plain text.")
    email: Line | None = Field(default=None, description="An address for readers.")
    links: list[Url] = Field(
        default=[], max_length=20, description="Profiles elsewhere."
    )
    portrait: Line | None = Field(default=None, description="Id of a media asset.")
    listed: bool = Field(
        default=False, description="Whether it is public before any article names it."
    )


class AuthorUpdate(Change, AuthorCreate):
    """A change to an author (RFC 7396)."""

    name: Line = Field(default="", description="As it stands in a byline.")


class AuthorMerge(Input):
    """Which author it is to become."""

    into: Line = Field(description="Id or slug of the author that stays.")


class AuthorDetail(Output):
    """An author as editors see them."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    slug: str
    name: str
    role: str | None
    bio: str | None
    email: str | None
    links: list[str]
    portrait_id: Uuid | None
    is_listed: bool = Field(description="Whether they are public by themselves.")
    merged_into: Uuid | None = Field(
        validation_alias="merged_into_id",
        description="Where it went; null if it was never merged into another.",
    )
    created_at: Moment
    updated_at: Moment
