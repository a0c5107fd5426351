"""What we measure ourselves against: the same bytes with nothing of ours around.

`bare` is an ASGI function that returns an answer of ours, header by header. `driver`
is a FastAPI route that does one SELECT through the database driver itself.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
from fastapi import FastAPI
from starlette.responses import Response

DATABASE = os.environ["BENCH_DATABASE_URL"]
SLUG = os.environ["BENCH_SLUG"]
HEADERS = {"ETag": '"v"', "Cache-Control": "public, max-age=15"}

_local = threading.local()

Send = Callable[[dict[str, Any]], Awaitable[None]]


def read(slug: str) -> bytes:
    """Read one document through the driver."""
    if DATABASE.startswith("sqlite:///"):
        return _from_sqlite(slug)
    return _from_postgresql(slug)


def _from_sqlite(slug: str) -> bytes:
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(DATABASE.removeprefix("sqlite:///"))
    sql = "SELECT detail FROM documents WHERE kind = 'article' AND key = ?"
    found: bytes = _local.connection.execute(sql, (slug,)).fetchone()[0]
    return found


def _from_postgresql(slug: str) -> bytes:
    if not hasattr(_local, "connection"):
        conninfo = DATABASE.replace("postgresql+psycopg://", "postgresql://")
        _local.connection = psycopg.connect(conninfo, autocommit=True)
    sql = "SELECT detail FROM documents WHERE kind = 'article' AND key = %s"
    found: bytes = _local.connection.execute(sql, (slug,)).fetchone()[0]
    return found


driver = FastAPI(openapi_url=None)


@driver.get("/v1/articles/{slug}")
def get_article(slug: str) -> Response:
    return Response(read(slug), media_type="application/json", headers=HEADERS)


class _Bare:
    """Answer every request with the answer of ours that a file holds."""

    def __init__(self) -> None:
        self._messages: list[dict[str, Any]] = []

    async def __call__(
        self, scope: dict[str, Any], _receive: object, send: Send
    ) -> None:
        if scope["type"] != "http":
            return
        if not self._messages:
            self._messages = _recorded()
        for message in self._messages:
            await send(message)


def _recorded() -> list[dict[str, Any]]:
    held = json.loads(Path(os.environ["BENCH_ANSWER"]).read_text())
    headers = [(name.encode(), value.encode()) for name, value in held["headers"]]
    return [
        {
            "type": "http.response.start",
            "status": held["status"],
            "headers": headers,
        },
        {"type": "http.response.body", "body": held["body"].encode()},
    ]


bare = _Bare()
