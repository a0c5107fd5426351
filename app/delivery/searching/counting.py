"""How what was found is spread over sections, authors, tags, forms and years."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal, get_args
from uuid import UUID

import orjson
from pydantic import JsonValue
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.delivery.lists import COUNTED, Lists
from app.delivery.store import facets, keys
from app.delivery.store.models import Document
from app.kit.errors import Fault, Invalid

FacetName = Literal["section", "author", "tag", "type", "year"]
NAMES: tuple[FacetName, ...] = get_args(FacetName)
MOST_VALUES = 10

Count = dict[str, JsonValue]
"""As `FacetCount` has it."""

_NAMED = ("section", "author", "tag")

Counts = dict[str, list[Count]]


def names(text: str | None) -> list[FacetName]:
    """Read a comma-separated list of facets."""
    wanted = text.split(",") if text is not None else []
    if not set(wanted) <= set(NAMES):
        detail = f"Allowed here: {', '.join(NAMES)}."
        raise Invalid(faults=[Fault(detail=detail, parameter="facets")])
    return [name for name in NAMES if name in wanted]


def counted(
    session: Session,
    used: Lists,
    conditions: Sequence[ColumnElement[bool]],
    wanted: Collection[FacetName],
) -> tuple[Counts, list[str]]:
    """Count the first 10,000 matches by each facet, and name what the answer shows.

    Three statements: the matches, what their numbers stand for, and how that is called.
    """
    if used.is_empty or used.matching is None or not wanted:
        return {name: [] for name in wanted}, []
    rows = session.execute(
        select(Document.facets, Document.published_at)
        .where(Document.id.in_(used.matching), *conditions)
        .limit(COUNTED)
    ).all()
    numbers = Counter(number for row in rows for number in row.facets)
    by_kind: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    for value, count in _valued(session, numbers, wanted):
        by_kind[value.kind][value.value] += count
    if "year" in wanted:
        by_kind["year"].update(str(row.published_at.year) for row in rows)
    most = {
        kind: sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES]
        for kind, counts in by_kind.items()
    }
    called = _called(
        session, [value for kind in _NAMED for value, _ in most.get(kind, [])]
    )
    told = {
        kind: [_count(kind, value, count, called) for value, count in pairs]
        for kind, pairs in most.items()
    }
    shown = [(kind, value) for kind in _NAMED for value, _ in most.get(kind, [])]
    return told, keys.resources(shown)


def _valued(
    session: Session, numbers: Counter[int], wanted: Collection[FacetName]
) -> list[tuple[facets.FacetValue, int]]:
    by_value = facets.find(session, facets.named(session, numbers))
    return [
        (value, numbers[number])
        for value, number in by_value.items()
        if value.kind in wanted
    ]


def _called(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """Read the names and paths of sections, authors and tags."""
    if not ids:
        return {}
    rows = session.execute(
        select(Document.id, Document.path, Document.summary).where(
            Document.id.in_([UUID(each) for each in ids])
        )
    )
    return {str(row.id): (orjson.loads(row.summary)["name"], row.path) for row in rows}


def _count(
    kind: str, value: str, count: int, called: dict[str, tuple[str, str | None]]
) -> Count:
    name, path = called.get(value, (None, None)) if kind in _NAMED else (None, None)
    return {"value": value, "name": name, "path": path, "count": count}
