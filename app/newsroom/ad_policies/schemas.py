"""What editors write of an ad policy, and what they get."""

from typing import Annotated

from pydantic import Field

from app.content.placement.rules import (
    BlockType,
    FrontRules,
    GalleryRules,
    LiveblogRules,
    PixelHints,
    PlacementRules,
    PlatformClass,
    StoryFlag,
)
from app.content.vocabularies import PageType
from app.kit.patches import Change
from app.kit.schemas import Moment, Output, Uuid
from app.kit.strings import Slug, Title

References = Annotated[list[Title], Field(max_length=100)]


class AdPolicyCreate(PlacementRules):
    """A new ad policy. Of those that match a page, the highest priority rules."""

    key: Slug = Field(description="What it is referred to by.")
    name: Title = Field(description="What people call it.")
    priority: int = Field(
        default=0, ge=0, le=9999, description="The highest that matches rules."
    )
    page_types: list[PageType] = Field(
        default=[], max_length=8, description="Only on these pages; `[]`: on all."
    )
    platform_class: PlatformClass | None = Field(
        default=None, description="Only on these screens; null: on all."
    )
    sections: References = Field(
        default=[],
        description="Only in these, by id or path, and below them; `[]`: in all.",
    )
    tags: References = Field(
        default=[], description="Only with one of these, by id or slug; `[]`: any."
    )
    flags: list[StoryFlag] = Field(
        default=[], max_length=7, description="Only on stories that are all of these."
    )


class AdPolicyUpdate(Change, AdPolicyCreate):
    """A change to an ad policy (RFC 7396)."""

    key: Slug = Field(default="", description="What it is referred to by.")
    name: Title = Field(default="", description="What people call it.")


class AdPolicyDetail(Output):
    """An ad policy as editors see it. References are given as ids."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    key: str
    name: str
    priority: int
    page_types: list[PageType]
    platform_class: PlatformClass | None
    sections: list[Uuid]
    tags: list[Uuid]
    flags: list[StoryFlag]
    count_as_unit: list[BlockType]
    min_words: int
    min_units: int
    first_after_units: int
    first_after_words: int
    gap_units: int
    gap_words: int
    gap_words_alone: int
    tail_units: int
    tail_words: int
    max_slots: int
    words_per_slot: int
    candidates: list[BlockType]
    never_after: list[BlockType]
    never_before: list[BlockType]
    never_inside: list[BlockType]
    liveblog: LiveblogRules
    gallery: GalleryRules
    front: FrontRules
    pixel_hints: PixelHints
    created_at: Moment
    updated_at: Moment
