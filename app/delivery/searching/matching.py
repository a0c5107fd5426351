"""Asking the search index: which articles match, and which of them best.

All that is known of the two engines is here. Another one stands behind `ids` and
`best` as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    column,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Session
from sqlalchemy.types import UserDefinedType

from app.content.words.querying import All, Question, Term
from app.content.words.writing import fts5_match, term_in_tsquery, tsquery
from app.delivery.store.models import Document, SearchEntry

Conditions = Sequence[ColumnElement[bool]]

WEIGHTS = "bm25(4.0, 1.0)"
"""A word of the headline counts four times one of the body (FTS5's manual, 5.1)."""

_INDEX = table("search_index", column("rowid"), column("rank"))


class _Query(UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "tsquery"


def ids(session: Session, asked: Sequence[Question]) -> Select[UUID]:
    """Select the ids of all articles that match."""
    if _is_sqlite(session):
        return (
            select(SearchEntry.id)
            .join_from(_INDEX, SearchEntry, SearchEntry.number == _INDEX.c.rowid)
            .where(_matches_fts5(asked))
        )
    return select(SearchEntry.id).where(_matches_postgresql(asked))


@dataclass(frozen=True)
class Match:
    """An article that matches: how well, from 1 for the best down to 0, and its day."""

    id: UUID
    score: float
    published_at: datetime


def best(
    session: Session, asked: Sequence[Question], conditions: Conditions, *, limit: int
) -> list[Match]:
    """Read the best matches among the articles that meet these conditions as well.

    The conditions are on `Document`.
    """
    rank = _ranked_fts5 if _is_sqlite(session) else _ranked_postgresql
    rows = session.execute(rank(asked, conditions, limit)).all()
    highest = max((row.score for row in rows), default=0.0)
    return [
        Match(row.id, row.score / highest if highest > 0 else 1.0, row.published_at)
        for row in rows
    ]


def _ranked_fts5(
    asked: Sequence[Question], conditions: Conditions, limit: int
) -> Select[UUID, float, datetime | None]:
    weighed = text(f"rank MATCH '{WEIGHTS}'")
    hits = select(_INDEX.c.rowid, _INDEX.c.rank).where(_matches_fts5(asked), weighed)
    if not conditions:
        # The engine keeps the best by itself, and the others are never looked at.
        hits = hits.order_by(_INDEX.c.rank).limit(limit)
    found = hits.subquery()
    score = (-found.c.rank).label("score")
    return (
        select(Document.id, score, Document.published_at)
        .select_from(found)
        .join(SearchEntry, SearchEntry.number == found.c.rowid)
        .join(Document, Document.id == SearchEntry.id)
        .where(*conditions)
        .order_by(found.c.rank, found.c.rowid.desc())
        .limit(limit)
    )


def _ranked_postgresql(
    asked: Sequence[Question], conditions: Conditions, limit: int
) -> Select[UUID, float, datetime | None]:
    words = _cast(tsquery(asked))
    score = func.ts_rank(SearchEntry.vector, words).label("score")
    found = select(SearchEntry.id, SearchEntry.number, score)
    found = found.where(_matches_postgresql(asked))
    if not conditions:
        found = found.order_by(score.desc(), SearchEntry.number.desc()).limit(limit)
    hits = found.subquery()
    return (
        select(Document.id, hits.c.score, Document.published_at)
        .join_from(hits, Document, Document.id == hits.c.id)
        .where(*conditions)
        .order_by(hits.c.score.desc(), hits.c.number.desc())
        .limit(limit)
    )


def _matches_fts5(asked: Sequence[Question]) -> ColumnElement[bool]:
    index: ColumnElement[str] = literal_column("search_index")
    matches: ColumnElement[bool] = index.op("MATCH")(fts5_match(asked))
    return matches


def _matches_postgresql(asked: Sequence[Question]) -> ColumnElement[bool]:
    return or_(literal(value=False), *(_meets(question) for question in asked))


def _meets(question: Question) -> ColumnElement[bool]:
    coarse = _has(tsquery([question]))
    if not question.has_phrases:
        return coarse
    # A tsvector forgets where words stand in a long text (PostgreSQL's manual,
    # 12.11): whether they stand together is read from the text.
    groups = [or_(*map(_has_all, group)) for group in question.groups]
    return and_(coarse, *groups, *(not_(_has_all(one)) for one in question.none_of))


def _has_all(one: All) -> ColumnElement[bool]:
    return and_(*map(_has_term, one))


def _has_term(term: Term) -> ColumnElement[bool]:
    words = _has(term_in_tsquery(term))
    if not term.is_phrase:
        return words
    title, body = (
        literal(" ").concat(each).concat(" ").contains(f" {' '.join(term.forms)} ")
        for each in (SearchEntry.title, SearchEntry.body)
    )
    return and_(words, title if term.in_title else or_(title, body))


def _has(query: str) -> ColumnElement[bool]:
    has: ColumnElement[bool] = cast(SearchEntry.vector, TSVECTOR).op("@@")(_cast(query))
    return has


def _cast(query: str) -> ColumnElement[str]:
    return cast(literal(query, String), _Query())


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
