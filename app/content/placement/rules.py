"""The rules by which advertisements get their places in a story.

The defaults are the built-in policy for articles: what large newspapers do, as
measured in public. A stored policy overrides what it names.
"""

from typing import Annotated, Literal

from pydantic import Field

from app.kit.schemas import Input

PlatformClass = Literal["compact", "wide"]
StoryFlag = Literal[
    "sensitive",
    "legal",
    "sponsored",
    "supported",
    "paid_content",
    "registered",
    "subscriber",
]
"""What can be told of a story from its sensitivity, its sponsor and its access."""

BlockType = Literal[
    "paragraph",
    "heading",
    "list",
    "quote",
    "pullquote",
    "image",
    "gallery",
    "video",
    "audio",
    "social_post",
    "embed",
    "interactive",
    "related",
    "link_list",
    "callout",
    "box",
    "timeline",
    "table",
    "code",
    "divider",
    "rating",
    "correction",
    "live_post",
    "product",
    "structured",
    "group",
    "meter_break",
    "legacy_html",
]
BlockTypes = Annotated[list[BlockType], Field(max_length=40)]
Count = Annotated[int, Field(ge=0, le=1_000)]
Words = Annotated[int, Field(ge=0, le=100_000)]
Pixels = Annotated[int, Field(ge=0, le=20_000)]


class LiveblogRules(Input):
    """Slots between the posts of a liveblog: after the first, never after the last."""

    gap_px: Pixels = Field(default=1500, description="Estimated height, wide screens.")
    gap_px_compact: Pixels = Field(
        default=1200, description="Estimated height, compact screens."
    )
    max_slots: Count = Field(default=8, description="At most so many.")


class GalleryRules(Input):
    """Slots between the pictures of a gallery."""

    every: int = Field(
        default=4, ge=1, le=100, description="After so many pictures each."
    )


class FrontRules(Input):
    """Slots between the containers of a front."""

    every: int = Field(
        default=2, ge=1, le=100, description="In every so many allowed gaps one."
    )
    max_slots: Count = Field(default=8, description="At most so many, wide screens.")
    max_slots_compact: Count = Field(
        default=10, description="At most so many, compact screens."
    )


class PixelHints(Input):
    """Distances for clients that measure the page; the server uses none of them."""

    min_gap: Pixels = Field(default=750, description="Between two slots.")
    min_gap_high_value: Pixels = Field(
        default=500, description="Between two slots in sections that sell well."
    )
    rail: Pixels = Field(default=500, description="Between two slots of the rail.")
    top: Pixels = Field(default=300, description="From the top of the story.")
    top_immersive: Pixels = Field(
        default=700, description="From the top of a story with an immersive opening."
    )
    top_compact: Pixels = Field(
        default=200, description="From the top on compact screens."
    )
    bottom: Pixels = Field(default=300, description="From the end of the story.")
    bottom_compact: Pixels = Field(
        default=200, description="From the end on compact screens."
    )


class PlacementRules(Input):
    """Every parameter of placement, with the built-in policy as defaults.

    An image in a supporting, thumbnail or halfwidth role is never a unit, and no
    slot stands after it, whatever the lists say.
    """

    count_as_unit: BlockTypes = Field(
        default=["paragraph", "list", "quote", "image"],
        description="Block types that count as units.",
    )
    min_words: Words = Field(default=300, description="No slot in a shorter story.")
    min_units: Count = Field(default=5, description="No slot in a shorter story.")
    first_after_units: Count = Field(
        default=3, description="Units before the first slot."
    )
    first_after_words: Words = Field(
        default=100, description="Words before the first slot."
    )
    gap_units: Count = Field(
        default=6, description="Units between slots, together with `gap_words`."
    )
    gap_words: Words = Field(
        default=200, description="Words between slots, together with `gap_units`."
    )
    gap_words_alone: Words = Field(
        default=350, description="Words between slots that suffice by themselves."
    )
    tail_units: Count = Field(
        default=1, description="Units left after the one that follows the slot."
    )
    tail_words: Words = Field(default=40, description="Words left after the slot.")
    max_slots: Count = Field(default=15, description="At most so many in a story.")
    words_per_slot: int = Field(
        default=200,
        ge=1,
        le=100_000,
        description="At most one slot for so many words of the whole story.",
    )
    candidates: BlockTypes = Field(
        default=["paragraph", "heading"],
        description="Block types before which a slot may stand; before no other.",
    )
    never_after: BlockTypes = Field(
        default=[
            "heading",
            "pullquote",
            "related",
            "callout",
            "box",
            "code",
            "table",
            "correction",
            "video",
            "audio",
            "embed",
            "interactive",
            "gallery",
        ],
        description="Block types after which no slot stands.",
    )
    never_before: BlockTypes = Field(
        default=[], description="Block types taken out of `candidates` again."
    )
    never_inside: BlockTypes = Field(
        default=["list", "table", "quote", "box", "gallery"],
        description="For clients that place slots themselves: blocks not to be split;"
        " the server's own slots stand between blocks only.",
    )
    liveblog: LiveblogRules = Field(
        default=LiveblogRules(), description="Between the posts of a liveblog."
    )
    gallery: GalleryRules = Field(
        default=GalleryRules(), description="Between the pictures of a gallery."
    )
    front: FrontRules = Field(
        default=FrontRules(), description="Between the containers of a front."
    )
    pixel_hints: PixelHints = Field(
        default=PixelHints(), description="For clients that measure the page."
    )
