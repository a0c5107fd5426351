"""Where the bench keeps its articles: a SQLite file, and a PostgreSQL database.

Kept in a folder that is named, so that a million articles are loaded once; a load
that was stopped goes on. Else both are gone afterwards.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import psycopg
import typer
from sqlalchemy import URL, make_url

POSTGRESQL = "BROADSHEET_TEST_POSTGRES_URL"
NAME, SPARE = "broadsheet_bench", "broadsheet_bench_spare"

Spare = Callable[[], AbstractContextManager[str]]


def each(keep: Path | None) -> Iterator[tuple[str, str, Spare]]:
    """Answer a name, a database, and where to have another one for a while."""
    with tempfile.TemporaryDirectory() as folder:
        kept = keep or Path(folder)
        yield "SQLite", f"sqlite:///{kept / 'bench.db'}", partial(_file, kept)
    server = os.environ.get(POSTGRESQL)
    if server is None:
        typer.echo(f"PostgreSQL not measured: {POSTGRESQL} names no server")
        return
    spare = partial(_database, server, SPARE, is_kept=False)
    with _database(server, NAME, is_kept=keep is not None) as url:
        yield "PostgreSQL", url, spare


@contextmanager
def _file(folder: Path) -> Iterator[str]:
    # Beside the other one: on the same disk.
    with tempfile.TemporaryDirectory(dir=folder) as spare:
        yield f"sqlite:///{Path(spare) / 'spare.db'}"


@contextmanager
def _database(server: str, name: str, *, is_kept: bool) -> Iterator[str]:
    """Make a database on the server that the variable names."""
    url = make_url(server).set(drivername="postgresql")
    if not is_kept:
        _execute(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    if not _is_there(url, name):
        _execute(url, f"CREATE DATABASE {name}")
    named = url.set(drivername="postgresql+psycopg", database=name)
    try:
        yield named.render_as_string(hide_password=False)
    finally:
        if not is_kept:
            _execute(url, f"DROP DATABASE {name} WITH (FORCE)")


def _is_there(url: URL, name: str) -> bool:
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(asked, (name,)).fetchone() is not None


def _execute(url: URL, statement: str) -> None:
    conninfo = url.render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement.encode())
