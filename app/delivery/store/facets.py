"""Facets: what articles can be listed by, interned as small numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.delivery.store.models import Facet


@dataclass(frozen=True, order=True)
class FacetValue:
    """A list that an article stands in: of a section, an author, a genre."""

    kind: str
    value: str


EVERYTHING = FacetValue("all", "")


def intern(session: Session, values: Iterable[FacetValue]) -> dict[FacetValue, int]:
    """Answer the number of each facet, making those that are new."""
    wanted = sorted(set(values))
    known = find(session, wanted)
    missing = [value for value in wanted if value not in known]
    if missing:
        rows = [{"kind": value.kind, "value": value.value} for value in missing]
        session.execute(_insert(session).on_conflict_do_nothing(), rows)
        known |= find(session, missing)
    return known


def find(session: Session, values: Sequence[FacetValue]) -> dict[FacetValue, int]:
    """Answer the numbers of the facets that any article has ever had."""
    if not values:
        return {}
    pairs = [(value.kind, value.value) for value in values]
    rows = session.execute(
        select(Facet.kind, Facet.value, Facet.id).where(
            tuple_(Facet.kind, Facet.value).in_(pairs)
        )
    )
    return {FacetValue(kind, value): number for kind, value, number in rows}


def named(session: Session, numbers: Iterable[int]) -> list[FacetValue]:
    """Answer which facets these numbers stand for."""
    rows = session.execute(
        select(Facet.kind, Facet.value).where(Facet.id.in_(set(numbers)))
    )
    return [FacetValue(kind, value) for kind, value in rows]


def _insert(session: Session) -> "sqlite.Insert | postgresql.Insert":
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(Facet)
    return postgresql.insert(Facet)
