"""The real process, as `broadsheet serve` starts it, on a socket of its own.

What no client library would send is sent by hand (rows D6, D10, D12 and G1 of the
study of attacks); and the process ends when it is told to, with nothing lost and
nothing in its log that should not be there.
"""

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from tests.conftest import START
from tests.ports import free_port

HOST = "127.0.0.1"
PROGRAM = "from app.cli import main; main()"
PROJECT = str(Path(__file__).parents[2])
SECRET = "zqxj-secret-value"
DEADLINE = 30.0


@dataclass
class Server:
    """A running `broadsheet serve` and all it has said."""

    process: subprocess.Popen[bytes]
    port: int
    key: str
    log: Path
    sockets: list[socket.socket] = field(default_factory=list)

    def connect(self) -> socket.socket:
        connection = socket.create_connection((HOST, self.port), timeout=DEADLINE)
        self.sockets.append(connection)
        return connection

    def ask(self, request: bytes) -> bytes:
        """Send a request that closes its connection, and read the whole answer."""
        with socket.create_connection((HOST, self.port), timeout=DEADLINE) as sent:
            sent.sendall(request)
            return b"".join(iter(lambda: sent.recv(65_536), b""))

    def provoke(self, nonsense: bytes) -> bytes:
        """Send bytes that may be no request, and read what comes until it hangs up.

        A server may take the end of what a client sends for the end of the client,
        and does; so that end waits until an answer has begun, or for a moment.
        """
        with socket.create_connection((HOST, self.port), timeout=DEADLINE) as sent:
            try:
                sent.sendall(nonsense)
                select.select([sent], [], [], 0.1)
                sent.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: sent.recv(65_536), b""))
            except OSError:
                # It hung up on us in the middle of our nonsense, as it may.
                return b""

    def lives(self) -> bool:
        answer = self.ask(get("/health/ready"))
        return answer.startswith(b"HTTP/1.1 200 ")

    def stop(self) -> int:
        """Tell it to end, and answer with what code it did."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=DEADLINE)


def get(target: str, *lines: str) -> bytes:
    more = "".join(f"{line}\r\n" for line in (f"Host: {HOST}", *lines))
    return f"GET {target} HTTP/1.1\r\n{more}Connection: close\r\n\r\n".encode()


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Run a process on an empty newspaper, to which there is one key."""
    url = f"sqlite:///{folder / 'paper.db'}"
    with Database(url) as database:
        schema.migrate(database)
        with database.write() as session:
            _, key = keys.create(session, name="Ada", role=Role.editor, now=START)
    kept = {n: v for n, v in os.environ.items() if not n.startswith("BROADSHEET_")}
    settings = {"BROADSHEET_DATABASE_URL": url, "BROADSHEET_ACCESS_LOG": "true"}
    port, log = free_port(), folder / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "serve", "--port", str(port)],
            env=kept | settings | {"PYTHONPATH": PROJECT},
            cwd=folder,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    running = Server(process, port, key, log)
    try:
        _wait_until_it_listens(running)
        yield running
    finally:
        for connection in running.sockets:
            connection.close()
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One process for all tests that leave it running."""
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def brief_server(tmp_path: Path) -> Iterator[Server]:
    """A process for a test that ends it."""
    with serving(tmp_path) as running:
        yield running


def _wait_until_it_listens(server: Server) -> None:
    began = time.monotonic()
    while time.monotonic() - began < DEADLINE:
        assert server.process.poll() is None, server.log.read_text()
        try:
            if server.lives():
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"it never answered: {server.log.read_text()}")


BAD_REQUESTS = {
    "no-http": b"hello\r\n\r\n",
    "binary": bytes(range(256)) * 20,
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    "old-version": b"GET / HTTP/0.9\r\n\r\n",
    "next-version": b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    "http-2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no-version": b"GET /\r\n\r\n",
    "space-in-target": b"GET /v1/ articles HTTP/1.1\r\nHost: a\r\n\r\n",
    "nul-in-target": b"GET /v1/\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "raw-utf-8": "GET /v1/articles/é HTTP/1.1\r\nHost: a\r\n\r\n".encode(),
    "raw-latin-1": b"GET /v1/articles/\xe9 HTTP/1.1\r\nHost: a\r\n\r\n",
    "bad-escape": b"GET /v1/articles/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
    "half-escape": b"GET /v1/articles/%f HTTP/1.1\r\nHost: a\r\n\r\n",
    "absolute-target": b"GET http://evil.example/v1/tags HTTP/1.1\r\nHost: a\r\n\r\n",
    "star": b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "connect": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
    "no-host": b"GET /v1/articles HTTP/1.1\r\n\r\n",
    "two-hosts": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "nul-in-header": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
    "space-in-name": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nX Y : 1\r\n\r\n",
    "folded-header": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n",
    "bare-return": b"GET /v1/articles HTTP/1.1\rHost: a\r\r",
    "bare-line-feed": b"GET /v1/articles HTTP/1.1\nHost: a\n\n",
    "two-lengths": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\n"
    b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "length-and-chunks": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\n"
    b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /v1/articles HTTP/1.1\r\n\r\n",
    "odd-coding": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\n"
    b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "negative-length": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\n"
    b"Content-Length: -1\r\n\r\n{}",
    "huge-length": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\nContent-Length: "
    + b"9" * 40
    + b"\r\n\r\n{}",
    "bad-chunk": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "huge-chunk": b"POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n",
    "upgrade": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\n"
    b"Upgrade: websocket\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "many-headers": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\n"
    + b"".join(b"X-%d: 1\r\n" % n for n in range(20_000))
    + b"\r\n",
    "long-header": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nX: "
    + b"a" * 500_000
    + b"\r\n\r\n",
    "long-target": b"GET /" + b"a" * 500_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "long-method": b"A" * 500_000 + b" / HTTP/1.1\r\nHost: a\r\n\r\n",
}  # fmt: skip


def test_bytes_that_are_no_request_never_make_it_fail(server: Server) -> None:
    for name, request in BAD_REQUESTS.items():
        answer = server.provoke(request)
        statuses = [
            int(line.split()[1])
            for line in answer.split(b"\r\n")
            if line.startswith(b"HTTP/1.1 ")
        ]
        assert all(status < 500 for status in statuses), name
        assert b"evil.example" not in answer, name
        assert server.lives(), name
    said = server.log.read_text()
    assert "Traceback" not in said


def test_a_refusal_from_the_socket_is_a_problem_like_any_other(server: Server) -> None:
    answer = server.ask(get(f"/v1/articles?zzz={SECRET}"))
    assert answer.startswith(b"HTTP/1.1 422 ")
    assert b"\r\ncontent-type: application/problem+json\r\n" in answer
    assert b"\r\nserver:" not in answer


def test_one_connection_carries_many_requests_in_their_order(server: Server) -> None:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=DEADLINE)
    connection.connect()
    first = connection.sock
    for path, status in 50 * [("/v1/articles", 200), ("/v1/articles/absent", 404)]:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (status, True)
    assert connection.sock is first
    connection.close()


def test_a_body_beyond_the_limit_is_refused_while_it_is_sent(server: Server) -> None:
    connection = server.connect()
    head = (
        "POST /manage/v1/tags HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {server.key}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    connection.sendall(head.encode())
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    for _ in range(40):
        connection.sendall(chunk)
    answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert server.lives()


def test_it_ends_when_told_though_clients_hold_on(brief_server: Server) -> None:
    idle = [brief_server.connect() for _ in range(20)]
    half = brief_server.connect()
    half.sendall(b"GET /v1/articles HTTP/1.1\r\nHost:")
    for connection in idle[:10]:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.recv(4_096).startswith(b"HTTP/1.1 200 ")

    began = time.monotonic()
    assert brief_server.stop() == 0
    assert time.monotonic() - began < 10
    assert "Traceback" not in brief_server.log.read_text()


def test_its_log_holds_no_key_and_no_value_of_a_query(brief_server: Server) -> None:
    authorization = f"Authorization: Bearer {brief_server.key}"
    bad = f"Authorization: Bearer {brief_server.key[:-1]}"
    for request in (
        get(f"/v1/articles?section={SECRET}"),
        get(f"/v1/articles?api_key={brief_server.key}"),
        get(f"/v1/articles?cursor={SECRET}"),
        get(f"/v1/tags?zzz={SECRET}", authorization),
        get(f"/manage/v1/articles?state={SECRET}", authorization),
        get(f"/manage/v1/articles?token={brief_server.key}", bad),
        get("/v1/articles/%1b%5b31m%0aINFO%20forged"),
        get("/v1/articles", f"User-Agent: {SECRET}", f"Referer: /?{SECRET}"),
        get("/v1/articles", "X-Request-Id: forged\tid"),
    ):
        assert brief_server.ask(request).startswith(b"HTTP/1.1 ")
    assert brief_server.stop() == 0

    said = brief_server.log.read_bytes()
    assert b"/v1/articles" in said
    for secret in (brief_server.key, SECRET, brief_server.key[3:40]):
        assert secret.encode() not in said
    assert b"\x1b" not in said
    assert not any(line.startswith(b"INFO forged") for line in said.splitlines())
