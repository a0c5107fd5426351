"""Making a print: another size of a picture, without anything that only it knew.

Runs in the child process only. The picture is turned the way it was taken, its
colours become those every screen has (sRGB), and all else that a camera wrote is
left behind: where it was, whose it is, what it was called.
"""

from io import BytesIO
from pathlib import Path
from typing import TypedDict

from PIL import Image, ImageCms, ImageOps

from app.pictures.decoding import opened
from app.pictures.sizes import Order

_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)


class Saving(TypedDict, total=False):
    """What an encoder is told."""

    format: str
    quality: int
    method: int
    speed: int
    max_threads: int
    progressive: bool


_SAVING: dict[str, Saving] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    # The slower speeds take ten seconds for a large picture, and save a tenth.
    "avif": {"format": "AVIF", "quality": 60, "speed": 9, "max_threads": 1},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True},
}

_DEEP = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N"})


def print_file(source: Path, target: Path, order: Order) -> None:
    """Make a print of a file that was proved when it came."""
    image = opened(source)
    # JPEG decodes to a part of its size in a part of the time; others ignore this.
    width, height = _stored_size(image, order)
    image.draft(None, (2 * width, 2 * height))
    write(image, target, order)


def write(image: Image.Image, target: Path, order: Order) -> None:
    """Make a print of an open picture.

    It is made small before it is turned and cropped: a large one would be in
    memory twice.
    """
    profile = image.info.get("icc_profile")
    size = _stored_size(image, order)
    small = _plain(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = ImageOps.exif_transpose(small)
    left, top = (
        round(order.window[0] * upright.width),
        round(order.window[1] * upright.height),
    )
    cut = upright.crop((left, top, left + order.width, top + order.height))
    made = _for(order.ending, _in_srgb(cut, profile))
    made.info.clear()
    made.save(target, **_SAVING[order.ending])


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Tell how wide and high a picture is once it is turned upright."""
    return (image.height, image.width) if _is_turned(image) else image.size


def _is_turned(image: Image.Image) -> bool:
    return image.getexif().get(_ORIENTATION) in _TURNED


def _stored_size(image: Image.Image, order: Order) -> tuple[int, int]:
    """Tell to what size the whole picture, as it lies there, is to be made."""
    left, top, right, bottom = order.window
    across = max(order.width, round(order.width / (right - left)))
    down = max(order.height, round(order.height / (bottom - top)))
    return (down, across) if _is_turned(image) else (across, down)


def _plain(image: Image.Image) -> Image.Image:
    """Give a picture colours that can be mixed, which a palette's cannot."""
    if image.mode in _DEEP:
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring the colours of another profile into the one that needs none."""
    if not profile:
        return image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(colours, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # A profile that cannot be read is as good as none.
    if made is None:
        return image
    if alpha:
        made.putalpha(alpha)
    return made


def _for(ending: str, image: Image.Image) -> Image.Image:
    """Give a picture the channels that its format has; JPEG shows white behind it."""
    if image.mode == "RGBA" and ending == "jpg":
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")
