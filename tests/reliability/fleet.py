"""Several server processes of one newspaper, each on a port of its own.

They are forked from one that has loaded the program. One kind is wrong on purpose: it
answers for ever what it has answered once.
"""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import Literal, Self

import httpx
import uvicorn
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import schema
from app.access import keys
from app.access.roles import Role
from app.edge.protocol import KEEP_ALIVE_SECONDS, GuardedProtocol
from app.kit.clock import system_clock
from app.kit.db import Database
from app.main import Application, create_app
from tests.conftest import OwnSettings
from tests.newsroom import Json
from tests.ports import free_port
from tests.reliability.crew import Crew
from tests.reliability.forking import Forks, Life, obey

HOST = "127.0.0.1"
MODULE = "tests.reliability.fleet"
PATIENCE = 120.0

Kind = Literal["whole", "unforgetting"]


class Fleet:
    """Servers for the length of a block, any of which may be ended and begun again."""

    def __init__(
        self,
        forks: Forks,
        *,
        size: int,
        kind: Kind = "whole",
        **settings: object,
    ):
        self._forks = forks
        own = {"background": False, "threads": 4, **settings}
        self._told = {"kind": kind, "settings": own}
        self._ports = [free_port() for _ in range(size)]
        self._processes: list[int] = []

    @property
    def bases(self) -> list[str]:
        """Where the servers answer."""
        return [f"http://{HOST}:{port}" for port in self._ports]

    def __enter__(self) -> Self:
        self._processes = [self._fork(port) for port in self._ports]
        try:
            for number in range(len(self._ports)):
                self._await_ready(number)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def end(self, number: int, how: signal.Signals = signal.SIGTERM) -> None:
        """Tell a server to end, and wait until it has."""
        process = self._processes[number]
        os.kill(process, how)
        deadline = time.monotonic() + PATIENCE
        with suppress(ProcessLookupError):
            while time.monotonic() < deadline:
                os.kill(process, 0)
                time.sleep(0.01)
            raise TimeoutError(f"server {number} does not end")

    def begin(self, number: int) -> None:
        """Begin a server again where it was, and wait until it is ready."""
        self._processes[number] = self._fork(self._ports[number])
        self._await_ready(number)

    def _fork(self, port: int) -> int:
        return self._forks.fork(told=self._told, port=port)

    def _await_ready(self, number: int) -> None:
        """Wait until a server says that it can serve reads."""
        deadline = time.monotonic() + PATIENCE
        told = ""
        while time.monotonic() < deadline:
            os.kill(self._processes[number], 0)  # raises where it has ended
            with suppress(httpx.TransportError):
                answer = httpx.get(f"{self.bases[number]}/health/ready", timeout=5)
                if answer.is_success:
                    return
                told = answer.text
            time.sleep(0.02)
        raise TimeoutError(f"server {number} is not ready: {told}")


def found(url: str) -> str:
    """Make an empty newspaper; answers a publisher's key to it."""
    with Database(url) as database:
        schema.migrate(database)
        with database.write() as session:
            key = keys.create(
                session, name="Ada", role=Role.publisher, now=system_clock()
            )
            return key[1]


def mute(url: str) -> None:
    """Have PostgreSQL lose every word that it is to send when the log grows.

    A function of this name is found before the one that is built in.
    """
    with Database(url) as database, database.engine.begin() as connection:
        name = connection.engine.url.database
        order = f'ALTER DATABASE "{name}" SET search_path = public, pg_catalog'
        connection.execute(text(order))
        silent = "CREATE FUNCTION public.pg_notify(text, text) RETURNS void"
        connection.execute(text(f"{silent} LANGUAGE sql AS ''"))


@contextmanager
def publisher(base: str, key: str) -> Iterator[Crew]:
    """A publisher who works at one address."""
    headers = {"Authorization": f"Bearer {key}"}
    with httpx.Client(base_url=base, headers=headers, timeout=30) as client:
        yield Crew(client)


class Unforgetting:
    """The known-bad twin: a cache that asks nobody whether what it has still holds."""

    def __init__(self, app: ASGIApp):
        self._app = app
        self._kept: dict[tuple[bytes, ...], list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_kept = scope["type"] == "http" and scope["method"] == "GET"
        # Who follows the log hears of everything; that alone is of no use here.
        if not is_kept or scope["path"].startswith("/v1/changes"):
            await self._app(scope, receive, send)
            return
        coding = dict(scope["headers"]).get(b"accept-encoding", b"")
        address = (scope["raw_path"], scope["query_string"], coding)
        sent: list[Message] = []

        async def send_and_keep(message: Message) -> None:
            sent.append(message)
            await send(message)

        if address in self._kept:
            for message in self._kept[address]:
                await send(message)
            return
        await self._app(scope, receive, send_and_keep)
        if sent[0]["status"] == 200:
            self._kept[address] = sent


@cache
def _app(told: str) -> Application:
    words: Json = json.loads(told)
    app = create_app(OwnSettings(**words["settings"]))
    if words["kind"] == "unforgetting":
        app.at_once = None
        app.edge = Unforgetting(app.edge)
    return app


def _prepare(told: Json) -> Life:
    return partial(_serve, _app(json.dumps(told["told"])), told["port"])


def _serve(app: Application, port: int) -> None:
    # Pictures are decoded in a child, for which somebody waits.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with socket.create_server((HOST, port), backlog=128) as listening:
        config = uvicorn.Config(
            app,
            http=GuardedProtocol,
            ws="none",
            proxy_headers=False,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=20,
        )
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    obey(_prepare)
