"""Looking for a word in everything that is stored, as one would grep a dump."""

from collections.abc import Iterable

from sqlalchemy import Table, select, text

from app.delivery.store.models import Document
from app.kit.columns import Base
from app.kit.db import Database

PUBLIC_ROOMS = ("app.delivery.", "app.changes.")


def public_tables() -> list[Table]:
    """The tables that are read by whoever has no key of the newsroom."""
    kinds = (each.class_ for each in Base.registry.mappers)
    rows = [kind for kind in kinds if kind.__module__.startswith(PUBLIC_ROOMS)]
    assert Document in rows
    return [kind.__table__ for kind in rows]


def tables_with(database: Database, word: str, tables: Iterable[Table]) -> list[str]:
    """Name the columns that hold a word, however they are kept."""
    found = []
    with database.engine.connect() as connection:
        for table in tables:
            for column in table.columns:
                values = connection.execute(select(column)).scalars()
                if any(word in str(value) for value in values):
                    found.append(f"{table.name}.{column.name}")
    return sorted(set(found))


def is_in_the_index(database: Database, word: str) -> bool:
    """Tell whether SQLite's own tables of the full-text index hold a word."""
    if not database.is_sqlite:
        return False
    with database.engine.connect() as connection:
        blocks = connection.execute(text("SELECT block FROM search_index_data"))
        return any(word.encode() in block for (block,) in blocks)


def found_by(database: Database, word: str) -> int:
    """Count what SQLite's index finds by a word."""
    query = text("SELECT count(*) FROM search_index WHERE search_index MATCH :word")
    with database.engine.connect() as connection:
        return int(connection.execute(query, {"word": word}).scalar_one())
