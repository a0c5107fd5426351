"""F4 and F5: lists, however deep, however many articles, and with two filters."""

from datetime import UTC

from app.delivery.store.models import Listing
from app.kit.db import Database
from bench.comparing import Side, slowness
from bench.ground import Ground, everything, fill
from bench.lines import Line

FIRST = "/v1/articles?limit=20"
DEPTH = 100_000
FEW = 10_000


def deep(ground: Ground) -> tuple[float, str]:
    """Ask for a page far down, against the first."""
    depth = min(DEPTH, ground.articles * 9 // 10)
    target = f"{FIRST}&published_before={_time_at(ground.url, depth)}"
    value, beside = slowness(ground, Side(target), Side(FIRST))
    return value, f"{beside}, {depth:,} deep"


def many(ground: Ground) -> tuple[float, str]:
    """Ask for the first page of all articles, against that of few."""
    few = min(FEW, max(ground.articles // 10, 100))
    with ground.spare() as small:
        fill(small, few)
        value, beside = slowness(ground, Side(FIRST), Side(FIRST, url=small))
    return value, f"{beside}, {ground.articles:,} against {few:,}"


def both(ground: Ground) -> tuple[float, str]:
    """Ask for what two lists share, against one of them."""
    world = f"{FIRST}&section=world"
    return slowness(ground, Side(f"{world}&genre=news"), Side(world))


def disjoint(ground: Ground) -> tuple[float, str]:
    """Ask for what two long lists share that share nothing: no story has two genres."""
    news = f"{FIRST}&genre=news"
    return slowness(ground, Side(f"{news}&genre=feature"), Side(news))


def _time_at(url: str, depth: int) -> str:
    with Database(url) as database, database.read() as session:
        newest = everything().order_by(Listing.published_at.desc())
        at = session.scalars(newest.offset(depth).limit(1)).one()
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


LINES = [
    Line(
        name="F4 deep",
        says="a list of 20 at depth, against the first page",
        measure=deep,
        floor=1.2,
        aim=1.05,
        unit="×",
        less_is_better=True,
    ),
    Line(
        name="F4 many",
        says="a list of 20 of all articles, against one of few",
        measure=many,
        floor=1.2,
        aim=1.05,
        unit="×",
        less_is_better=True,
    ),
    Line(
        name="F5",
        says="two filters that share a page, against one",
        measure=both,
        floor=3.0,
        aim=1.5,
        unit="×",
        less_is_better=True,
    ),
    Line(
        name="F5 worst",
        says="two long lists that share nothing, against one",
        measure=disjoint,
        unit="×",
        less_is_better=True,
    ),
]
