"""Writing the search index: the words of each public article, made by us.

SQLite's FTS5 table reads its text from `search_entries` and is told of each
change; PostgreSQL keeps a `tsvector` of the same words beside them.

FTS5 takes an entry out by adding a mark. The words stay in its blocks until these
are merged, which old ones may never be: after a kill the index is swept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import TextClause, delete, func, insert, select, text
from sqlalchemy.orm import Session

from app.content.words import tsvector
from app.delivery.store.models import IndexSweep, SearchEntry


@dataclass(frozen=True)
class Words:
    """An article's words, folded and stemmed, in the order they stand."""

    title: list[str]
    body: list[str]


_FTS_DELETE = text(
    "INSERT INTO search_index(search_index, rowid, title, body)"
    " VALUES ('delete', :number, :title, :body)"
)
_FTS_INSERT = text(
    "INSERT INTO search_index(rowid, title, body) VALUES (:number, :title, :body)"
)
_FTS_INSERT_AFTER = text(
    "INSERT INTO search_index(rowid, title, body)"
    " SELECT number, title, body FROM search_entries WHERE number > :number"
)
_FTS_MERGE = text("INSERT INTO search_index(search_index, rank) VALUES ('merge', :n)")

ONLY = 1
PAGES = 200
"""How much of the index one step of a sweep writes anew: 800 KB."""


def put(session: Session, article_id: UUID, words: Words) -> None:
    """Make the article findable by these words and no others."""
    title, body = " ".join(words.title), " ".join(words.body)
    entry = session.scalar(select(SearchEntry).where(SearchEntry.id == article_id))
    if entry is None:
        entry = SearchEntry(id=article_id)
        session.add(entry)
    elif (entry.title, entry.body) == (title, body):
        return
    else:
        _tell_fts(session, [entry], _FTS_DELETE)
    entry.title, entry.body = title, body
    entry.vector = _vector(session, words)
    session.flush()
    _tell_fts(session, [entry], _FTS_INSERT)


def put_new(session: Session, articles: Sequence[tuple[UUID, Words]]) -> None:
    """Make new articles findable by their words."""
    rows = new_rows(session, articles)
    last = last_number(session)
    if rows:
        session.execute(insert(SearchEntry), rows)
    index_after(session, last)


def new_rows(
    session: Session, articles: Iterable[tuple[UUID, Words]]
) -> list[dict[str, object]]:
    """List the entries of new articles, as rows."""
    return [
        {
            "id": article_id,
            "title": " ".join(words.title),
            "body": " ".join(words.body),
            "vector": _vector(session, words),
        }
        for article_id, words in articles
    ]


def last_number(session: Session) -> int:
    """Tell the number of the newest entry, for `index_after`."""
    return session.scalar(select(func.max(SearchEntry.number))) or 0


def index_after(session: Session, number: int) -> None:
    """Have SQLite's index take in all entries after this one."""
    if _is_sqlite(session):
        session.execute(_FTS_INSERT_AFTER, {"number": number})


def remove(session: Session, article_id: UUID) -> None:
    """Make the article unfindable."""
    entry = session.scalar(select(SearchEntry).where(SearchEntry.id == article_id))
    if entry is not None:
        _tell_fts(session, [entry], _FTS_DELETE)
        session.execute(delete(SearchEntry).where(SearchEntry.id == article_id))


def ask_for_sweep(session: Session) -> None:
    """Have what was taken out leave the blocks of the index as well, from the start."""
    if _is_sqlite(session):
        session.merge(IndexSweep(id=ONLY, is_begun=False))


def needs_sweep(session: Session) -> bool:
    """Tell whether a sweep was asked for and is not over."""
    return session.get(IndexSweep, ONLY) is not None


def sweep(session: Session) -> bool:
    """Merge some blocks of the index; False when that was the end of it."""
    asked = session.get_one(IndexSweep, ONLY)
    before = _rows_written(session)
    # A negative number marks all blocks there are to be merged into one, and a
    # positive one goes on with that. Fewer than two rows written: nothing was left
    # to merge (SQLite's FTS5 manual, section 6.8).
    session.execute(_FTS_MERGE, {"n": PAGES if asked.is_begun else -PAGES})
    if _rows_written(session) - before < 2:
        session.delete(asked)
        return False
    asked.is_begun = True
    return True


def _rows_written(session: Session) -> int:
    rows: int = session.execute(select(func.total_changes())).scalar_one()
    return rows


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _vector(session: Session, words: Words) -> str | None:
    if _is_sqlite(session):
        return None
    return tsvector([("A", words.title), ("D", words.body)])


def _tell_fts(
    session: Session, entries: Iterable[SearchEntry], statement: TextClause
) -> None:
    # PostgreSQL keeps its vector in the entry itself and needs no telling.
    if not _is_sqlite(session):
        return
    rows = [
        {"number": entry.number, "title": entry.title, "body": entry.body}
        for entry in entries
    ]
    if rows:
        session.execute(statement, rows)
