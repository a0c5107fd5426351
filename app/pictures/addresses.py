"""The public addresses of prints: `/media/{id}/{size}-{digest}.{ending}`."""

from dataclasses import dataclass
from uuid import UUID

from app.pictures.sizes import (
    LISTED,
    SIZES,
    FileName,
    Original,
    dimensions,
    file_name,
)

PREFIX = "/media"

# What is shown where a client wants one address: the largest, as every program reads.
_WHOLE = ("wide", "jpg")


@dataclass(frozen=True)
class Print:
    """A print that readers can have."""

    name: str
    url: str
    width: int
    height: int
    mime_type: str


def prints(base: str, media_id: UUID, original: Original) -> list[Print]:
    """List a picture in each size, in the usual format."""
    return [
        _print(base, media_id, original, file_name(original, size, LISTED))
        for size in SIZES.values()
    ]


def whole(base: str, media_id: UUID, original: Original) -> Print:
    """Name the one print that stands for the picture."""
    name, ending = _WHOLE
    named = file_name(original, SIZES[name], ending)
    return _print(base, media_id, original, named)


def _print(base: str, media_id: UUID, original: Original, name: FileName) -> Print:
    width, height = dimensions(original, name.size)
    return Print(
        name=name.size.name,
        url=f"{base}{PREFIX}/{media_id}/{name}",
        width=width,
        height=height,
        mime_type=name.mime_type,
    )
