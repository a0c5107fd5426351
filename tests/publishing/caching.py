"""A cache that trusts the log, and a newspaper of nicknames to try it on."""

import time
from collections.abc import Mapping, Sequence

from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from app.kit.db import Database
from app.publishing import renewing
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom
from tests.publishing.backstage import log, refresh

PATIENCE = 20

# What belongs to the moment.
MOMENT = {"x-request-id", "broadsheet-position"}


class Cache:
    """It keeps every answer until a row of the log names one of its keys.

    `client` has every answer made anew; those in `caching` have caches of their own,
    which have to agree.
    """

    def __init__(
        self,
        client: TestClient,
        database: Database,
        urls: Sequence[str],
        *,
        caching: Sequence[TestClient] = (),
    ):
        self.client = client
        self.caching = caching
        self.database = database
        self.urls = urls
        self.kept: dict[str, Response] = {}
        self.seen: dict[str, Response] = {}
        self.position = 0
        self.rounds = 0

    def read(self, *, share: int = 1) -> list[str]:
        """Read one address in so many, others each time; answers what was wrong."""
        rows = log(self.database, self.position)
        named = {key for row in rows for key in row.keys}
        self.position = rows[-1].position if rows else self.position
        self.kept = {
            url: kept
            for url, kept in self.kept.items()
            if not named.intersection(kept.headers["Surrogate-Key"].split())
        }
        for each in self.caching:
            _await(each, self.position)
        self.rounds += 1
        asked = self.urls[self.rounds % share :: share]
        return [url for url in asked if not self._is_right(url)]

    def _is_right(self, url: str) -> bool:
        """Tell whether an answer that is kept is what would be answered now."""
        fresh = _get(self.client, url)
        if any(_shown(_get(each, url)) != _shown(fresh) for each in self.caching):
            return False
        seen = self.seen.pop(url, None)
        is_kept = self.kept.pop(url, None) is not None
        if fresh.status_code == 200:
            self.kept[url] = self.seen[url] = fresh
        if seen is None or fresh.status_code != 200:
            return not is_kept
        if seen.content == fresh.content:
            return bool(seen.headers["ETag"] == fresh.headers["ETag"])
        return not is_kept and _is_told_apart(seen, fresh)


def _get(client: TestClient, url: str) -> Response:
    plain = {"Accept-Encoding": "identity"}
    answer: Response = client.get(url, headers=plain, follow_redirects=False)
    return answer


def _shown(answer: Response) -> tuple[int, Mapping[str, str], bytes]:
    """Tell what a reader sees; problem documents name the request."""
    if answer.status_code != 200:
        return answer.status_code, {}, b""
    headers = {k: v for k, v in answer.headers.items() if k not in MOMENT}
    return answer.status_code, headers, answer.content


def _await(client: TestClient, position: int) -> None:
    """Wait until a process has heard of everything."""
    app = client.app
    assert isinstance(app, FastAPI)
    deadline = time.monotonic() + PATIENCE
    while app.state.cache.position < position:
        assert time.monotonic() < deadline
        time.sleep(0.002)


def _is_told_apart(seen: Response, fresh: Response) -> bool:
    """Tell whether the validators of an answer have changed with its bytes."""
    modified = seen.headers.get("Last-Modified")
    return seen.headers["ETag"] != fresh.headers["ETag"] and (
        modified is None or modified != fresh.headers.get("Last-Modified")
    )


class Paper:
    """A newspaper whose things are called by nicknames."""

    def __init__(self, newsroom: Newsroom, database: Database, clock: Clock):
        self.newsroom = newsroom
        self.database = database
        self.clock = clock
        self.places: dict[str, str] = {}

    def id(self, nickname: str) -> str:
        return self.places[nickname].rpartition("/")[2]

    def make(self, kind: str, nickname: str, /, **content: object) -> None:
        made = self.newsroom.send("POST", f"/{kind}", json=self._named(content))
        self.places[nickname] = f"/{kind}/{made['id']}"

    def change(self, nickname: str, /, **changes: object) -> None:
        place = self.places[nickname]
        self._send("PATCH", place, self._version(place), self._named(changes))

    def publish(self, nickname: str, /, **changes: object) -> None:
        """Publish, with these changes saved before."""
        if changes:
            self.change(nickname, **changes)
        self.verb(nickname, "publish")

    def verb(self, nickname: str, verb: str, /, **terms: object) -> None:
        place = self.places[nickname]
        self._send("POST", f"{place}/{verb}", self._version(place), terms)

    def delete(self, nickname: str) -> None:
        place = self.places[nickname]
        self._send("DELETE", place, self._version(place), None)

    def menu(self, key: str, *items: Mapping[str, object]) -> None:
        self._put("menus", key, {"items": [self._named(item) for item in items]})

    def front(self, key: str, *containers: Mapping[str, object]) -> None:
        named = [self._named(each) for each in containers]
        self._put("fronts", key, {"containers": named})

    def _put(self, kind: str, key: str, content: Mapping[str, object]) -> None:
        place = f"/{kind}/{key}"
        known = self.newsroom.request("GET", place)
        headers = {"If-Match": known.headers["ETag"]} if known.is_success else {}
        self._send("PUT", place, headers, content)
        self.places[f"front {key}" if kind == "fronts" else key] = place

    def refresh(self) -> None:
        refresh(self.database, self.clock)

    def renew(self, site: Site) -> None:
        desk = Desk(now=self.clock(), by="render", site=site)
        for _ in renewing.renew(self.database, lambda: desk):
            pass

    def _version(self, place: str) -> dict[str, str]:
        return {"If-Match": self.newsroom.request("GET", place).headers["ETag"]}

    def _send(
        self, method: str, path: str, headers: dict[str, str], content: object
    ) -> None:
        options: Json = {} if content is None else {"json": content}
        self.newsroom.send(method, path, headers=headers, **options)

    def _named(self, content: object) -> object:
        """Put ids where nicknames stand as `@nickname`."""
        if isinstance(content, str):
            return self.id(content[1:]) if content.startswith("@") else content
        if isinstance(content, list):
            return [self._named(item) for item in content]
        if isinstance(content, Mapping):
            return {name: self._named(value) for name, value in content.items()}
        return content
