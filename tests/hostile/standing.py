"""A full newspaper as an attacker meets it, and the ways to send it something."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from anyio import sleep_forever
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient
from starlette.types import Message

from app.kit.db import Database
from app.tables import metadata
from tests.hostile.judging import complaints
from tests.hostile.operations import Operation
from tests.hostile.stock import Stock, headers_for

RawHeaders = Iterable[tuple[bytes, bytes]]
Contents = dict[str, list[str]]

# How statements begin that leave everything as it is.
READING = ("SELECT", "BEGIN", "SET ", "PRAGMA")


def contents_of(database: Database) -> Contents:
    """Read every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }


@dataclass(frozen=True)
class Standing:
    """The application with a full newspaper, and the key of an admin."""

    client: TestClient
    database: Database
    stock: Stock
    key: str
    _read: Contents = field(default_factory=dict)

    @property
    def admin(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def contents(self) -> Contents:
        """Every row of every table, to tell whether anything has changed.

        They are read again only when there was a statement that may change some.
        """
        if not self._read:
            self._read.update(contents_of(self.database))
        return dict(self._read)

    def note(self, statement: str) -> None:
        """Hear of a statement that goes to the database."""
        if not statement.startswith(READING):
            self._read.clear()

    def send(
        self,
        operation: Operation,
        path: str | None = None,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send a request as an admin who has read the latest version."""
        own = self.admin if operation.is_keyed else {}
        response: Response = self.client.request(
            operation.method,
            self.stock.path(operation) if path is None else path,
            content=content,
            headers=own | headers_for(operation) | dict(headers or {}),
            follow_redirects=False,
        )
        return response

    def write(self, operation: Operation, body: object) -> Response:
        """Send JSON; lone surrogates go as escapes, which a file can hold."""
        content = json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        return self.send(operation, content=content, headers=headers)

    def expect(
        self,
        operation: Operation,
        response: Response,
        status: int | Iterable[int],
    ) -> list[str]:
        """List what is wrong with an answer that should have one of these statuses."""
        allowed = {status} if isinstance(status, int) else set(status)
        wrong = list(complaints(operation, response))
        if response.status_code not in allowed:
            wrong.append(f"{response.status_code}: {response.text[:200]}")
        return [f"{operation}: {each}" for each in wrong]

    def ask(
        self,
        method: str,
        target: bytes,
        headers: RawHeaders = (),
        body: Iterable[bytes] = (),
    ) -> Response:
        """Send bytes that no HTTP client would, piece by piece as they are taken."""
        path, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path.decode("utf-8", "replace"),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(b"host", b"testserver"), *headers],
            "client": ("127.0.0.1", 50_000),
            "server": ("testserver", 80),
            "state": {},
        }
        pieces = iter(body)
        sent: list[Message] = []

        is_over = False

        async def receive() -> Message:
            nonlocal is_over
            if is_over:
                await sleep_forever()
            piece = next(pieces, None)
            is_over = piece is None
            return {
                "type": "http.request",
                "body": piece or b"",
                "more_body": not is_over,
            }

        async def send(message: Message) -> None:
            sent.append(message)

        assert self.client.portal is not None
        self.client.portal.call(self.client.app, scope, receive, send)
        return Response(
            sent[0]["status"],
            headers=sent[0]["headers"],
            content=b"".join(message.get("body", b"") for message in sent[1:]),
        )
