"""Putting an article into the lists it stands in, and taking it out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.delivery.store.models import Listing


@dataclass(frozen=True)
class Place:
    """Where an article stands in time, and in which lists."""

    facets: frozenset[int]
    published_at: datetime
    updated_at: datetime


def move(
    session: Session, article_id: UUID, *, old: Place | None, new: Place | None
) -> None:
    """Bring the lists from one state to another, writing only what differs."""
    if old == new:
        return
    if old is not None:
        _remove(session, article_id, old, old.facets - _kept(old, new))
    if new is not None:
        _insert(session, article_id, new, new.facets - _kept(new, old))


def add(session: Session, places: Sequence[tuple[UUID, Place]]) -> None:
    """Put new articles into their lists."""
    rows = new_rows(places)
    if rows:
        session.execute(insert(Listing), rows)


def _kept(one: Place, other: Place | None) -> frozenset[int]:
    """Find the lists in which the article stands at the same place in both."""
    if other is None or (one.published_at, one.updated_at) != (
        other.published_at,
        other.updated_at,
    ):
        return frozenset()
    return one.facets & other.facets


def _remove(
    session: Session, article_id: UUID, place: Place, facets: Iterable[int]
) -> None:
    numbers = sorted(facets)
    if numbers:
        session.execute(
            delete(Listing).where(
                Listing.facet_id.in_(numbers),
                Listing.published_at == place.published_at,
                Listing.id == article_id,
            )
        )


def _insert(
    session: Session, article_id: UUID, place: Place, facets: Iterable[int]
) -> None:
    add(session, [(article_id, replace(place, facets=frozenset(facets)))])


def new_rows(places: Iterable[tuple[UUID, Place]]) -> list[dict[str, object]]:
    """List the rows that put new articles into their lists."""
    return [
        {
            "facet_id": number,
            "published_at": place.published_at,
            "id": article_id,
            "updated_at": place.updated_at,
        }
        for article_id, place in places
        for number in sorted(place.facets)
    ]
