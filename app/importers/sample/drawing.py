"""Drawing the few pictures of the sample that are more than an address."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from app.importers.sample import files
from app.kit.schemas import Input

Pair = tuple[float, float]


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


@dataclass(frozen=True)
class Drawn:
    """A picture of the sample, as a file's bytes."""

    key: str
    content: bytes


def drawings() -> list[Drawn]:
    """Draw what there is to draw."""
    made = [Drawing.model_validate(row, strict=False) for row in files.rows("drawings")]
    return [Drawn(drawing.key, _jpeg(drawing)) for drawing in made]


def _jpeg(drawing: Drawing) -> bytes:
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
