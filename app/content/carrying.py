"""Carrying a change of one body over to another that has grown from the same.

What readers have is corrected while editors are at a later state of the story. The
correction has to reach that state too, and must leave the rest of it alone.
"""

from collections.abc import Collection, Sequence

from app.content.blocks.containers import StoredBlock


def carried_over(
    before: Sequence[StoredBlock],
    after: Sequence[StoredBlock],
    other: Sequence[StoredBlock],
) -> list[StoredBlock]:
    """Do to another body what became of the first one, block by block.

    A block that both have changed is taken as it is after. What the other has taken
    out stays out, and where it has an order of its own that stays.
    """
    if list(before) == list(other):
        return list(after)
    was = {block.id: block for block in before}
    now = {block.id: block for block in after}
    carried: list[StoredBlock] = []
    for block in other:
        is_touched = was.get(block.id) != now.get(block.id)
        kept = now.get(block.id) if is_touched else block
        if kept is not None:
            carried.append(kept)
    return _with_new(carried, after, was.keys())


def _with_new(
    carried: list[StoredBlock], after: Sequence[StoredBlock], known: Collection[str]
) -> list[StoredBlock]:
    """Put in what is new after, each behind the block that it stands behind there."""
    ids = [block.id for block in carried]
    place = 0
    for block in after:
        if block.id in ids:
            place = ids.index(block.id) + 1
        elif block.id not in known:
            carried.insert(place, block)
            ids.insert(place, block.id)
            place += 1
    return carried
