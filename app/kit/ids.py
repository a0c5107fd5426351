"""Identifiers: UUIDv7, made here and never by the database.

A v7 id sorts by its creation time, so that rows made together lie together in
the index. The source can be replaced, so that a test gets the same ids twice.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

if sys.version_info >= (3, 14):
    from uuid import uuid7
else:
    from uuid_utils.compat import uuid7

IdSource = Callable[[], UUID]

_source: list[IdSource] = [uuid7]


def new_id() -> UUID:
    """Make an identifier nobody has used."""
    return _source[-1]()


@contextmanager
def id_source(source: IdSource) -> Iterator[None]:
    """Take ids from another source for a while, in this whole process."""
    _source.append(source)
    try:
        yield
    finally:
        _source.pop()
