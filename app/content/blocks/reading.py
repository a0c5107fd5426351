"""Blocks that readers meet but nobody stores, and the union of all that is read.

They stand at the top level of a body only, never inside another block.
"""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.content.blocks.containers import Stored
from app.content.blocks.element import Element
from app.content.blocks.values import Count
from app.kit.strings import Line, Slug


class Restricted(Element):
    """Stands where this reader or partner may not have the block."""

    type: Literal["restricted"]
    reason_code: Slug = Field(description="Why, for programs.")
    message: Line = Field(description="Why, for people.")
    original_type: Line = Field(description="The `type` of what is missing.")


class AdSlot(Element):
    """Where an advertisement may stand."""

    type: Literal["ad_slot"]
    slot: Slug = Field(description="The slot's key in the catalogue.")
    instance: Slug = Field(description="The key of this place, such as `inline-2`.")


class Truncated(Element):
    """The end of what this reader may read."""

    type: Literal["truncated"]
    words_left: Count = Field(description="How many words are missing.")
    access_needed: Line = Field(description="What it takes to read on.")


Block = TypeAliasType(
    "Block",
    Annotated[
        Stored | Restricted | AdSlot | Truncated,
        Field(discriminator="type"),
    ],
)
"""A block as it is read, told apart by its `type`."""
