"""A cache that is told what to drop: it notes what it hears, and can be ill."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.edge.purging.endpoints import Endpoint
from app.edge.purging.following import Purger


@dataclass(frozen=True)
class Told:
    """One request to a cache."""

    method: str
    path: str
    headers: dict[str, str]

    @property
    def keys(self) -> Sequence[str]:
        return self.headers["surrogate-key"].split()

    @property
    def is_soft(self) -> bool:
        return "soft-purge" in self.headers


@dataclass
class FakeCache:
    """What it was told, and with what it answers."""

    port: int
    told: list[Told] = field(default_factory=list)
    status: int = 200
    is_open: threading.Event = field(default_factory=threading.Event)
    """While it is not set, requests are noted and wait for their answers."""
    was_told: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Its address as it stands in the settings."""
        return f"purge+http://127.0.0.1:{self.port}"

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.url)

    @property
    def dropped(self) -> set[str]:
        """Every key that it was told."""
        return {key for each in self.told for key in each.keys}


@contextmanager
def fake_cache() -> Iterator[FakeCache]:
    """Run one for the length of the block."""

    class Ear(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            cache.told.append(Told(self.command, self.path, headers))
            cache.was_told.set()
            cache.is_open.wait(20)
            self.send_response(cache.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        cache = FakeCache(server.server_port)
        cache.is_open.set()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield cache
        finally:
            cache.is_open.set()
            server.shutdown()
            thread.join()


def drain(purger: Purger) -> None:
    """Let it work until it rests."""
    for _ in range(500):
        if purger.run() > 0:
            return
    raise AssertionError("it never rests")
