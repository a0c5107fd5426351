"""The process that decodes what strangers sent: with little memory and no secrets.

It reads one request a line and writes one answer a line. Nothing else is done in
it: what a hostile picture breaks is this process, and the next one is as good.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from app.pictures.decoding import FORMATS, Refused, decoded, judged
from app.pictures.shaping import print_file, upright_size, write
from app.pictures.sizes import LISTED, SIZES, Order, Original, order_of

MEMORY = 512 * 1024 * 1024
FILE_SIZE = 64 * 1024 * 1024

Answer = dict[str, str | int]


def serve() -> None:
    """Answer requests until there are no more."""
    _confine()
    for line in sys.stdin:
        source, target, order = json.loads(line)
        answer = _answer(Path(source), Path(target), order and Order(**order))
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


def _answer(source: Path, target: Path, order: Order | None) -> Answer:
    """Make a print, or without an order prove that this is a picture."""
    try:
        with judged():
            if order is None:
                return _prove(source, target)
            print_file(source, target, order)
            return {}
    except Refused as refusal:
        return {"code": refusal.code, "why": refusal.why}


def _prove(source: Path, target: Path) -> Answer:
    """Decode all of it, and make the smallest print: that proves the others."""
    image = decoded(source)
    width, height = upright_size(image)
    kind = FORMATS[image.format or ""]
    original = Original("", "", width, height)
    write(image, target, order_of(original, SIZES["thumb"], LISTED))
    return {"width": width, "height": height, "mime_type": kind}


def _confine() -> None:
    """Take from this process what a picture never needs."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    # Not every system that has this limit lets one set it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    serve()
