"""Editors who act at the same moment, through HTTP."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx
from httpx import Response

from tests.newsroom import Json, paragraph

Answer = TypeVar("Answer")


class Crew:
    """Plain requests to `/manage/v1`, and a way to send many at once."""

    def __init__(self, client: httpx.Client):
        self.client = client

    def send(
        self, method: str, path: str, json: Json | None = None, version: int = 0
    ) -> Response:
        """Send one request; `version` is the one it is made from."""
        headers = {"If-Match": f'"v{version}"'} if version else {}
        return self.client.request(
            method, f"/manage/v1{path}", json=json, headers=headers
        )

    def make(self, path: str, **content: object) -> Json:
        """Create something that has to be created."""
        response = self.send("POST", path, content)
        assert response.status_code == 201, response.text
        return dict(response.json())

    def draft(self, headline: str, **content: object) -> Json:
        story = {"headline": headline, "body": [paragraph()], **content}
        return self.make("/articles", **story)

    def read(self, path: str) -> Json:
        """Read something of `/manage/v1` that has to be there."""
        response = self.send("GET", path)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def publish(self, article: Json) -> Response:
        path = f"/articles/{article['id']}/publish"
        return self.send("POST", path, {}, version=article["version"])

    def change(self, kind: str, resource: Json, **changes: object) -> Response:
        path = f"/{kind}/{resource['id']}"
        return self.send("PATCH", path, changes, version=resource["version"])

    def delete(self, kind: str, resource: Json) -> Response:
        path = f"/{kind}/{resource['id']}"
        return self.send("DELETE", path, version=resource["version"])


def at_once(acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do all of these from threads that start together; answers in order."""
    line = threading.Barrier(len(acts))

    def started(act: Callable[[], Answer]) -> Answer:
        line.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(started, acts))


def statuses(responses: Iterable[Response]) -> list[int]:
    """The statuses of several answers, sorted."""
    return sorted(response.status_code for response in responses)
