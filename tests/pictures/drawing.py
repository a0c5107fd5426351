"""Pictures that tests draw: good ones, and those that nobody should have to decode."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.ImageCms import ImageCmsProfile, createProfile

SIZE = (640, 480)

GPS_IFD = 0x8825
ORIENTATION = 0x0112
PLACE = "52.5200 N 13.4050 E"


def picture(
    size: tuple[int, int] = SIZE, kind: str = "JPEG", **options: object
) -> bytes:
    """Draw a red picture whose lower right quarter is blue."""
    image = Image.new("RGB", size, "red")
    width, height = size
    blue = (width // 2, height // 2, width, height)
    ImageDraw.Draw(image).rectangle(blue, "blue")
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """Read a picture that the program made."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


def telling() -> bytes:
    """Draw a picture lying on its side that says where it was taken, and by whom."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x013B] = "Deep Throat"  # Artist
    exif.get_ifd(GPS_IFD)[1] = "N"
    exif.get_ifd(GPS_IFD)[2] = (52.0, 31.0, 12.0)
    exif.get_ifd(GPS_IFD)[29] = PLACE
    return picture(
        exif=exif,
        comment=f"Deep Throat {PLACE}",
        xmp=f"<x>{PLACE}</x>".encode(),
        icc_profile=ImageCmsProfile(createProfile("sRGB")).tobytes(),
    )


def frames(count: int, kind: str) -> bytes:
    """Draw a picture that moves."""
    colours = [(n % 256, n // 256, n * 37 % 256) for n in range(count)]
    first, *others = [Image.new("RGB", (8, 8), colour) for colour in colours]
    return saved(first, kind, save_all=True, append_images=others, lossless=True)


def is_blue(image: Image.Image, x: int, y: int) -> bool:
    """Tell whether a spot of a picture is of the blue quarter."""
    spot = image.convert("RGB").getpixel((x, y))
    assert isinstance(spot, tuple)
    red, _, blue = spot
    return red < 60 and blue > 200


def bomb(width: int, height: int) -> bytes:
    """Write the few bytes of a PNG that say it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*each) for each in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checked
