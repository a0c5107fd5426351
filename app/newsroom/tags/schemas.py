"""What editors write of a tag, and what they get."""

from typing import Annotated

from pydantic import Field

from app.content.vocabularies import TagKind
from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, Slug, Text

IptcCode = Annotated[Line, Field(pattern=r"^[a-z]+:[A-Za-z0-9_-]{1,60}$")]
IabCode = Annotated[Line, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


class TagCreate(Input):
    """A new tag. Readers see nothing of it before a released article names it."""

    name: Line = Field(description="What readers see.")
    slug: Slug | None = Field(
        default=None, description="Its part of the path; made from the name if absent."
    )
    kind: TagKind = Field(default="topic", description="What kind of thing it names.")
    description: Text | None = Field(default=None, description="What it stands for.")
    iptc_code: IptcCode | None = Field(
        default=None, description="IPTC Media Topic, such as `medtop:20000205`."
    )
    iab_code: IabCode | None = Field(
        default=None, description="IAB Content Taxonomy 3.1 unique id."
    )
    listed: bool = Field(
        default=False, description="Whether it is public before any article names it."
    )
    sponsor: Line | None = Field(
        default=None, description="Id or key of who pays for the stories that have it."
    )


class TagUpdate(Change, TagCreate):
    """A change to a tag (RFC 7396)."""

    name: Line = Field(default="", description="What readers see.")


class TagMerge(Input):
    """Which tag it is to become."""

    into: Line = Field(description="Id or slug of the tag that stays.")


class TagDetail(Output):
    """A tag as editors see it."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    slug: str
    name: str
    kind: TagKind
    description: str | None
    iptc_code: str | None
    iab_code: str | None
    is_listed: bool = Field(description="Whether it is public by itself.")
    sponsor: Uuid | None = Field(
        validation_alias="sponsor_id", description="Who pays for it; null: nobody."
    )
    merged_into: Uuid | None = Field(
        validation_alias="merged_into_id",
        description="Where it went; null if it was never merged into another.",
    )
    created_at: Moment
    updated_at: Moment
