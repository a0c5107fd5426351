"""What the darkroom takes, what it refuses, and that nothing it is given harms it."""

import os
import resource
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.pictures.child import MEMORY
from app.pictures.darkroom import (
    Darkroom,
    ImageTooLarge,
    NotAnImage,
    Proof,
)
from app.pictures.sizes import MIME_TYPES, SIZES, Order, Original, order_of
from tests.pictures.drawing import (
    PLACE,
    bomb,
    frames,
    is_blue,
    opened,
    picture,
    saved,
    telling,
)

KINDS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"
ZIP = b"PK\x05\x06" + bytes(18)
REFUSED = {
    "nothing": b"",
    "text": b"GIF89a is how it begins",
    "drawing": SVG,
    "page": b"<!doctype html><script>alert(1)</script>",
    "document": PDF,
    "archive": ZIP,
    "bitmap": saved(opened(picture()), "BMP"),
    "tiff": saved(opened(picture()), "TIFF"),
    "half a JPEG": picture()[:-3000],
    "half a PNG": picture(kind="PNG")[:-200],
    "half a WebP": picture(kind="WEBP")[:-100],
    "half an AVIF": picture(kind="AVIF")[:-100],
    "half a GIF": picture(kind="GIF")[:-400],
    "picture and script": picture(comment="<script>alert(1)</script>"),
    "picture and program": picture(kind="PNG") + b"<?php system($_GET[0]); ?>",
    "picture and page": picture(comment="<html><body onload=alert(1)>"),
    "picture and document": picture(comment=PDF),
    "picture and archive": picture(kind="GIF") + ZIP,
}

TOO_LARGE = {
    "30,000 by 30,000": bomb(30_000, 30_000),
    "two billion wide": bomb(2**31 - 1, 1),
    "10,000 frames of GIF": frames(10_000, "GIF"),
    "10,000 frames of PNG": frames(10_000, "PNG"),
    "many frames of WebP": frames(600, "WEBP"),
    "more than fits into memory": picture((7000, 7000), "WEBP", quality=1, method=0),
}


@pytest.fixture(scope="module")
def darkroom() -> Iterator[Darkroom]:
    room = Darkroom()
    yield room
    room.close()


def prove(darkroom: Darkroom, folder: Path, content: bytes) -> Proof:
    source = folder / "source"
    source.write_bytes(content)
    return darkroom.prove(source, folder / "thumb")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_proved_by_its_bytes(
    darkroom: Darkroom, tmp_path: Path, kind: str
) -> None:
    assert prove(darkroom, tmp_path, picture(kind=kind)) == Proof(
        width=640, height=480, mime_type=KINDS[kind]
    )
    assert opened((tmp_path / "thumb").read_bytes()).size == (160, 120)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_or_not_only_one_is_refused(
    darkroom: Darkroom, tmp_path: Path, name: str
) -> None:
    with pytest.raises(NotAnImage):
        prove(darkroom, tmp_path, REFUSED[name])


@pytest.mark.parametrize("name", TOO_LARGE)
def test_a_bomb_is_refused_and_does_not_go_off(
    darkroom: Darkroom, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ImageTooLarge):
        prove(darkroom, tmp_path, TOO_LARGE[name])

    assert prove(darkroom, tmp_path, picture()).width == 640


def children() -> list[Path]:
    """Find the processes that decode for this one."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # It ended meanwhile.
            parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
            is_ours = int(parent) == os.getpid()
            if is_ours and b"pictures.child" in (place / "cmdline").read_bytes():
                found.append(place)
    return found


def test_the_child_has_bounds_and_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_DATABASE_URL", "postgresql://ada:secret@db/paper")
    darkroom = Darkroom()
    prove(darkroom, tmp_path, picture())

    for child in children():
        bounds = resource.prlimit(int(child.name), resource.RLIMIT_AS)
        assert bounds == (MEMORY, MEMORY)
        assert b"secret" not in (child / "environ").read_bytes()
    assert children()

    darkroom.close()


def test_a_child_that_is_gone_is_replaced(darkroom: Darkroom, tmp_path: Path) -> None:
    prove(darkroom, tmp_path, picture())
    for child in children():
        os.kill(int(child.name), signal.SIGKILL)
    while children():
        time.sleep(0.01)

    assert prove(darkroom, tmp_path, picture()).width == 640


def test_what_takes_too_long_is_refused(tmp_path: Path) -> None:
    hurried = Darkroom(seconds=0.01)

    with pytest.raises(NotAnImage, match="in time"):
        prove(hurried, tmp_path, picture())

    hurried.close()


def make(darkroom: Darkroom, folder: Path, content: bytes, order: Order) -> bytes:
    source, target = folder / "source", folder / "print"
    source.write_bytes(content)
    darkroom.print(source, target, order)
    return target.read_bytes()


@pytest.mark.parametrize("ending", MIME_TYPES)
def test_a_print_stands_upright_and_tells_nothing(
    darkroom: Darkroom, tmp_path: Path, ending: str
) -> None:
    original = Original("", "", 480, 640)
    content = telling()
    assert PLACE.encode() in content

    made = make(darkroom, tmp_path, content, order_of(original, SIZES["card"], ending))

    shown = opened(made)
    assert shown.size == (480, 640)
    # Lying on its side, blue was below on the right; upright it is on the left.
    assert is_blue(shown, 60, 600)
    assert dict(shown.getexif()) == {}
    for secret in (PLACE.encode(), b"Deep Throat", b"Exif\0", b"GPS", b"<x>"):
        assert secret not in made
    assert not {"icc_profile", "comment", "xmp"} & shown.info.keys()


@pytest.mark.parametrize(
    ("focal", "colour"),
    [((1.0, 1.0), "blue"), ((0.0, 0.0), "red")],
)
def test_a_crop_keeps_the_focal_point(
    darkroom: Darkroom, tmp_path: Path, focal: tuple[float, float], colour: str
) -> None:
    original = Original("", "", 1600, 400, *focal)
    square = order_of(original, SIZES["square"], "webp")

    shown = opened(make(darkroom, tmp_path, picture((1600, 400)), square))

    assert shown.size == (400, 400)
    assert is_blue(shown, 390, 390) == (colour == "blue")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels_can_be_printed(
    darkroom: Darkroom, tmp_path: Path, mode: str
) -> None:
    content = saved(opened(picture()).convert("L").convert(mode), "PNG")
    thumb = order_of(Original("", "", 640, 480), SIZES["thumb"], "jpg")

    shown = opened(make(darkroom, tmp_path, content, thumb))

    assert (shown.mode, shown.size) == ("RGB", (160, 120))
