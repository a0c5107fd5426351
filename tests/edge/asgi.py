"""The edge alone, without a server: a newspaper of strings, and a way to ask it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class Answer:
    """What was sent for one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def ask(
    app: ASGIApp,
    path: str,
    *,
    query: str = "",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send one request, and collect the answer."""
    sent: list[Message] = []
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (name.lower().encode(), value.encode())
            for name, value in (headers or {}).items()
        ],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *parts = sent
    return Answer(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(part.get("body", b"") for part in parts),
    )


class Origin:
    """An application that answers each path with its text, and can be held up."""

    def __init__(self, **texts: str):
        self.texts = {f"/v1/{name}": text for name, text in texts.items()}
        self.position = 0
        self.rendered = 0
        self.status = 200
        self.more: dict[str, str] = {}
        self.going_on = asyncio.Event()
        self.going_on.set()

    def change(self, name: str, text: str) -> tuple[int, list[str]]:
        """Change a text; answers the row of the log that tells of it."""
        self.texts[f"/v1/{name}"] = text
        self.position += 1
        return self.position, [name]

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.rendered += 1
        path: str = scope["path"]
        body, position = self.texts[path].encode(), self.position
        headers = {
            "content-type": "text/plain",
            "content-length": str(len(body)),
            "etag": f'"{abs(hash(body))}"',
            "cache-control": "public, max-age=15",
            "surrogate-key": path.removeprefix("/v1/"),
            "broadsheet-position": str(position),
            "vary": "Accept-Encoding, Authorization",
            **self.more,
        }
        # Between reading and answering: here a slow reader is overtaken.
        await self.going_on.wait()
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send(
            {"type": "http.response.start", "status": self.status, "headers": pairs}
        )
        await send({"type": "http.response.body", "body": body})
