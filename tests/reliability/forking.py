"""A process that has loaded the program and waits, to fork a child at each word.

To load the program takes longest: a child that was killed is replaced in no time.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from tests.newsroom import Json

ROOT = Path(__file__).parents[2]

Life = Callable[[], None]


class Forks:
    """The process that waits, for the length of a block: a module that obeys."""

    def __init__(
        self,
        module: str,
        *,
        files: tuple[int, ...] = (),
        environment: Mapping[str, str] | None = None,
    ):
        self._module = module
        self._files = files
        self._environment = {**os.environ, **(environment or {})}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", self._module],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=self._files,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=20)

    def fork(
        self, *, environment: Mapping[str, str] | None = None, **told: object
    ) -> int:
        """Have a child live by these words; answers the number of its process.

        What is set in its environment is set for this child only.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words = {**told, "environment": dict(environment or {})}
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def obey(prepare: Callable[[Json], Life]) -> None:
    """Wait for words, and fork a child at each; it lives as was prepared before."""
    # Nobody waits for the dead.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        told = json.loads(line)
        live = prepare(told)
        child = os.fork()
        if child == 0:
            os.environ.update(told["environment"])
            live()
            os._exit(0)
        print(child, flush=True)  # noqa: T201 — to whoever told us
