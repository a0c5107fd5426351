"""An editor at work through HTTP: plain verbs that answer what the API answered."""

from collections.abc import Mapping
from typing import Any, Protocol

from httpx import Response
from starlette.testclient import TestClient

Json = dict[str, Any]

SLOT_SIZES = [{"min_width": 0, "min_height": 0, "sizes": [[300, 250]]}]


class MovableClock(Protocol):
    """A clock that the test can set."""

    def advance(self, **by: float) -> object: ...


class Newsroom:
    """What a test needs of an editor, each verb valid by default."""

    def __init__(self, client: TestClient, key: str, clock: MovableClock):
        self.client = client
        self.clock = clock
        self.headers = {"Authorization": f"Bearer {key}"}

    def request(self, method: str, path: str, **options: Any) -> Response:
        """Send a request to `/manage/v1` with the editor's key."""
        headers = self.headers | dict(options.pop("headers", {}))
        url = f"/manage/v1{path}"
        response: Response = self.client.request(
            method, url, headers=headers, **options
        )
        return response

    def send(self, method: str, path: str, **options: Any) -> Json:
        """Send a request that has to succeed."""
        response = self.request(method, path, **options)
        assert response.is_success, response.text
        return {} if response.status_code == 204 else dict(response.json())

    def section(self, name: str = "World", **more: Any) -> Json:
        return self.send("POST", "/sections", json={"name": name, **more})

    def author(self, name: str = "Ada Reed", **more: Any) -> Json:
        return self.send("POST", "/authors", json={"name": name, **more})

    def tag(self, name: str = "Trade", **more: Any) -> Json:
        return self.send("POST", "/tags", json={"name": name, **more})

    def media(self, name: str = "quay", **more: Any) -> Json:
        picture = {
            "kind": "image",
            "url": f"https://images.courier.example/{name}.jpg",
            "width": 2400,
            "height": 1600,
            "alt": f"The {name}",
        }
        return self.send("POST", "/media", json={**picture, **more})

    def upload(self, content: bytes, kind: str = "image/jpeg", **words: Any) -> Json:
        """Upload a picture, and say of it what there is to say."""
        headers = {"Content-Type": kind}
        made = self.send("POST", "/uploads", content=content, headers=headers)
        return self.patch("media", made, **words) if words else made

    def draft(self, headline: str = "Ferry returns", **more: Any) -> Json:
        """Save a draft; its section is made when none is named."""
        story: Json = {"headline": headline, "body": [paragraph()], **more}
        if "section" not in story:
            story["section"] = self._any_section()
        return self.send("POST", "/articles", json=story)

    def published(self, headline: str = "Ferry returns", **more: Any) -> Json:
        """Save a story and publish it."""
        at = (
            {"published_at": more.pop("published_at")} if "published_at" in more else {}
        )
        return self.publish(self.draft(headline, **more), **at)

    def publish(self, article: Mapping[str, Any], **more: Any) -> Json:
        return self.verb(article, "publish", **more)

    def correct(
        self,
        article: Mapping[str, Any],
        text: str = "The pier was wrong.",
        kind: str = "correction",
        **more: Any,
    ) -> Json:
        return self.verb(article, "correct", kind=kind, text=text, **more)

    def withdraw(self, article: Mapping[str, Any], **more: Any) -> Json:
        return self.verb(article, "withdraw", **more)

    def restore(self, article: Mapping[str, Any]) -> Json:
        return self.verb(article, "restore")

    def schedule(self, article: Mapping[str, Any], **times: str | None) -> Json:
        return self.verb(article, "schedule", **times)

    def embargo(self, article: Mapping[str, Any], *, until: str) -> Json:
        return self.verb(article, "embargo", until=until)

    def unschedule(self, article: Mapping[str, Any]) -> Json:
        return self.verb(article, "unschedule")

    def preview(self, article: Mapping[str, Any], **more: int) -> Json:
        return self.send("POST", f"/articles/{article['id']}/preview", json=more)

    def verb(self, article: Mapping[str, Any], name: str, **data: Any) -> Json:
        path = f"/articles/{article['id']}/{name}"
        return self.send("POST", path, json=data, headers=if_match(article))

    def edit(self, article: Mapping[str, Any], **changes: Any) -> Json:
        return self.patch("articles", article, **changes)

    def patch(self, kind: str, resource: Mapping[str, Any], **changes: Any) -> Json:
        path = f"/{kind}/{resource['id']}"
        return self.send("PATCH", path, json=changes, headers=if_match(resource))

    def _any_section(self) -> str:
        found = self.send("GET", "/sections", params={"limit": 1})["data"]
        return str((found or [self.section()])[0]["id"])


def if_match(resource: Mapping[str, Any]) -> dict[str, str]:
    """The header that says which version a change is made from."""
    return {"If-Match": f'"v{resource["version"]}"'}


def paragraph(text: str = "The ferry came back on Monday.") -> Json:
    return {"type": "paragraph", "html": text}
