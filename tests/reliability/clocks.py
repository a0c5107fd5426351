"""Clocks that are set wrong, for real processes: libfaketime tells them the time.

How far a clock is ahead stands in a file, which a process reads at every look at the
time: a clock can be stepped while processes live by it. The clock by which they rest
goes on, as it does in a machine whose time is set.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.kit.clock import system_clock
from tests.reliability.forking import Forks

HOUR = 3600.0
FILE = "FAKETIME_TIMESTAMP_FILE"

ASKED = "import time; print(time.time())"


class SetClock:
    """A clock that is so many seconds ahead of the true time, or behind it."""

    def __init__(self, file: Path, *, ahead: float = 0.0):
        self._file = file
        self.step_to(ahead=ahead)

    def step_to(self, *, ahead: float) -> None:
        """Set it; whoever looks at it meanwhile sees the old time or the new one."""
        self.ahead = ahead
        new = self._file.with_suffix(".new")
        new.write_text(f"{ahead:+.3f}\n", encoding="ascii")
        new.replace(self._file)

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process has to be told to live by this clock and no other."""
        return {FILE: str(self._file)}


@dataclass(frozen=True)
class Machine:
    """A place where workers live that has a clock of its own."""

    clock: SetClock
    forks: Forks

    def fork(self, *, url: str, kind: str) -> int:
        """Have a worker live here; answers the number of its process."""
        environment = self.clock.environment
        return self.forks.fork(environment=environment, url=url, kind=kind)


def preloaded() -> dict[str, str]:
    """What a process has to be started with so that its clock can be set, or skip."""
    for library in _libraries():
        environment = {
            "LD_PRELOAD": str(library),
            # Neither are the times of files changed, nor is anything remembered.
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            # Else a thread that waits for another one never rests while it does.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "NO_FAKE_STAT": "1",
        }
        if _tells_a_time(environment):
            return environment
    pytest.skip("NO LIBFAKETIME: neither from its wheel nor installed on this machine")


def _libraries() -> Iterator[Path]:
    """Name the library in the wheel, which need not be imported, and the system's."""
    found = importlib.util.find_spec("libfaketime")
    if found is not None and found.origin is not None:
        yield Path(found.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"
    yield from Path("/usr/lib").glob("*/faketime/libfaketime.so.1")


def _tells_a_time(environment: Mapping[str, str]) -> bool:
    """Tell whether a process believes it; on another processor it does not."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", ASKED],
        env={**os.environ, **environment, "FAKETIME": f"{-HOUR:+.0f}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return False
    wrong = float(done.stdout) - system_clock().timestamp()
    return abs(wrong + HOUR) < HOUR / 2
