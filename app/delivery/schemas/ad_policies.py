"""What readers get of an ad policy."""

from pydantic import Field

from app.content.placement.rules import BlockType, PlatformClass, StoryFlag
from app.content.vocabularies import PageType
from app.kit.schemas import Output, Uuid


class PolicyLiveblog(Output):
    """Slots between the posts of a liveblog: after the first, never after the last."""

    gap_px: int = Field(description="Estimated height, wide screens.")
    gap_px_compact: int = Field(description="Estimated height, compact screens.")
    max_slots: int = Field(description="At most so many in all.")


class PolicyGallery(Output):
    """Slots between the pictures of a gallery."""

    every: int = Field(description="After so many pictures each.")


class PolicyFront(Output):
    """Slots between the containers of a front."""

    every: int = Field(description="In every so many allowed gaps one.")
    max_slots: int = Field(description="At most so many, wide screens.")
    max_slots_compact: int = Field(description="At most so many, compact screens.")


class PolicyPixelHints(Output):
    """Distances in pixels, for clients that measure the page."""

    min_gap: int = Field(description="Between two slots.")
    min_gap_high_value: int = Field(
        description="Between two slots in sections that sell well."
    )
    rail: int = Field(description="Between two slots of the rail.")
    top: int = Field(description="From the top of the story.")
    top_immersive: int = Field(
        description="From the top of a story with an immersive opening."
    )
    top_compact: int = Field(description="From the top, compact screens.")
    bottom: int = Field(description="From the end of the story.")
    bottom_compact: int = Field(description="From the end, compact screens.")


class AdPolicyProfile(Output):
    """By which rules advertisements get their places, and on which pages."""

    id: Uuid = Field(description="Never changes.")
    version: int = Field(description="It rises with every change.")
    key: str = Field(description="What it is referred to by.")
    name: str = Field(description="What people call it.")
    priority: int = Field(description="The highest that matches rules.")
    page_types: list[PageType] = Field(description="Only on these; `[]`: on all.")
    platform_class: PlatformClass | None = Field(
        description="Only on these screens: apps are compact; null: on all."
    )
    sections: list[Uuid] = Field(description="Only in and below these; `[]`: in all.")
    tags: list[Uuid] = Field(description="Only with one of these; `[]`: with any.")
    flags: list[StoryFlag] = Field(description="Only on stories that are all of these.")
    count_as_unit: list[BlockType] = Field(
        description="Block types that count as units; of images, not those in a"
        " supporting, thumbnail or halfwidth role."
    )
    min_words: int = Field(description="No slot in a story with fewer words.")
    min_units: int = Field(description="No slot in a story with fewer units.")
    first_after_units: int = Field(description="Units before the first slot.")
    first_after_words: int = Field(description="Words before the first slot.")
    gap_units: int = Field(description="Between slots, together with `gap_words`.")
    gap_words: int = Field(description="Between slots, together with `gap_units`.")
    gap_words_alone: int = Field(description="Words that suffice by themselves.")
    tail_units: int = Field(description="Left after the unit that follows the slot.")
    tail_words: int = Field(description="Words left after the slot.")
    max_slots: int = Field(description="At most so many in a story.")
    words_per_slot: int = Field(description="And at most one for so many words.")
    candidates: list[BlockType] = Field(description="A slot stands before these only.")
    never_after: list[BlockType] = Field(
        description="No slot stands after these, nor after a small image."
    )
    never_before: list[BlockType] = Field(description="Exceptions from `candidates`.")
    never_inside: list[BlockType] = Field(description="Blocks not to be split.")
    liveblog: PolicyLiveblog = Field(description="For the posts of a liveblog.")
    gallery: PolicyGallery = Field(description="For the pictures of a gallery.")
    front: PolicyFront = Field(description="For the containers of a front.")
    pixel_hints: PolicyPixelHints = Field(
        description="For clients that measure the page."
    )
