"""A server that is killed and is back in no time.

All that are forked listen on one socket, which outlives them: whoever asks while
none is there waits for the next.
"""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Self

import uvicorn
from fastapi import FastAPI
from sqlalchemy.orm import Session

from app.kit.db import Database
from app.main import create_app
from tests.conftest import OwnSettings
from tests.newsroom import Json
from tests.reliability.forking import Forks, Life, obey

LATE_SECONDS = 0.2


class Waiting:
    """What servers are forked from, and where it lets them serve."""

    def __init__(self, environment: Mapping[str, str] | None = None):
        self._environment = environment

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = "http://127.0.0.1:{1}".format(*self._listening.getsockname())
        module = "tests.reliability.mortal"
        files = (self._listening.fileno(),)
        forks = Forks(module, files=files, environment=self._environment)
        self._forks = forks.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._forks.__exit__()
        self._listening.close()

    def fork(self, url: str, *, is_hasty: bool) -> int:
        """Have a server serve a newspaper; answers the number of its process."""
        listening = self._listening.fileno()
        return self._forks.fork(url=url, is_hasty=is_hasty, socket=listening)


class Mortal:
    """A server as its killer sees it; whoever leaves the block has killed it."""

    def __init__(self, waiting: Waiting, url: str, *, is_hasty: bool = False):
        self._live = partial(waiting.fork, url, is_hasty=is_hasty)

    def __enter__(self) -> Self:
        self._process = self._live()
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)

    def kill(self) -> None:
        """End it where it stands, and let the next take its place."""
        os.kill(self._process, signal.SIGKILL)
        self._process = self._live()


class Hasty(Database):
    """The known-bad twin: the answer leaves, and the commit comes later."""

    @contextmanager
    def write(self) -> Iterator[Session]:
        whole = super().write()
        session = whole.__enter__()
        try:
            yield session
        except BaseException:
            whole.__exit__(*sys.exc_info())
            raise
        threading.Timer(LATE_SECONDS, whole.__exit__, (None, None, None)).start()


@cache
def _app(url: str, *, is_hasty: bool) -> FastAPI:
    settings = OwnSettings(database_url=url, threads=4, background=False)
    app = create_app(settings)
    if is_hasty:
        app.state.database = Hasty(url, threads=4)
    return app


def _prepare(told: Json) -> Life:
    app = _app(told["url"], is_hasty=told["is_hasty"])
    return partial(_serve, app, told["socket"])


def _serve(app: FastAPI, file: int) -> None:
    listening = socket.socket(fileno=file)
    config = uvicorn.Config(app, log_level="critical", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    obey(_prepare)
