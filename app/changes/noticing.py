"""Noticing that the log may have grown, as each database tells it.

SQLite has a number that every foreign commit changes: reading it costs some
microseconds. PostgreSQL sends a word at the commit to whoever listens; where
that word is lost, and on a standby, where nobody can listen, it is read so often
that it hardly matters.
"""

from collections.abc import Callable
from typing import Protocol

import psycopg
from sqlalchemy import Connection, text

from app.changes.log import CHANNEL

Pause = Callable[[float], bool]
"""Wait so many seconds; true at once when the process ends."""

SQLITE_SECONDS = 0.02
STANDBY_SECONDS = 0.05
HEARTBEAT_SECONDS = 0.1
LONGEST_SECONDS = 1.0


class Notice(Protocol):
    """A way to wait until the log may have grown, on one connection."""

    def wait(self) -> None:
        """Come back when there may be something new, or after a while."""
        ...


def on(connection: Connection, pause: Pause) -> Notice:
    """Choose the way that this database has."""
    if connection.dialect.name == "sqlite":
        return _ChangeCounter(connection, pause)
    connection.execution_options(isolation_level="AUTOCOMMIT")
    with connection.begin():
        is_standby = connection.scalar(text("SELECT pg_is_in_recovery()"))
    return _Regularly(pause) if is_standby else _Listening(connection)


class _ChangeCounter:
    """SQLite: `PRAGMA data_version` differs after another connection's commit."""

    def __init__(self, connection: Connection, pause: Pause):
        self._connection = connection
        self._pause = pause
        self._seen = self._read()

    def wait(self) -> None:
        waited = 0.0
        while waited < LONGEST_SECONDS and not self._pause(SQLITE_SECONDS):
            waited += SQLITE_SECONDS
            version = self._read()
            if version != self._seen:
                self._seen = version
                return

    def _read(self) -> int:
        cursor = self._connection.connection.cursor()
        (version,) = cursor.execute("PRAGMA data_version").fetchone()
        return int(version)


class _Listening:
    """PostgreSQL: a word at the commit, and a look every so often without one."""

    def __init__(self, connection: Connection):
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        self._driver = driver
        # Never back to the pool: words that nobody reads fill the socket, and the
        # server process that then waits to send them holds up the whole server.
        connection.detach()
        self._driver.execute(f"LISTEN {CHANNEL}")

    def wait(self) -> None:
        for _ in self._driver.notifies(timeout=HEARTBEAT_SECONDS, stop_after=1):
            pass


class _Regularly:
    """A standby: look again after a moment."""

    def __init__(self, pause: Pause):
        self._pause = pause

    def wait(self) -> None:
        self._pause(STANDBY_SECONDS)
