"""The examples of the API reference, recorded from a newspaper of one story.

`make openapi` writes them to `app/examples.json`; a test records them again and
compares, so that the reference never shows what the API does not answer.
"""

import itertools
import json
import re
import sys
import tempfile
from base64 import b64decode
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from app.kit.ids import id_source
from app.kit.settings import Settings
from app.main import create_app
from tests.catching_up import catch_up
from tests.conftest import Clock
from tests.contract.walking import is_get, operations
from tests.newsroom import SLOT_SIZES, Json

# The first id that is given away: that of the picture, which is written first.
PICTURE = "019abf6e-4c00-7000-8000-000000000002"

# One story and what it names, written in this order.
WRITTEN: dict[str, Json] = {
    "POST /manage/v1/media": {
        "kind": "image",
        "url": "https://images.courier.example/quay.jpg",
        "width": 2400,
        "height": 1600,
        "alt": "The quay at dawn",
        "credit": "Ada Reed",
    },
    "POST /manage/v1/sections": {"name": "World", "slug": "world"},
    "POST /manage/v1/authors": {"name": "Ada Reed", "role": "Harbour correspondent"},
    "POST /manage/v1/tags": {"name": "Ferries", "kind": "topic"},
    "POST /manage/v1/sponsors": {"name": "Halyard Bank", "type": "sponsored"},
    "POST /manage/v1/ad-slots": {
        "key": "article-end",
        "name": "Below the article",
        "position": "article_end",
        "page_types": ["article"],
        "sizes": SLOT_SIZES,
    },
    "POST /manage/v1/ad-policies": {"key": "standard", "name": "Standard"},
    "POST /manage/v1/articles": {
        "headline": "Ferry returns after eleven days",
        "section": "world",
        "authors": ["ada-reed"],
        "tags": ["ferries"],
        "lead_media": PICTURE,
        "standfirst": "The crossing is open again, with fewer sailings.",
        "body": [
            {"type": "paragraph", "html": "The ferry came back on <em>Monday</em>."}
        ],
    },
    "PUT /manage/v1/menus/{menu}": {
        "items": [{"label": "World", "section": "world"}],
    },
    "PUT /manage/v1/ads-txt/{sellers}": {
        "owner_domain": "courier.example",
        "records": [
            {
                "domain": "adsystem.example",
                "account": "pub-4711",
                "relationship": "DIRECT",
                "certification": "f08c47fec0942fa0",
            }
        ],
    },
    "PUT /manage/v1/fronts/{front}": {
        "title": "The Courier",
        "containers": [
            {
                "key": "top",
                "places": 1,
                "cards": [
                    {
                        "article": "ferry-returns-after-eleven-days",
                        "headline": "The ferry is back",
                    }
                ],
            },
            {
                "key": "world",
                "title": "World",
                "fill": {"sections": ["world"]},
            },
        ],
    },
}

MADE_KEY = "POST /manage/v1/keys"
WRITTEN[MADE_KEY] = {
    "name": "Harbour Wire",
    "role": "partner",
    "scopes": ["embargo"],
    "expires_at": "2027-11-30T00:00:00Z",
}

# It waits for its day: the other story is out by then.
AWAITED: Json = {
    "headline": "Bridge opens on the first",
    "section": "world",
    "authors": ["ada-reed"],
    "body": [{"type": "paragraph", "html": "The bridge opens to <em>all</em>."}],
}
PREVIEWED = "POST /manage/v1/articles/{article}/preview"

CHANGED: dict[str, Json] = {
    "PATCH /manage/v1/sections/{section}": {"description": "Beyond the harbour."},
    "PATCH /manage/v1/authors/{author}": {"bio": "Writes about the sea."},
    "PATCH /manage/v1/tags/{tag}": {"iptc_code": "medtop:20000336"},
    "PATCH /manage/v1/media/{asset}": {"caption": "The quay on Monday."},
    "PATCH /manage/v1/sponsors/{sponsor}": {"link": "https://halyard.example/"},
    "PATCH /manage/v1/ad-slots/{slot}": {"label": "Advertisement"},
    "PATCH /manage/v1/ad-policies/{policy}": {"max_slots": 4},
    "PATCH /manage/v1/articles/{article}": {"kicker": "Harbour"},
    "POST /manage/v1/articles/{article}/submit": {},
    "POST /manage/v1/articles/{article}/revert": {"revision": 1},
    "POST /manage/v1/articles/{article}/lock": {"ttl_seconds": 3600},
    "POST /manage/v1/articles/{article}/publish": {"note": "First published."},
    "POST /manage/v1/articles/{article}/correct": {
        "kind": "correction",
        "text": "An earlier version named the wrong day.",
    },
    PREVIEWED: {"ttl_seconds": 86_400},
    "POST /manage/v1/articles/{article}/withdraw": {"reason": "The source withdrew."},
    "POST /manage/v1/articles/{article}/restore": {},
    "POST /manage/v1/articles/{article}/schedule": {
        "publish_at": "2026-12-01T05:00:00Z",
        "expire_at": "2027-03-01T00:00:00Z",
    },
    "POST /manage/v1/articles/{article}/unschedule": {},
    "POST /manage/v1/articles/{article}/embargo": {"until": "2026-12-01T05:00:00Z"},
}

DOUBLES: dict[str, Json] = {
    "POST /manage/v1/authors": {"name": "A. Reed"},
    "POST /manage/v1/tags": {"name": "Ferry boats"},
}

LAST: dict[str, Json] = {
    "POST /manage/v1/authors/{author}/merge": {"into": "a-reed"},
    "POST /manage/v1/tags/{tag}/merge": {"into": "ferry-boats"},
    "PUT /manage/v1/articles/by-external-id/{source}/{external_id}": {
        "headline": "Wind drops in the strait",
        "section": "world",
        "body_html": "<p>The wind dropped on Tuesday.</p>",
    },
    "POST /manage/v1/ads/preview": {
        "section": "world",
        "body": [
            {"type": "paragraph", "html": "The wind dropped on Tuesday."},
            {"type": "paragraph", "html": "The ferry sailed on Wednesday."},
        ],
    },
    "POST /manage/v1/keys/{key}/rotate": {"overlap_hours": 48},
    "POST /manage/v1/keys/{key}/revoke": {},
    "POST /manage/v1/articles/{article}/kill": {
        "reason": "The source withdrew.",
        "note": "This story has been removed.",
    },
    "POST /manage/v1/articles/{article}/purge": {},
    "POST /manage/v1/articles/{article}/legal": {
        "reason": "Order of the district court.",
        "note": "This story is withheld by order of a court.",
    },
}

# What ends for good cannot end twice, and what is out has no embargo: other stories
# are there for it.
ELSEWHERE = {
    "POST /manage/v1/articles/{article}/embargo": {
        "article": "bridge-opens-on-the-first"
    },
    "POST /manage/v1/articles/{article}/legal": {"article": "wind-drops-in-the-strait"},
}

# A grey picture of three by two pixels.
DRAWN = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAADklEQVR4nGNQaHjAAMQA"
    "CogDAVqeAI0AAAAASUVORK5CYII="
)

UPLOADED = ("POST /manage/v1/uploads", "PUT /manage/v1/media/{picture}/file")

QUERIES: dict[str, dict[str, str]] = {
    "GET /v1/articles/{article}/related": {"by": "section"},
    "GET /v1/resolve": {
        "path": "/world/ferry-returns-after-eleven-days",
        "include": "menus",
    },
    "GET /v1/search": {"q": "ferry", "limit": "1"},
    "GET /v1/suggest": {"q": "fer", "limit": "2"},
    "GET /v1/changes": {"after": "10", "limit": "2", "include": "documents"},
    "GET /v1/changes/stream": {"after": "10"},
}

VALUES = {
    "article": "ferry-returns-after-eleven-days",
    "embargoed": "bridge-opens-on-the-first",
    "media": PICTURE,
    "asset": PICTURE,
    "author": "ada-reed",
    "section": "world",
    "tag": "ferries",
    "slot": "article-end",
    "policy": "standard",
    "menu": "main",
    "front": "home",
    "channel": "world",
    "month": "2026-11",
    "sellers": "ads",
    "sponsor": "halyard-bank",
    "source": "wire",
    "external_id": "2026-4711",
    "number": "1",
}

JSON = "application/json"
TOKEN = f"bp_{'0' * 43}"
_KEYS = re.compile(r"bs_[A-Za-z0-9_-]{4,}")
PROBLEM = "/v1/articles?limit=500&sort=date"


class Recorder:
    """Calls operations, and keeps what was sent and what came back."""

    def __init__(self, client: TestClient, key: str):
        assert isinstance(client.app, FastAPI)
        self.client = client
        self.key = {"Authorization": f"Bearer {key}"}
        self.operations = {str(o): o for o in operations(client.app)}
        self.kept: dict[str, Json] = {}
        self.uploaded = ""

    def write(self, name: str, content: Json) -> None:
        """Send a change, made from whatever version there is."""
        self._keep(name, self.send(name, content), request=content)

    def send(self, name: str, content: Json) -> Response:
        """Send a change that is no example itself."""
        operation = self.operations[name]
        made_from = {} if operation.method == "PUT" else {"If-Match": "*"}
        answer: Response = self.client.request(
            operation.method,
            operation.url(VALUES | self.made | ELSEWHERE.get(name, {})),
            json=content,
            headers=self.key | made_from,
        )
        return answer

    def upload(self, name: str) -> None:
        """Send a picture, for the asset that was uploaded first."""
        operation = self.operations[name]
        answer = self.client.request(
            operation.method,
            operation.url(VALUES | {"picture": self.uploaded}),
            content=DRAWN,
            headers=self.key | {"Content-Type": "image/png", "If-Match": "*"},
        )
        self._keep(name, answer)
        self.uploaded = answer.json()["id"]

    def read(self, name: str) -> None:
        """Ask for what is there."""
        operation = self.operations[name]
        answer = self.client.get(
            operation.url(VALUES | self.made | {"token": self.token}),
            params=QUERIES.get(name, {}),
            headers={} if operation.is_public else self.key,
        )
        self._keep(name, answer)

    @property
    def made(self) -> dict[str, str]:
        """What has an id that nobody can know before."""
        made = self.kept.get(MADE_KEY)
        return {"key": str(made["answer"]["id"])} if made else {}

    @property
    def token(self) -> str:
        """What opens the preview that was made; another one in each recording."""
        return str(self.kept[PREVIEWED]["answer"]["token"])

    def refuse(self, url: str) -> None:
        """Ask for what nobody gets."""
        answer = self.client.get(url, headers={"X-Request-Id": "4f1c2a9d"})
        assert answer.status_code == 422
        self.kept["problem"] = answer.json()

    def _keep(self, name: str, answer: Response, **more: Json) -> None:
        assert answer.is_success, (name, answer.text)
        media_type = answer.headers["content-type"].partition(";")[0]
        content = answer.json() if media_type == JSON else answer.text
        status = answer.status_code
        told = {"status": status, "media_type": media_type, "answer": content}
        self.kept[name] = {**more, **told}


def settings(url: str) -> Settings:
    """Set up The Courier on this database."""
    return Settings(
        database_url=url,
        api_url="https://api.courier.example",
        site_url="https://www.courier.example",
        site_name="The Courier",
        background=False,
        media_path=Path(url.removeprefix("sqlite:///")).parent / "media",
        stream_seconds=0,
    )


def record(folder: Path) -> dict[str, Json]:
    """Write the story, read all there is of it, and answer what was said."""
    url = f"sqlite:///{folder / 'examples.db'}"
    clock, numbers = Clock(), itertools.count(1)
    with id_source(lambda: _id(next(numbers))):
        with Database(url) as database:
            schema.migrate(database)
            with database.write() as session:
                made = keys.create(session, name="Desk", role=Role.admin, now=clock())
        app = create_app(settings(url), clock=clock)
        with TestClient(app) as client:
            recorder = Recorder(client, made[1])
            _write_and_read(recorder, clock)
    whole = json.dumps(recorder.kept).replace(recorder.token, TOKEN)
    return dict(json.loads(_KEYS.sub(_unsaid, whole)))


def _unsaid(found: re.Match[str]) -> str:
    return f"bs_{'0' * (len(found[0]) - 3)}"


def _write_and_read(recorder: Recorder, clock: Clock) -> None:
    for name, content in WRITTEN.items():
        recorder.write(name, content)
    recorder.send("POST /manage/v1/articles", AWAITED)
    for name, content in CHANGED.items():
        clock.advance(minutes=1)
        recorder.write(name, content)
    catch_up(recorder.client)
    for name, operation in recorder.operations.items():
        is_ours = operation.path.startswith(("/v1/", "/manage/", "/feeds/", "/.well"))
        # What is no JSON has no example.
        if is_get(operation) and is_ours and operation.response_model is not None:
            recorder.read(name)
    for name, content in DOUBLES.items():
        recorder.send(name, content)
    for name in UPLOADED:
        recorder.upload(name)
    for name, content in LAST.items():
        recorder.write(name, content)
    recorder.refuse(PROBLEM)


def _id(number: int) -> UUID:
    return UUID(f"019abf6e-4c00-7000-8000-{number:012x}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        made = record(Path(temporary))
    text = json.dumps(made, indent=1, ensure_ascii=False)
    sys.stdout.write(f"{text}\n")
