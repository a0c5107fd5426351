"""A real server in a thread, on a port of its own: for sockets, threads and time."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from app.edge.protocol import GuardedProtocol

HOST = "127.0.0.1"


@contextmanager
def serving(app: ASGIApp, *, port: int = 0) -> Iterator[str]:
    """Serve an application for the length of the block; gives its address."""
    config = uvicorn.Config(
        app,
        http=GuardedProtocol,
        ws="none",
        proxy_headers=False,
        log_level="critical",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    with socket.create_server((HOST, port)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://{HOST}:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)
