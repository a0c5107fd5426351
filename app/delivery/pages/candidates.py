"""Which articles may stand beside one: the newest of each of its lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.delivery.filters import Filters
from app.delivery.lists import Lists, one_list
from app.delivery.store.models import Document


@dataclass(frozen=True)
class Candidate:
    """An article among the newest of some lists, and all the lists it stands in."""

    id: UUID
    published_at: datetime
    facets: frozenset[int]


def newest_of_each(
    session: Session, numbers: Collection[int], *, limit: int, exclude: Sequence[UUID]
) -> list[Candidate]:
    """Read which articles are the newest of each of these lists, in no order."""
    if not numbers:
        return []
    # One row more is read of a list than its page has.
    filters = Filters(limit=limit - 1)
    parts = [
        one_list(
            number, Lists(frozenset([number])), filters, after=None, exclude=exclude
        )
        for number in sorted(numbers)
    ]
    hits = union(*(select(part.subquery()) for part in parts)).subquery()
    rows = session.execute(
        select(hits.c.id, hits.c.published_at, Document.facets).join(
            Document, Document.id == hits.c.id
        )
    )
    return [Candidate(found, at, frozenset(facets)) for found, at, facets in rows]


def summaries(session: Session, wanted: Sequence[UUID]) -> dict[UUID, bytes]:
    """Read the summaries of those of these articles that are public."""
    rows = session.execute(
        select(Document.id, Document.summary).where(
            Document.kind == "article", Document.id.in_(wanted)
        )
    )
    return {row.id: row.summary for row in rows}
