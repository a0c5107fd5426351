"""Which sizes an advertisement may have, by the width of the window.

As Google Publisher Tag maps sizes: the entry with the largest minimum that the
window reaches applies, and one with an empty list means no advertisement.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.kit.schemas import Input

Side = Annotated[int, Field(ge=1, le=10_000)]
# The database gives a pair back as a list, which a strict tuple would refuse.
Pair = Annotated[tuple[Side, Side], Field(strict=False)]
Size = Pair | Literal["fluid"]
Minimum = Annotated[int, Field(ge=0, le=10_000)]


class SizeRange(Input):
    """The sizes from one width of the window on."""

    min_width: Minimum = Field(description="From this width of the window, in pixels.")
    min_height: Minimum = Field(
        default=0, description="And from this height of the window, in pixels."
    )
    sizes: list[Size] = Field(
        max_length=30,
        description='Each `[width, height]` or `"fluid"`; `[]`: no advertisement.',
    )


class ReservedHeight(Input):
    """The space to keep free before anything is loaded."""

    min_width: Minimum = Field(description="From this width of the window, in pixels.")
    height: Minimum = Field(description="In pixels.")


def _ascending(ranges: list[SizeRange]) -> list[SizeRange]:
    _check([(each.min_width, each.min_height) for each in ranges])
    return ranges


def _ascending_heights(heights: list[ReservedHeight]) -> list[ReservedHeight]:
    _check([(each.min_width, 0) for each in heights])
    return heights


def _check(minima: Sequence[tuple[int, int]]) -> None:
    if any(one >= next_one for one, next_one in pairwise(minima)):
        raise ValueError("entries stand in ascending order of min_width, each once")


SizeMapping = Annotated[
    list[SizeRange], Field(max_length=20), AfterValidator(_ascending)
]
"""Sizes by window, smallest first."""

Reserve = Annotated[
    list[ReservedHeight], Field(max_length=20), AfterValidator(_ascending_heights)
]
"""Reserved heights by window, smallest first."""
