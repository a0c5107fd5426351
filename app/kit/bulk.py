"""Rows made ready for a database by one process, to be written by another.

What costs time is to turn values into what a driver takes. SQLite gets tuples for
one `executemany`, PostgreSQL lines for COPY, and whoever writes only hands them on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from app.kit.columns import Base
from app.kit.db import Database

Values = Mapping[str, Any]

FOLD = "PRAGMA wal_checkpoint(TRUNCATE)"


@dataclass(frozen=True)
class Rows:
    """Rows of a table: tuples for SQLite, lines of COPY for PostgreSQL."""

    table: str
    columns: tuple[str, ...]
    lines: list[Any]


def columns(kind: type[Base]) -> list[str]:
    """Name the columns of a table, in order."""
    return [column.name for column in kind.__table__.columns]


def ready(
    session: Session, kind: type[Base], rows: Sequence[Values], *, without: str = ""
) -> Rows:
    """Turn rows into what the database takes; a column may be left to the end."""
    columns = [
        kind.__table__.c[name] for name in (rows[0] if rows else ()) if name != without
    ]
    dialect = session.get_bind().dialect
    is_sqlite = dialect.name == "sqlite"
    lines = _tuples(columns, rows, dialect) if is_sqlite else _lines(columns, rows)
    return Rows(kind.__tablename__, tuple(column.name for column in columns), lines)


def write(session: Session, rows: Rows) -> None:
    """Write rows that were made ready."""
    if not rows.lines:
        return
    columns = ", ".join(f'"{name}"' for name in rows.columns)
    if session.get_bind().dialect.name == "sqlite":
        places = ", ".join("?" for _ in rows.columns)
        sql = f'INSERT INTO "{rows.table}" ({columns}) VALUES ({places})'  # noqa: S608
        session.connection().exec_driver_sql(sql, rows.lines)
        return
    connection: Any = session.connection().connection.driver_connection
    sql = f'COPY "{rows.table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.write(b"\n".join(rows.lines) + b"\n")


def numbered(rows: Rows, column: str, numbers: Iterable[int]) -> Rows:
    """Fill in the column that was left to the end."""
    pairs = zip(rows.lines, numbers, strict=True)
    lines = [
        (*line, number) if isinstance(line, tuple) else b"%b\t%d" % (line, number)
        for line, number in pairs
    ]
    return Rows(rows.table, (*rows.columns, column), lines)


def take_stock(database: Database) -> None:
    """Have PostgreSQL count what it plans by, after many rows were written.

    Its own housekeeping comes to that later, or never where it is switched off; until
    then it plans for empty tables (PostgreSQL docs, 14.4 Populating a Database).
    """
    if database.is_sqlite:
        return
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM (ANALYZE)")
        connection.exec_driver_sql("RESET statement_timeout")


def fold_back(database: Database) -> None:
    """Have SQLite take its write-ahead log into the file, while nobody reads.

    Where somebody always reads the log can never begin anew: half a million stories
    made one of 34 GB (SQLite docs, "Write-Ahead Logging", 6).
    """
    if database.is_sqlite:
        with database.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            # Through SQLAlchemy a transaction would be begun first.
            driver.execute(FOLD)


def _tuples(
    columns: Sequence[KeyedColumnElement[Any]], rows: Sequence[Values], dialect: Dialect
) -> list[Any]:
    named = [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in columns
    ]
    return [
        tuple(_plain(bound(row[name]) if bound else row[name]) for name, bound in named)
        for row in rows
    ]


def _plain(value: Any) -> Any:
    """Give bytes as themselves: the driver's own wrapping stays in its process."""
    return bytes(value) if isinstance(value, memoryview) else value


def _lines(
    columns: Sequence[KeyedColumnElement[Any]], rows: Sequence[Values]
) -> list[Any]:
    names = [column.name for column in columns]
    return ["\t".join(_text(row[name]) for name in names).encode() for row in rows]


def _text(value: Any) -> str:
    """Write a value as COPY reads it (PostgreSQL docs, COPY, text format)."""
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, dict | list):
        value = orjson.dumps(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    plain = value.replace("\\", r"\\").replace("\t", r"\t")
    return plain.replace("\n", r"\n").replace("\r", r"\r")
