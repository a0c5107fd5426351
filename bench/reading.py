"""F1 to F3: one article, from memory, as 304, and from the database."""

from bench.comparing import CACHE, Side, ratio
from bench.ground import Ground
from bench.lines import Line

BARE, DRIVER = "bench.reference:bare", "bench.reference:driver"


def hot(ground: Ground) -> tuple[float, str]:
    """Ask for what is in memory."""
    article = f"/v1/articles/{ground.slug}"
    return ratio(ground, Side(article), Side("/", BARE), **CACHE)


def held(ground: Ground) -> tuple[float, str]:
    """Ask for what the client has already."""
    article = Side(f"/v1/articles/{ground.slug}", is_held=True)
    return ratio(ground, article, Side("/", BARE), **CACHE)


def cold(ground: Ground) -> tuple[float, str]:
    """Ask with the cache switched off."""
    article = f"/v1/articles/{ground.slug}"
    return ratio(ground, Side(article), Side(article, DRIVER))


LINES = [
    Line(
        name="F1",
        says="one article from memory, against a bare uvicorn function with its answer",
        measure=hot,
        floor=0.8,
        aim=0.95,
    ),
    Line(
        name="F2",
        says="the same as 304",
        measure=held,
        floor=0.8,
        aim=1.0,
    ),
    Line(
        name="F3",
        says="one article without the cache, against one SELECT through the driver",
        measure=cold,
        floor=0.5,
        aim=0.8,
    ),
]
