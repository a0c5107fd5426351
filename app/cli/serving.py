"""`broadsheet serve`: the API on a port, in one process or several."""

import os
import signal
import socket
from contextlib import suppress
from typing import Annotated, Any

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from app.cli import opening, tables
from app.cli.opening import console, fail
from app.edge.protocol import KEEP_ALIVE_SECONDS, GuardedProtocol
from app.kit.settings import PREFIX, Settings

START_SECONDS = 60

# Lines of the server and of ours go to standard error; nothing else logs.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "uvicorn": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        "broadsheet": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
    },
}

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="How many processes.")] = 1,
    *,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Do no background work.")
    ] = False,
) -> None:
    """Serve the API. An empty SQLite file gets its tables by itself."""
    settings = opening.settings()
    with opening.database(settings) as database:
        tables.check(database)
    if read_only:
        os.environ[f"{PREFIX}BACKGROUND"] = "false"
    run(listen(host, port), settings, workers=workers)


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything is done that would be in vain without it."""
    try:
        return take(host, port)
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]
        fail(f"Port {port} on {host} cannot be had: {why}. Another one? --port 8001")


def take(host: str, port: int) -> socket.socket:
    """Take a port of an address, of either version of IP; raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def run(listening: socket.socket, settings: Settings, *, workers: int = 1) -> None:
    """Serve until told to stop; one line says when it is up."""
    config = uvicorn.Config(
        "app.main:application",
        factory=True,
        workers=workers,
        log_config=LOGGING,
        http=GuardedProtocol,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=30,
    )
    line = _line(settings, base_of(listening))
    # The server ends in good order and then sends itself again what it was told to
    # end by. Whichever that was, an end that was asked for is no failure.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        if workers > 1:
            _Processes(config, [listening], line).run()
        else:
            _Process(config, line).run(sockets=[listening])


def base_of(listening: socket.socket) -> str:
    """Write where a socket listens as the beginning of a URL."""
    return base(*listening.getsockname()[:2])


def base(host: str, port: int) -> str:
    """Write an address and a port as the beginning of a URL."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _line(settings: Settings, base: str) -> str:
    return f"{settings.site_name} is up on {base} (reference: {base}/docs)."


class _Process(uvicorn.Server):
    """The server in this process, which says when it is up."""

    def __init__(self, config: uvicorn.Config, line: str):
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        console.print(self._line, markup=False)


class _Processes(Multiprocess):
    """Several server processes; it is said when all of them are up."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], line: str):
        super().__init__(config, sockets)
        self._line = line

    def init_processes(self) -> None:
        super().init_processes()
        if all(
            process.wait_until_ready(START_SECONDS, self.should_exit)
            for process in self.processes
        ):
            console.print(self._line, markup=False)
