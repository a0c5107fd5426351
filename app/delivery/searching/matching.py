"""Asking the search index: which articles match, and which of them best.

All that is known of the two engines is here. Another one stands behind `ids` and
`best` as well.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    cast,
    column,
    extract,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Session
from sqlalchemy.types import UserDefinedType

from app.content.words.querying import All, Question, Term
from app.content.words.writing import fts5_match, term_in_tsquery, tsquery
from app.delivery.store.models import Document, SearchEntry

Conditions = Sequence[ColumnElement[bool]]
Ranked = Select[UUID, datetime | None, float, int]

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


def best(
    session: Session, asked: Sequence[Question], conditions: Conditions, *, limit: int
) -> Subquery:
    """Select the best matches among the articles that meet these conditions as well.

    The conditions are on `Document`. Of each there is its `id`, when it was published
    (`published_at`), how well it matches (`score`) and, of two that do so equally,
    which one goes first (`number`, the higher).
    """
    rank = _ranked_fts5 if _is_sqlite(session) else _ranked_postgresql
    return rank(asked, conditions, limit).subquery()


def seconds_before(
    session: Session, earlier: ColumnElement[datetime], later: ColumnElement[datetime]
) -> ColumnElement[float]:
    """Write how many seconds lie between two stored times."""
    if _is_sqlite(session):
        counts = [type_coerce(each, Integer) for each in (later, earlier)]
        return type_coerce((counts[0] - counts[1]) / 1e6, Float)
    return cast(extract("epoch", later - earlier), Float)


def _ranked_fts5(
    asked: Sequence[Question], conditions: Conditions, limit: int
) -> Ranked:
    weighed = text(f"rank MATCH '{WEIGHTS}'")
    hits = select(_INDEX.c.rowid, _INDEX.c.rank).where(_matches_fts5(asked), weighed)
    if not conditions:
        # The engine keeps the best by itself, and the others are never looked at.
        hits = hits.order_by(_INDEX.c.rank).limit(limit)
    found = hits.subquery()
    score = (-found.c.rank).label("score")
    return (
        select(Document.id, Document.published_at, score, SearchEntry.number)
        .select_from(found)
        .join(SearchEntry, SearchEntry.number == found.c.rowid)
        .join(Document, Document.id == SearchEntry.id)
        .where(*conditions)
        .order_by(found.c.rank, found.c.rowid.desc())
        .limit(limit)
    )


def _ranked_postgresql(
    asked: Sequence[Question], conditions: Conditions, limit: int
) -> Ranked:
    words = _cast(tsquery(asked))
    score = func.ts_rank(SearchEntry.vector, words).label("score")
    found = select(SearchEntry.id, SearchEntry.number, score)
    found = found.where(_matches_postgresql(asked))
    if not conditions:
        found = found.order_by(score.desc(), SearchEntry.number.desc()).limit(limit)
    hits = found.subquery()
    return (
        select(Document.id, Document.published_at, hits.c.score, hits.c.number)
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
    return cast(SearchEntry.vector, TSVECTOR).bool_op("@@")(_cast(query))


def _cast(query: str) -> ColumnElement[str]:
    return cast(literal(query, String), _Query())


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
