"""Hearing what goes to a database, statement by statement."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.kit.db import Database


@contextmanager
def told(database: Database, hear: Callable[[str], object]) -> Iterator[None]:
    """Have each statement told for the length of the block, before it is executed."""

    def before(*arguments: object) -> None:
        hear(str(arguments[2]))

    engines = {database.engine, *database.reading_engines}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", before)
