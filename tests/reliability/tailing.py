"""Following a log while others write it, the way any follower would."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol, Self

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.kit.db import Database


class Placed(Protocol):
    """A row of a log."""

    @property
    def position(self) -> int: ...


After = Callable[[Session, int], Sequence[Placed]]


class Tail:
    """A reader that always asks for what comes after the last row it has."""

    def __init__(self, database: Database, after: After):
        self.seen: list[int] = []
        self._database = database
        self._after = after
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._follow)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._read()

    def _follow(self) -> None:
        while not self._stopping.is_set():
            self._read()

    def _read(self) -> None:
        last = self.seen[-1] if self.seen else 0
        with self._database.read() as session:
            self.seen.extend(row.position for row in self._after(session, last))


def is_contiguous(positions: Sequence[int]) -> bool:
    """Tell whether these are 1, 2, 3… without a gap or a double."""
    return list(positions) == list(range(1, len(positions) + 1))


class EarlyLog:
    """The log as it must not be: a row has its number long before its commit."""

    def __init__(self, database: Database):
        self._database = database
        with database.engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS early_log"))
            connection.execute(text("CREATE TABLE early_log (position serial)"))

    def write(self, rows: int) -> None:
        """Write rows, each with the work of a release between number and commit."""
        for _ in range(rows):
            with self._database.write() as session:
                session.execute(text("INSERT INTO early_log DEFAULT VALUES"))
                time.sleep(random.uniform(0, 0.004))  # noqa: S311 — no secret

    def after(self, session: Session, position: int) -> Sequence[Placed]:
        """List what comes after a position, as `reading.after` does."""
        rows = text("SELECT position FROM early_log WHERE position > :p ORDER BY 1")
        return session.execute(rows, {"p": position}).all()

    def drop(self) -> None:
        with self._database.engine.begin() as connection:
            connection.execute(text("DROP TABLE early_log"))
