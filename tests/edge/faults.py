"""Faults of a database that a test can cause and mend: it cannot be reached."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import make_url

from tests.edge.proxy import fault_proxy

# The bytes of the shared-memory file by whose locks SQLite's readers and writers
# make way for each other. Only another process can hold them against us.
HOLD = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX, 8, 120)
    print("held", flush=True)
    sys.stdin.read()
"""


class Line(Protocol):
    """The way to a database."""

    @property
    def url(self) -> str:
        """Where the database is reached as long as the line is whole."""
        ...

    def cut(self) -> None: ...

    def mend(self) -> None: ...


class HeldFile:
    """A SQLite file that another program may hold for itself, as if restoring it."""

    def __init__(self, url: str):
        self.url = url
        self._holder: subprocess.Popen[str] | None = None

    def cut(self) -> None:
        """Let nobody else read or write it."""
        file = f"{make_url(self.url).database}-shm"
        command = [sys.executable, "-c", HOLD, file]
        pipe = subprocess.PIPE
        self._holder = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        assert self._holder.stdout
        assert self._holder.stdout.readline() == "held\n"

    def mend(self) -> None:
        """Let it go."""
        if self._holder is not None:
            self._holder.communicate("")
            self._holder = None


@contextmanager
def breakable(url: str) -> Iterator[Line]:
    """Stand between a database and its clients for the length of the block."""
    if url.startswith("sqlite"):
        held = HeldFile(url)
        try:
            yield held
        finally:
            held.mend()
        return
    with fault_proxy(url) as proxy:
        yield proxy
