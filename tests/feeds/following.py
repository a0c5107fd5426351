"""Reading the log as its clients do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

Json = dict[str, Any]


def page(client: TestClient, query: str = "") -> Json:
    """Read a page of the log that has to be there."""
    answer: Response = client.get(f"/v1/changes{query}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def told(found: Json) -> list[tuple[int, str]]:
    """What the rows of a page say, in short."""
    return [(row["position"], row["event"]) for row in found["data"]]


@dataclass
class Event:
    """A server-sent event as a browser would hand it to a page."""

    id: str
    data: str


class Listener:
    """Server-sent events, read as section 9.2.6 of WHATWG HTML says."""

    def __init__(self, lines: Iterable[str], *, last_id: str = ""):
        self.last_id = last_id
        self.comments = 0
        self.retry: int | None = None
        self._lines = lines

    def __iter__(self) -> Iterator[Event]:
        given_id, data = self.last_id, list[str]()
        for line in self._lines:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line:
                self.last_id = given_id
                if data:
                    yield Event(given_id, "\n".join(data))
                    data.clear()
            elif not name:
                self.comments += 1
            elif name == "id":
                given_id = value
            elif name == "data":
                data.append(value)
            elif name == "retry":
                self.retry = int(value)
