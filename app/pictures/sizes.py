"""The sizes in which readers get a picture, and the names of the files.

A name holds a digest of all that the bytes depend on. So the bytes under a name
never change, and nobody can guess one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

MAKER = 1
"""Raised whenever the same picture in the same size would get other bytes."""

MIME_TYPES: Mapping[str, str] = {
    "webp": "image/webp",
    "avif": "image/avif",
    "jpg": "image/jpeg",
}
"""The media type of each ending. Every size is there with every one of them."""

LISTED = "webp"
"""The ending that documents name; the others take its place in the address."""

_FILE_NAME = re.compile(r"([a-z]{1,20})-([0-9a-f]{32})\.(webp|avif|jpg)")


@dataclass(frozen=True)
class Size:
    """A box that a picture is fitted into, or cropped to fill. Nothing is enlarged."""

    name: str
    width: int
    height: int
    is_cropped: bool = False


SIZES: Mapping[str, Size] = {
    size.name: size
    for size in (
        Size("thumb", 160, 320),
        Size("card", 480, 960),
        Size("column", 960, 1920),
        Size("wide", 1920, 3840),
        Size("square", 400, 400, is_cropped=True),
    )
}
"""The closed table of sizes, by name."""


@dataclass(frozen=True)
class Original:
    """What prints are made from: the file, and the point that must stay visible.

    `folder` is the unguessable name of the upload; everything made from it is kept
    there beside it.
    """

    folder: str
    sha256: str
    width: int
    height: int
    focal_x: float | None = None
    focal_y: float | None = None


@dataclass(frozen=True)
class FileName:
    """The parts of a print's file name."""

    size: Size
    digest: str
    ending: str

    def __str__(self) -> str:
        return f"{self.size.name}-{self.digest}.{self.ending}"

    @property
    def mime_type(self) -> str:
        return MIME_TYPES[self.ending]


@dataclass(frozen=True)
class Order:
    """A print to be made: its size, its ending, and what part of the picture it is."""

    width: int
    height: int
    ending: str
    window: tuple[float, float, float, float]


def file_name(original: Original, size: Size, ending: str) -> FileName:
    """Name the print of an original in a size."""
    focal = (original.focal_x, original.focal_y) if size.is_cropped else None
    facts = (MAKER, original.sha256, size.width, size.height, size.is_cropped, focal)
    digest = blake2b(repr(facts).encode(), digest_size=16).hexdigest()
    return FileName(size, digest, ending)


def parse(text: str) -> FileName | None:
    """Read a file name; None for what never names a print."""
    match = _FILE_NAME.fullmatch(text)
    if match is None or match[1] not in SIZES:
        return None
    return FileName(SIZES[match[1]], match[2], match[3])


def dimensions(original: Original, size: Size) -> tuple[int, int]:
    """Tell how wide and high a print is, in pixels."""
    if size.is_cropped:
        return min(size.width, original.width), min(size.height, original.height)
    scale = min(1, size.width / original.width, size.height / original.height)
    return max(1, round(original.width * scale)), max(1, round(original.height * scale))


def order_of(original: Original, size: Size, ending: str) -> Order:
    """Say how a print is to be made."""
    width, height = dimensions(original, size)
    return Order(width, height, ending, _window(original, size))


def _window(original: Original, size: Size) -> tuple[float, float, float, float]:
    """Say which part a print shows: left, top, right, bottom, as parts of the whole.

    A crop has the shape of its box and as much of the picture as fits, as near
    around the focal point as the edges allow.
    """
    if not size.is_cropped:
        return 0, 0, 1, 1
    width, height = dimensions(original, size)
    scale = min(original.width / width, original.height / height)
    across, down = width * scale / original.width, height * scale / original.height
    x, y = _kept(original.focal_x, across), _kept(original.focal_y, down)
    return x, y, x + across, y + down


def _kept(focal: float | None, length: float) -> float:
    """Begin where the focal point stands in the middle, but within the picture."""
    return min(max((0.5 if focal is None else focal) - length / 2, 0), 1 - length)
