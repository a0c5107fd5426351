"""A body as placement sees it: its top-level blocks, and how many words each has."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from app.content.counting import count_words

Body = Sequence[dict[str, JsonValue]]
"""Blocks as readers get them."""

_WORDED = frozenset({"paragraph", "heading", "quote"})
_FREE = frozenset({"params", "data"})
"""What belongs to a program, and means nothing here."""

_SMALL = frozenset({"supporting", "thumbnail", "halfwidth"})


@dataclass(frozen=True)
class Stop:
    """A block of the top level: what it is, and the words that can be read in it."""

    id: str
    type: str
    words: int
    is_small_image: bool
    takes_ads: bool


def stops(body: Body) -> list[Stop]:
    """See each block as a stop on the way through the story."""
    return [
        Stop(
            id=str(block["id"]),
            type=str(block["type"]),
            words=words(block),
            is_small_image=block["type"] == "image" and block.get("role") in _SMALL,
            takes_ads=takes_ads(block),
        )
        for block in body
    ]


def takes_ads(block: dict[str, JsonValue]) -> bool:
    """Tell whether an advertisement may stand beside a block."""
    return block.get("ads", True) is not False


def words(value: JsonValue, *, is_item: bool = False) -> int:
    """Count the words of paragraphs, lists, quotes and headings, nested ones too."""
    if isinstance(value, list):
        return sum(words(each, is_item=is_item) for each in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text") if is_item or value.get("type") in _WORDED else None
    is_list = value.get("type") == "list"
    nested = sum(
        words(each, is_item=is_list and name == "items")
        for name, each in value.items()
        if isinstance(each, list | dict) and name not in _FREE
    )
    return nested + (count_words(own) if isinstance(own, str) else 0)
