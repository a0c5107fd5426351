"""A fault proxy: PostgreSQL behind a port that a test can cut off and mend."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import URL, make_url


class FaultProxy:
    """Carries bytes to a server and back, as long as the line is whole."""

    def __init__(self, target: URL):
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._is_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The same database, by way of this proxy."""
        host, port = self._listening.getsockname()
        through = self._target.set(host=host, port=port, query={})
        return through.render_as_string(hide_password=False)

    def cut(self) -> None:
        """Break every connection, and take no new one."""
        self._is_cut = True
        self._break()

    def mend(self) -> None:
        """Take connections again."""
        self._is_cut = False

    def close(self) -> None:
        self._listening.close()
        self._break()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self._is_cut:
                    client.close()
                    continue
                server = _connect(self._target)
                self._open += [client, server]
                for here, there in ((client, server), (server, client)):
                    threading.Thread(
                        target=_carry, args=(here, there), daemon=True
                    ).start()

    def _break(self) -> None:
        while self._open:
            line = self._open.pop()
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()


@contextmanager
def fault_proxy(url: str) -> Iterator[FaultProxy]:
    """Stand between a database and its clients for the length of the block."""
    proxy = FaultProxy(make_url(url))
    try:
        yield proxy
    finally:
        proxy.close()


def _connect(target: URL) -> socket.socket:
    folder = target.query.get("host")
    port = target.port or int(str(target.query.get("port", 5432)))
    if folder is None:
        return socket.create_connection((target.host or "127.0.0.1", port))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{folder}/.s.PGSQL.{port}")
    return server


def _carry(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while part := here.recv(65_536):
            there.sendall(part)
    for line in (here, there):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
