"""What editors write of a section, and what they get."""

from pydantic import Field

from app.content.vocabularies import DataMining
from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, Slug, Text


class SectionCreate(Input):
    """A new section. Its path is its parent's path and its slug."""

    name: Line = Field(description="What readers see.")
    slug: Slug | None = Field(
        default=None, description="Its part of the path; made from the name if absent."
    )
    parent: Line | None = Field(
        default=None, description="Id or path of the section above; null at the top."
    )
    description: Text | None = Field(default=None, description="What it is about.")
    ordinal: int = Field(
        default=0, ge=0, le=9999, description="Its place among its siblings."
    )
    sponsor: Line | None = Field(
        default=None, description="Id or key of who pays for it, and all below it."
    )
    data_mining: DataMining | None = Field(
        default=None,
        description="Whether machines may learn from what is in it; null: as the"
        " section above says.",
    )


class SectionUpdate(Change, SectionCreate):
    """A change to a section (RFC 7396). A new slug or parent moves its subtree."""

    name: Line = Field(default="", description="What readers see.")


class SectionDetail(Output):
    """A section as editors see it."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    slug: str
    path: str = Field(description="Its path, without a leading slash.")
    name: str
    description: str | None
    parent_id: Uuid | None = Field(description="The section above; null at the top.")
    ordinal: int
    sponsor: Uuid | None = Field(
        validation_alias="sponsor_id", description="Who pays for it; null: nobody."
    )
    data_mining: DataMining | None = Field(
        description="Whether machines may learn from it; null: not said here."
    )
    created_at: Moment
    updated_at: Moment
