"""Drawing the pictures of the sample: a few by hand, the others by chance.

What chance draws is a landscape for each name, the same every time.
"""

import random
from io import BytesIO

from PIL import Image, ImageDraw

from app.importers.sample import files
from app.kit.schemas import Input

Pair = tuple[float, float]

_PALETTES: tuple[tuple[tuple[str, str], tuple[str, str], tuple[str, str]], ...] = (
    (("#7fa3b8", "#f3e2c0"), ("#8fb0ad", "#4d6d72"), ("#6f8a86", "#46605f")),
    (("#53577a", "#e8a48c"), ("#b78286", "#4a4763"), ("#57506e", "#37344c")),
    (("#a9c3cf", "#f7f1e1"), ("#a8b27d", "#5f7048"), ("#8c9b6b", "#64754b")),
    (("#39465c", "#9fb0b6"), ("#5c6f7c", "#27323f"), ("#3f4f5e", "#2b3743")),
    (("#c98f6b", "#f8dfb3"), ("#b9895f", "#6b4a36"), ("#8d6348", "#5d4030")),
)


class Shape(Input):
    """A patch of one colour: a polygon, or an ellipse in a box."""

    fill: str
    points: tuple[Pair, ...] = ()
    ellipse: tuple[float, float, float, float] | None = None


class Drawing(Input):
    """A sky above a sea, each from one colour to another, and what stands before."""

    key: str
    size: tuple[int, int]
    sky: tuple[str, str]
    sea: tuple[str, str]
    horizon: int
    shapes: list[Shape]


def drawings() -> list[Drawing]:
    """List what there is to draw: every picture of the sample."""
    by_hand = {
        row["key"]: Drawing.model_validate(row, strict=False)
        for row in files.rows("drawings")
    }
    keys = [row["key"] for row in files.rows("media") if row["kind"] == "image"]
    return [by_hand.get(key) or _landscape(key) for key in keys]


def _landscape(key: str) -> Drawing:
    """Make up a sky, a sun or a moon, hills before it, and water or a field."""
    chance = random.Random(key)  # noqa: S311 — nothing is kept secret by it
    sky, ground, hill = chance.choice(_PALETTES)
    horizon = chance.randint(48, 70)
    left, size = chance.randint(8, 80), chance.randint(5, 11)
    top = chance.randint(8, horizon - 14)
    sun = Shape(fill=sky[1], ellipse=(left, top, left + size, top + size * 1.5))
    shapes = [sun]
    for depth, fill in enumerate(hill):
        foot = horizon + 10 * depth
        ridge = [
            (x, foot - chance.randint(3, 22 - 6 * depth)) for x in range(0, 101, 10)
        ]
        shapes.append(Shape(fill=fill, points=((0, foot), *ridge, (100, foot))))
    return Drawing(
        key=key, size=(1200, 800), sky=sky, sea=ground, horizon=horizon, shapes=shapes
    )


def jpeg(drawing: Drawing) -> bytes:
    """Draw a picture, as a file's bytes."""
    file = BytesIO()
    _draw(drawing).save(file, "JPEG", quality=90)
    return file.getvalue()


def _draw(drawing: Drawing) -> Image.Image:
    width, height = drawing.size
    shore = height * drawing.horizon // 100
    image = Image.new("RGB", drawing.size)
    image.paste(_gradient(*drawing.sky, (width, shore)), (0, 0))
    image.paste(_gradient(*drawing.sea, (width, height - shore)), (0, shore))
    pencil = ImageDraw.Draw(image)
    across, down = width / 100, height / 100
    for shape in drawing.shapes:
        if shape.ellipse is not None:
            left, top, right, bottom = shape.ellipse
            box = (left * across, top * down, right * across, bottom * down)
            pencil.ellipse(box, shape.fill)
        else:
            points = [(x * across, y * down) for x, y in shape.points]
            pencil.polygon(points, shape.fill)
    return image


def _gradient(top: str, bottom: str, size: tuple[int, int]) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(
        Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask
    )
