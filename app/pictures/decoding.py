"""Decoding bytes that strangers made: what is a picture, and what only looks like one.

Runs in the child process only. The header is judged before a pixel is decoded, and
decoding all of it is the proof: a file that ends early, or is something else
besides, is refused.
"""

import mmap
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 50_000_000
MAX_FRAMES = 500

FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}

# What the libraries behind Pillow are known to raise about broken files.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    RuntimeError,
)

# Programs look for the mark of their format near the beginning or the end of a
# file, and find it in a picture too. What runs as a script is found anywhere.
_AT_THE_BEGINNING = {
    "a web page or a drawing (SVG)": rb"<(?:!doctype|html|head|body|svg|\?xml[ >])",
    "a PDF document": rb"%pdf-",
}
_ANYWHERE = {"a script": rb"<script|<\?php"}
_AT_THE_END = {"an archive": rb"PK\x05\x06"}
_BEGINNING = 1_024
_END = 66_000  # A ZIP's directory ends with at most this many bytes.


class Refused(Exception):
    """These bytes are not taken; `code` is that of the problem."""

    def __init__(self, code: str, why: str):
        super().__init__(why)
        self.code = code
        self.why = why


def opened(path: Path) -> Image.Image:
    """Read the header of a picture, and refuse what its header tells."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(path, formats=list(FORMATS))
        frames = int(getattr(image, "n_frames", 1))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(f"It has more than {MAX_PIXELS:,} pixels.") from None
    except UnidentifiedImageError:
        raise _unknown(path) from None
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(f"It has more than {MAX_PIXELS:,} pixels.")
    if frames > MAX_FRAMES:
        raise _too_large(f"It has more than {MAX_FRAMES} frames.")
    return image


def decoded(path: Path) -> Image.Image:
    """Prove that a file is a picture, and nothing else, by decoding all of it."""
    image = opened(path)
    suspicion = _also(path)
    if suspicion:
        raise Refused("not-an-image", f"It is a picture and {suspicion} at once.")
    image.load()
    return image


@contextmanager
def judged() -> Iterator[None]:
    """Refuse what breaks the libraries, or needs more memory than there is."""
    try:
        yield
    except MemoryError:
        raise _too_large("It takes more memory than is given to a picture.") from None
    except BROKEN:
        why = "It is damaged, or not all of it came."
        raise Refused("not-an-image", why) from None


def _unknown(path: Path) -> Refused:
    why = "It is none of JPEG, PNG, WebP, AVIF and GIF."
    other = _also(path)
    return Refused("not-an-image", f"{why} It is {other}." if other else why)


def _also(path: Path) -> str | None:
    """Say what else a program might take these bytes for."""
    if path.stat().st_size == 0:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as m:
        parts = (
            (m[:_BEGINNING], _AT_THE_BEGINNING),
            (m, _ANYWHERE),
            (m[-_END:], _AT_THE_END),
        )
        for content, marks in parts:
            for what, mark in marks.items():
                if re.search(mark, content, re.IGNORECASE):
                    return what
    return None


def _too_large(why: str) -> Refused:
    return Refused("image-too-large", why)
