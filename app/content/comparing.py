"""What differs between two contents: fields by name, blocks by their stable id.

Plain data in, so that it compares what editors save and what readers got alike. A
block inside another is a part of that one, and makes it a changed one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field, JsonValue

from app.kit.schemas import Output

Block = Mapping[str, JsonValue]
"""A block as JSON has it; its `id` is the same in all versions."""


class FieldChange(Output):
    """A field that two contents do not have in common."""

    name: str = Field(description="The field.")
    before: JsonValue = Field(description="What it was; null where there was none.")
    after: JsonValue = Field(description="What it became.")


class BlockChange(Output):
    """A block that two bodies do not have in common."""

    id: str = Field(description="Names the block in all versions.")
    change: Literal["added", "removed", "changed", "moved"] = Field(
        description="What became of it. A changed one may also have moved."
    )
    is_moved: bool = Field(description="Whether it left its place among the others.")
    from_index: int | None = Field(
        description="Where it stood, from 0; null: it was added."
    )
    to_index: int | None = Field(
        description="Where it stands, from 0; null: it was removed."
    )
    before: dict[str, JsonValue] | None = Field(
        description="The block as it was; null: it was added."
    )
    after: dict[str, JsonValue] | None = Field(
        description="The block as it became; null: it was removed."
    )


def compare_fields(
    before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]
) -> list[FieldChange]:
    """List the fields that differ, in the order of the later content."""
    names = dict.fromkeys([*after, *before])
    return [
        FieldChange(name=name, before=before.get(name), after=after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    ]


def compare_blocks(
    before: Sequence[Block], after: Sequence[Block]
) -> list[BlockChange]:
    """List the blocks that differ, in reading order; each of an id is named once."""
    earlier, later = _by_id(before), _by_id(after)
    moved = _moved(earlier, later)
    changes = [
        _change(block_id, earlier.get(block_id), later.get(block_id), moved)
        for block_id in dict.fromkeys([*earlier, *later])
        if earlier.get(block_id) is None
        or later.get(block_id) is None
        or block_id in moved
        or earlier[block_id][1] != later[block_id][1]
    ]
    return sorted(changes, key=_place)


def _by_id(blocks: Sequence[Block]) -> dict[str, tuple[int, Block]]:
    return {str(block["id"]): (index, block) for index, block in enumerate(blocks)}


def _change(
    block_id: str,
    earlier: tuple[int, Block] | None,
    later: tuple[int, Block] | None,
    moved: set[str],
) -> BlockChange:
    from_index, before = earlier or (None, None)
    to_index, after = later or (None, None)
    change: Literal["added", "removed", "changed", "moved"] = "changed"
    if before is None:
        change = "added"
    elif after is None:
        change = "removed"
    elif before == after:
        change = "moved"
    return BlockChange(
        id=block_id,
        change=change,
        is_moved=block_id in moved,
        from_index=from_index,
        to_index=to_index,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
    )


def _place(change: BlockChange) -> tuple[int, bool]:
    # A removed block comes before what stands in its place now.
    if change.to_index is None:
        return (change.from_index or 0, False)
    return (change.to_index, True)


def _moved(earlier: Iterable[str], later: Iterable[str]) -> set[str]:
    """Find the blocks that left their place, as few as explain the new order.

    Those that stay are a longest run in which the old order still holds: a block
    taken from the end to the front is one that moved, not all that it passed.
    """
    place = {block_id: index for index, block_id in enumerate(earlier)}
    common = [block_id for block_id in later if block_id in place]
    ends: list[int] = []
    last: list[str] = []
    before: dict[str, str | None] = {}
    for block_id in common:
        length = bisect_left(ends, place[block_id])
        before[block_id] = last[length - 1] if length else None
        ends[length : length + 1] = [place[block_id]]
        last[length : length + 1] = [block_id]
    stays: set[str] = set()
    here = last[-1] if last else None
    while here is not None:
        stays.add(here)
        here = before[here]
    return set(common) - stays
