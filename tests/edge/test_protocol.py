"""The connection itself: slow clients, greedy ones, and those that speak no HTTP."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
import uvicorn

from app import schema
from app.edge.protocol import GuardedProtocol
from app.kit.db import Database
from app.main import create_app
from tests.conftest import OwnSettings

HOST = "127.0.0.1"
OTHER = "127.0.0.2"
GREEDY = 60
MANY = 3_000
SLOW = 0.8
"""Longer than the server waits for the rest of a request."""

PATIENCE = 30
OK = b"GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server with little patience."""
    path: Path = tmp_path_factory.mktemp("served") / "paper.db"
    settings = OwnSettings(
        database_url=f"sqlite:///{path}",
        background=False,
        threads=2,
        header_seconds=0.5,
        body_seconds=0.5,
        connections_per_address=GREEDY,
    )
    with Database(settings.database_url) as database:
        schema.migrate(database)
    listening = socket.create_server((HOST, 0))
    # Little is on its way: who does not read is noticed soon.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    config = uvicorn.Config(
        create_app(settings),
        http=GuardedProtocol,
        ws="none",
        proxy_headers=False,
        log_level="critical",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(PATIENCE)


def _connect(port: int, *, source: str = OTHER) -> socket.socket:
    return socket.create_connection(
        (HOST, port), timeout=PATIENCE, source_address=(source, 0)
    )


def _ask(port: int, request: bytes, *, source: str = HOST) -> bytes:
    with _connect(port, source=source) as sent:
        sent.sendall(request)
        return _rest(sent)


def _rest(connection: socket.socket) -> bytes:
    """Read until the server hangs up, which it does without waiting for us."""
    received = b""
    with suppress(ConnectionError):
        while part := connection.recv(65_536):
            received += part
    return received


def _problem(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\ncontent-type: application/problem+json\r\n" in head
    assert b"\r\nconnection: close" in head
    found = json.loads(body)
    name = found["request_id"].encode()
    assert b"\r\nx-request-id: " + name in head
    assert f"HTTP/1.1 {found['status']} ".encode() in head
    return found["status"], found["code" if "code" in found else "type"]


def test_who_says_nothing_at_all_is_hung_up_on(port: int) -> None:
    with _connect(port) as silent, _connect(port) as blank:
        blank.sendall(b"\r\n\r\n")

        for connection in (silent, blank):
            assert _problem(_rest(connection))[0] == 408


def test_a_second_request_has_no_more_time_than_the_first(port: int) -> None:
    whole = OK.replace(b"Connection: close\r\n", b"")
    with _connect(port) as connection:
        connection.sendall(whole + whole[:20])

        answers = _rest(connection)

    first, _, second = answers.partition(b'{"status":"ok"}')
    assert first.startswith(b"HTTP/1.1 200 ")
    assert _problem(second)[0] == 408


def test_one_address_cannot_take_all_connections(port: int) -> None:
    with ExitStack() as connections:
        for _ in range(GREEDY):
            connections.enter_context(_connect(port))
        refused = _ask(port, OK, source=OTHER)
        other = _ask(port, OK, source=HOST)

    assert _problem(refused)[0] == 503
    assert b"\r\nretry-after: 2\r\n" in refused
    assert other.startswith(b"HTTP/1.1 200 ")
    _await_no_connections()
    assert _ask(port, OK, source=OTHER).startswith(b"HTTP/1.1 200 ")


KEPT = b"GET /v1/articles HTTP/1.1\r\nHost: a\r\n\r\n"


def test_a_kept_answer_is_what_it_was_when_it_was_made(port: int) -> None:
    last = KEPT.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    head = last.replace(b"GET", b"HEAD")

    made, kept, empty = (_told(_ask(port, request)) for request in (last, last, head))

    assert kept == made
    assert made[0].startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in made[0]
    assert empty == (made[0], b"")


def test_who_asks_a_thousand_times_before_he_reads_gets_every_answer(
    port: int,
) -> None:
    one = _told(_ask(port, KEPT.replace(b"Host", b"Connection: close\r\nHost")))
    with _connect(port) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        asking = threading.Thread(target=_ask_often, args=(connection,))
        asking.start()
        time.sleep(SLOW)
        received = b"".join(_so_many(connection, MANY))
        asking.join(PATIENCE)

    assert received == one[1] * MANY


def _told(answer: bytes) -> tuple[bytes, bytes]:
    """Tell what does not belong to the moment: the headers but for two, the body."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    own = (b"x-request-id", b"date")
    return b"\r\n".join(sorted(x for x in lines if not x.startswith(own))), body


def _ask_often(connection: socket.socket) -> None:
    """Send many requests, the end of the last one late.

    The server has nowhere to write to by then, and so reads no more.
    """
    requests = KEPT * MANY
    connection.sendall(requests[:-9])
    time.sleep(SLOW)
    connection.sendall(requests[-9:])


def _so_many(connection: socket.socket, count: int) -> Iterator[bytes]:
    """Read so many answers from a connection; what is answered is their bodies."""
    with connection.makefile("rb") as answers:
        for _ in range(count):
            assert answers.readline().startswith(b"HTTP/1.1 200 ")
            length = 0
            while (line := answers.readline()) != b"\r\n":
                name, _, value = line.partition(b":")
                length = int(value) if name == b"content-length" else length
            yield answers.read(length)


@pytest.mark.parametrize(
    ("nonsense", "status"),
    [
        (b"hello\r\n\r\n", 400),
        (b"GET /v1/ articles HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA B: 1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 40_000, 431),
    ],
)
def test_what_is_no_request_is_refused_as_everything_is(
    port: int, nonsense: bytes, status: int
) -> None:
    with _connect(port) as connection:
        with suppress(ConnectionError):
            connection.sendall(nonsense)
        answer = _rest(connection)

    assert answer == b"" or _problem(answer)[0] == status


def _await_no_connections() -> None:
    deadline = time.monotonic() + PATIENCE
    while GuardedProtocol.addresses[OTHER]:
        assert time.monotonic() < deadline
        time.sleep(0.01)
