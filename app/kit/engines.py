"""How to connect to either database, and what each is told at first."""

import sqlite3
import time
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import OperationalError

LOOPS = 4

WRITING, READING = "BEGIN IMMEDIATE", "BEGIN"
BUSY_SECONDS, ASKED_MS = 5, 10
"""How long somebody waits to become the writer, and for how long at a time."""
WRITER_KB, READER_KB = 16_000, 2_000


def sqlite(url: str, *, begin: str | None, size: int) -> Engine:
    """Connect to a file, each transaction begun as it is told, or none."""
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=10,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        _set_up(connection, writes=begin == WRITING)

    @event.listens_for(engine, "reset")
    def end_what_would_not_commit(
        connection: sqlite3.Connection, _record: object, _state: object
    ) -> None:
        # SQLite keeps a transaction open whose commit failed, and the next one on
        # this connection could not begin.
        if connection.in_transaction:
            connection.rollback()

    if begin is not None:

        @event.listens_for(engine, "begin")
        def begin_ourselves(connection: Connection) -> None:
            if begin == WRITING:
                _wait_for_turn(connection)
            else:
                connection.exec_driver_sql(begin)

    return engine


def _wait_for_turn(connection: Connection) -> None:
    """Become the writer, by asking often.

    In a process writers stand in line for its one connection; between processes there
    is no line. SQLite by itself asks ten times a second at last, and where others write
    without a pause the file is free for a millisecond at a time: who has waited for
    long would be the one who never gets it.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    _be_patient(connection, ASKED_MS)
    try:
        while True:
            try:
                connection.exec_driver_sql(WRITING)
            except OperationalError as error:
                if not _is_busy(error) or time.monotonic() > deadline:
                    raise
            else:
                return
    finally:
        _be_patient(connection, 1_000 * BUSY_SECONDS)


def _be_patient(connection: Connection, milliseconds: int) -> None:
    driver: sqlite3.Connection | None = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout = {milliseconds}")


def _is_busy(error: OperationalError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


def _set_up(connection: sqlite3.Connection, *, writes: bool) -> None:
    # The driver would begin transactions by itself, deferred and late; four of five
    # concurrent writes then fail with "database is locked".
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {1_000 * BUSY_SECONDS}")
    # There is one writer; readers are many, and the system keeps their pages too.
    pages = WRITER_KB if writes else READER_KB
    connection.execute(f"PRAGMA cache_size = -{pages}")
    if not writes:
        connection.execute("PRAGMA query_only = ON")


def postgresql(url: str, *, size: int, begins: bool = True) -> Engine:
    """Connect to a server, which gives up on what takes too long."""
    return create_engine(
        url,
        pool_size=size,
        # Beside the requests there are the loops, which must not wait for them.
        max_overflow=LOOPS,
        pool_timeout=2,
        pool_pre_ping=begins,
        json_serializer=_dumps,
        json_deserializer=orjson.loads,
        connect_args={
            "options": "-c statement_timeout=15s -c lock_timeout=5s"
            " -c idle_in_transaction_session_timeout=30s -c timezone=UTC",
            # A server that vanished without a word is taken for gone.
            "connect_timeout": 5,
            "tcp_user_timeout": 10_000,
            "autocommit": not begins,
        },
    )


def of_one_statement(url: str, *, size: int) -> Engine:
    """Connect for single SELECTs, each a snapshot by itself: nothing is begun.

    Nor is a server asked first whether it is still there: whoever finds it gone
    looks again the other way.
    """
    if url.startswith("sqlite"):
        return sqlite(url, begin=None, size=size)
    return postgresql(url, size=size, begins=False)


def of_one_snapshot(engine: Engine) -> Engine:
    """See a PostgreSQL engine as one whose transactions read one snapshot."""
    return engine.execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()
