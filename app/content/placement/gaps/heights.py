"""How high a block will be, about: liveblogs are spaced by what is seen.

A fixed part, a margin, and so many lines of so many characters. The numbers are of a
plain layout of our own, 640 pixels wide, or 360 on a compact screen.
"""

import math
from dataclasses import dataclass

from pydantic import JsonValue

from app.content.placement.rules import PlatformClass


@dataclass(frozen=True)
class _Shape:
    fixed: int
    margin: int
    line: int = 0
    characters: int = 1

    def height(self, characters: int) -> int:
        return (
            self.fixed
            + self.margin
            + self.line * math.ceil(characters / self.characters)
        )


_UNKNOWN = 200
_HEADER = 60
"""Of a post: its time, and the line that parts it from the next."""

_WIDE: dict[str, _Shape] = {
    "paragraph": _Shape(0, 16, 28, 75),
    "heading": _Shape(0, 24, 34, 45),
    "list": _Shape(0, 16, 28, 70),
    "quote": _Shape(16, 24, 30, 65),
    "pullquote": _Shape(40, 24, 36, 40),
    "image": _Shape(400, 24),
    "gallery": _Shape(480, 24),
    "video": _Shape(380, 24),
    "audio": _Shape(120, 24),
    "embed": _Shape(400, 24),
    "social_post": _Shape(300, 24, 24, 60),
    "related": _Shape(110, 24),
    "callout": _Shape(120, 24, 26, 70),
    "correction": _Shape(40, 24, 26, 70),
    "divider": _Shape(1, 32),
    "code": _Shape(24, 24, 22, 80),
}
_COMPACT: dict[str, _Shape] = {
    "paragraph": _Shape(0, 14, 26, 42),
    "heading": _Shape(0, 20, 30, 28),
    "list": _Shape(0, 14, 26, 38),
    "quote": _Shape(12, 20, 28, 36),
    "pullquote": _Shape(32, 20, 32, 24),
    "image": _Shape(240, 20),
    "gallery": _Shape(300, 20),
    "video": _Shape(220, 20),
    "audio": _Shape(110, 20),
    "embed": _Shape(320, 20),
    "social_post": _Shape(280, 20, 22, 36),
    "related": _Shape(110, 20),
    "callout": _Shape(110, 20, 24, 38),
    "correction": _Shape(32, 20, 24, 38),
    "divider": _Shape(1, 28),
    "code": _Shape(20, 20, 20, 44),
}
_SHAPES: dict[PlatformClass, dict[str, _Shape]] = {"wide": _WIDE, "compact": _COMPACT}


def of_post(post: dict[str, JsonValue], platform_class: PlatformClass) -> int:
    """Estimate the height of a post of a liveblog, in pixels."""
    blocks = post.get("blocks")
    inside = blocks if isinstance(blocks, list) else []
    return _HEADER + sum(
        _of_block(block, platform_class) for block in inside if isinstance(block, dict)
    )


def _of_block(block: dict[str, JsonValue], platform_class: PlatformClass) -> int:
    shape = _SHAPES[platform_class].get(str(block["type"]))
    return _UNKNOWN if shape is None else shape.height(_characters(block))


def _characters(block: dict[str, JsonValue]) -> int:
    items = block.get("items")
    parts = items if isinstance(items, list) else []
    inside = sum(_characters(each) for each in parts if isinstance(each, dict))
    return inside + len(str(block.get("text") or block.get("text_snapshot") or ""))
