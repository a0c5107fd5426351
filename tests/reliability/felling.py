"""A PostgreSQL of our own, all of whose processes are killed at once."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests import servers


@dataclass(frozen=True)
class Cluster:
    """A running cluster, where its data is and with which programs it runs."""

    url: str
    binaries: Path
    data: Path

    def fell(self) -> None:
        """Kill every process of the cluster, and start it again."""
        home = self.data.parent
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
        family = [postmaster, *_children(postmaster)]
        for process in family:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        # A new one refuses to start while any of the old still has the memory.
        while any(_lives(process) for process in family):
            time.sleep(0.01)
        # It is nobody's any more, but its number is taken until somebody asks for it.
        for left in (self.data / "postmaster.pid", *home.glob(".s.PGSQL.*")):
            left.unlink()
        log = home / "log"
        program = str(self.binaries / "pg_ctl")
        start = [program, "-D", str(self.data), "-l", str(log), "-w", "start"]
        owner = self.data.owner() if os.geteuid() == 0 else None
        subprocess.run(start, cwd=home, user=owner, check=True, capture_output=True)


@contextmanager
def felled() -> Iterator[Cluster]:
    """Give a cluster that may be killed, for the length of the block."""
    binaries = servers.distribution_binaries()[0]
    with servers.cluster(binaries) as maintenance:
        # One database for good: whoever would drop it has lost its connection.
        with psycopg.connect(_plain(maintenance), autocommit=True) as connection:
            connection.execute("CREATE DATABASE paper TEMPLATE template0")
        url = make_url(maintenance).set(database="paper").render_as_string()
        data = Path(str(make_url(url).query["host"])) / "data"
        yield Cluster(url, binaries, data)


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string()


def _children(parent: int) -> list[int]:
    every = (Path(entry) for entry in os.scandir("/proc") if entry.name.isdigit())
    return [int(each.name) for each in every if _parent(each) == parent]


def _parent(process: Path) -> int:
    with suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _lives(process: int) -> bool:
    """Tell whether it is there, and not only waited for by whoever began it."""
    with suppress(OSError):
        stat = Path(f"/proc/{process}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False
