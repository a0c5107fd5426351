"""Lists of articles: a page is one range of a posting list.

One facet drives the query through its index; the others are probed for each
candidate. The number of statements is fixed, and a page costs the same at any
depth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    func,
    literal,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import Session, aliased

from app.delivery.answers import ListPage
from app.delivery.filters import Filters
from app.delivery.store.models import Document, Listing
from app.kit.pages import CursorKey, decode_cursor, encode_cursor, place

COUNTED = 10_000

Range = list[ColumnElement[bool]]


@dataclass(frozen=True)
class Lists:
    """Which lists a query runs over, as numbers; an empty one matches nothing."""

    driver: frozenset[int]
    all_of: tuple[frozenset[int], ...] = ()
    none_of: frozenset[int] = frozenset()
    matching: Select[UUID] | None = None
    """The articles that a question finds, where one was asked."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing can match."""
        return not self.driver or not all(self.all_of)


@dataclass(frozen=True)
class Item:
    """One article of an answer: its bytes, and the articles its body leads to."""

    content: bytes
    linked: list[str]


@dataclass(frozen=True)
class Row(Item):
    """One item of a page, and where it stands."""

    id: UUID
    published_at: datetime
    updated_at: datetime


def page(
    session: Session,
    lists: Lists,
    filters: Filters,
    *,
    after: CursorKey | None,
    exclude: Sequence[UUID],
    whole: bool,
) -> list[Row]:
    """Read one page and, to know whether there is another, one row more."""
    if lists.is_empty:
        return []
    hits = candidates(lists, filters, after=after, exclude=exclude).subquery()
    content = Document.detail if whole else Document.summary
    statement = (
        select(
            content, Document.linked, hits.c.id, hits.c.published_at, hits.c.updated_at
        )
        .join(Document, Document.id == hits.c.id)
        .order_by(*_order(hits, filters))
    )
    return [Row(*row) for row in session.execute(statement)]


def slice_of(
    session: Session,
    lists: Lists,
    filters: Filters,
    digest: bytes,
    *,
    exclude: Sequence[UUID],
    whole: bool = False,
) -> tuple[list[Row], str | None]:
    """Read one page, and the cursor of the next."""
    after = None
    if filters.cursor is not None:
        after = decode_cursor(filters.cursor, digest, kinds=(datetime, UUID))
    rows = page(session, lists, filters, after=after, exclude=exclude, whole=whole)
    shown = rows[: filters.limit]
    more = len(rows) > filters.limit
    return shown, encode_cursor(key_of(shown[-1], filters), digest) if more else None


def written(
    items: Sequence[bytes], following: str | None, filters: Filters, total: int | None
) -> ListPage:
    """Put a page together; `total` was counted with `count`, or not asked for."""
    return ListPage(
        items,
        following,
        filters.limit,
        None if total is None else min(total, COUNTED),
        None if total is None else total > COUNTED,
    )


def count(
    session: Session,
    lists: Lists,
    filters: Filters,
    *,
    exclude: Sequence[UUID],
) -> int:
    """Count the matches, to one beyond what is ever told."""
    if lists.is_empty:
        return 0
    row = aliased(Listing)
    matching = (
        select(row.id)
        .where(row.facet_id.in_(lists.driver), *_range(row, lists, filters, exclude))
        .distinct()
        .limit(COUNTED + 1)
    )
    return session.scalar(select(func.count()).select_from(matching.subquery())) or 0


def stands_in_all(numbers: frozenset[int], lists: Lists) -> bool:
    """Tell whether an article that stands in these lists matches."""
    required = (lists.driver, *lists.all_of)
    return all(numbers & each for each in required) and not numbers & lists.none_of


def key_of(row: Row, filters: Filters) -> CursorKey:
    """Name the place of a row in the order of the list."""
    at = row.updated_at if filters.order == "updated" else row.published_at
    return (at, row.id)


def by_ids(
    session: Session,
    wanted: Sequence[UUID],
    lists: Lists,
    filters: Filters,
    *,
    exclude: Sequence[UUID],
    whole: bool,
) -> list[Item]:
    """Read the articles of a list of ids that match, in its order."""
    content = Document.detail if whole else Document.summary
    rows = session.execute(
        select(Document.id, content, Document.linked, Document.facets).where(
            Document.kind == "article",
            Document.id.in_(wanted),
            *_bounds(Document, filters, exclude),
            *([] if lists.matching is None else [Document.id.in_(lists.matching)]),
        )
    )
    found = {
        article_id: Item(content, linked)
        for article_id, content, linked, numbers in rows
        if stands_in_all(frozenset(numbers), lists)
    }
    return [found[each] for each in wanted if each in found]


def candidates(
    lists: Lists,
    filters: Filters,
    *,
    after: CursorKey | None,
    exclude: Sequence[UUID],
) -> Select[UUID, datetime, datetime] | Select[Any]:
    """Select the keys of a page, from one list or merged from several."""
    parts = [
        one_list(number, lists, filters, after=after, exclude=exclude)
        for number in sorted(lists.driver)
    ]
    if len(parts) == 1:
        return parts[0]
    # Each list gives its first page; the page of the whole is among those. UNION
    # drops the articles that stand in several.
    merged = union(*(select(part.subquery()) for part in parts)).subquery()
    return select(merged).order_by(*_order(merged, filters)).limit(filters.limit + 1)


def one_list(
    number: int,
    lists: Lists,
    filters: Filters,
    *,
    after: CursorKey | None,
    exclude: Sequence[UUID],
) -> Select[UUID, datetime, datetime]:
    """Select the keys of a page from the list of one facet."""
    row = aliased(Listing)
    at = row.updated_at if filters.order == "updated" else row.published_at
    conditions = _range(row, lists, filters, exclude)
    if after is not None:
        there, here = place((at, row.id), after), tuple_(at, row.id)
        conditions.append(here > there if filters.order == "oldest" else here < there)
    columns = (
        (at.asc(), row.id.asc())
        if filters.order == "oldest"
        else (at.desc(), row.id.desc())
    )
    return (
        select(row.id, row.published_at, row.updated_at)
        .where(row.facet_id == number, *conditions)
        .order_by(*columns)
        .limit(filters.limit + 1)
    )


def _range(
    row: type[Listing] | type[Document],
    lists: Lists,
    filters: Filters,
    exclude: Sequence[UUID],
) -> Range:
    conditions = _bounds(row, filters, exclude)
    conditions.extend(_stands_in(row, numbers) for numbers in lists.all_of)
    if lists.none_of:
        conditions.append(~_stands_in(row, lists.none_of))
    if lists.matching is not None:
        conditions.append(row.id.in_(lists.matching))
    return conditions


def conditions_on_documents(
    lists: Lists, filters: Filters, exclude: Sequence[UUID], *, drives: bool
) -> Range:
    """Write the same of `Document`; `drives`: the first list is a condition too."""
    plain = replace(lists, matching=None)
    conditions = _range(Document, plain, filters, exclude)
    if drives:
        conditions.append(_stands_in(Document, lists.driver))
    return conditions


def _bounds(
    row: type[Listing] | type[Document],
    filters: Filters,
    exclude: Sequence[UUID],
) -> Range:
    """Write the conditions on an article's own times and id."""
    bounds: Range = []
    if filters.published_after is not None:
        bounds.append(row.published_at >= filters.published_after)
    if filters.published_before is not None:
        bounds.append(row.published_at < filters.published_before)
    if filters.updated_after is not None:
        bounds.append(row.updated_at >= filters.updated_after)
    if exclude:
        bounds.append(row.id.not_in(exclude))
    return bounds


def _stands_in(
    row: type[Listing] | type[Document], numbers: frozenset[int]
) -> ColumnElement[bool]:
    other = aliased(Listing)
    found = select(literal(1)).where(
        other.facet_id.in_(numbers),
        other.published_at == row.published_at,
        other.id == row.id,
    )
    if row is Document:
        return found.exists()
    # A page is read in its order until it is full. PostgreSQL takes EXISTS for a join,
    # thinks that two lists share one row, and would join all of both for it.
    return found.limit(1).scalar_subquery().is_not(None)


def _order(hits: Subquery, filters: Filters) -> list[ColumnElement[Any]]:
    at = hits.c.updated_at if filters.order == "updated" else hits.c.published_at
    if filters.order == "oldest":
        return [at.asc(), hits.c.id.asc()]
    return [at.desc(), hits.c.id.desc()]
