"""F9: loading stories, against inserting the finished rows and nothing else."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

import psycopg
from psycopg.types.string import TextLoader

from app import schema
from app.kit.db import Database
from app.tables import metadata
from bench.ground import Ground, fill
from bench.lines import Line
from bench.servers import everywhere

ARTICLES = 10_000
TOGETHER = 2_000
REFERENCE = (
    *("sections", "authors", "tags", "media", "sponsors", "ad_slots", "ad_policies"),
    *("menus", "facets"),
)
BY_STORY = (
    *("articles", "article_authors", "article_media", "article_sections"),
    *("article_sponsors", "article_tags", "article_targets", "revisions"),
    *("released_revisions", "versions", "documents", "listings", "paths"),
    *("search_entries", "changes"),
)
INDEX = "INSERT INTO search_index(rowid, title, body) VALUES (?, ?, ?)"


class Raw(Protocol):
    """What we need of either driver's connection."""

    def cursor(self) -> Any: ...  # noqa: ANN401 — two drivers, two cursors
    def commit(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Kept:
    """All rows of a table as the driver gives them."""

    insert: str
    rows: Sequence[Sequence[Any]]


def load(ground: Ground) -> tuple[float, str]:
    """Load stories into an empty database, then its rows into another."""
    with ground.spare() as url, everywhere():
        articles = ground.many(ARTICLES)
        loaded = fill(url, articles)
        reference, by_story = _rows(url, REFERENCE), _rows(url, BY_STORY)
    with ground.spare() as url, everywhere():
        seconds = _inserted(url, reference, by_story)
    ours, raw = loaded.articles / loaded.seconds, articles / seconds
    return ours / raw, f"{ours:,.0f} articles a second against {raw:,.0f}"


def _rows(url: str, tables: Sequence[str]) -> list[Kept]:
    with _connected(url) as connection:
        return [_kept(connection, table) for table in tables]


def _kept(connection: Raw, table: str) -> Kept:
    cursor = connection.cursor()
    names = [column.name for column in metadata.tables[table].columns]
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608 — our own names
    mark = "?" if isinstance(cursor, sqlite3.Cursor) else "%s"
    marks = ", ".join(mark for _ in names)
    insert = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608
    return Kept(insert, cursor.fetchall())


def _inserted(url: str, reference: Sequence[Kept], by_story: Sequence[Kept]) -> float:
    with Database(url) as database:
        schema.migrate(database)
    with _connected(url) as connection:
        cursor = connection.cursor()
        is_sqlite = isinstance(cursor, sqlite3.Cursor)
        # What stories name is there before: in whatever order, and not timed.
        cursor.execute(
            "PRAGMA foreign_keys = OFF"
            if is_sqlite
            else "SET session_replication_role = replica"
        )
        _insert(connection, reference)
        cursor.execute(
            "PRAGMA foreign_keys = ON"
            if is_sqlite
            else "SET session_replication_role = DEFAULT"
        )
        connection.commit()
        if is_sqlite:
            entries = next(each for each in by_story if "search_entries" in each.insert)
            index = [(row[0], row[2], row[3]) for row in entries.rows]
            by_story = [*by_story, Kept(INDEX, index)]
        started = perf_counter()
        _insert(connection, by_story)
        return perf_counter() - started


def _insert(connection: Raw, tables: Sequence[Kept]) -> None:
    cursor = connection.cursor()
    for kept in tables:
        for start in range(0, len(kept.rows), TOGETHER):
            cursor.executemany(kept.insert, kept.rows[start : start + TOGETHER])
            connection.commit()


@contextmanager
def _connected(url: str) -> Iterator[Raw]:
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -16000")
            yield connection
        return
    conninfo = url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(conninfo) as connection:
        # JSON stays the text that it is.
        for kind in ("json", "jsonb", "tsvector"):
            connection.adapters.register_loader(kind, TextLoader)
        yield connection


LINES = [
    Line(
        name="F9",
        says="loading stories, against raw inserts of the same rows",
        measure=load,
        floor=0.15,
        aim=0.4,
    )
]
