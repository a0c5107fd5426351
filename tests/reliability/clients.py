"""Clients of a server that may die at any moment: they ask again until answered."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
from httpx import Response

from tests.newsroom import Json, if_match, paragraph

PATIENCE_SECONDS = 60.0


@dataclass
class Kept:
    """What was acknowledged: nothing of it may be lost, and none of it be double."""

    created: dict[str, str] = field(default_factory=dict)
    released: set[tuple[str, int]] = field(default_factory=set)
    saved: set[tuple[str, str]] = field(default_factory=set)
    surprises: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.created) + len(self.released) + len(self.saved)


class Persistent:
    """An editor who writes story after story, whatever becomes of the server."""

    def __init__(self, url: str, key: str, name: str, on_answer: Callable[[], object]):
        self.kept = Kept()
        self._name = name
        self._on_answer = on_answer
        self._headers = {"Authorization": f"Bearer {key}"}
        self._client = httpx.Client(base_url=f"{url}/manage/v1", timeout=20)

    def work(self, section: str, stopping: threading.Event) -> None:
        """Write, publish, change and publish again, until told to stop."""
        number = 0
        with self._client:
            while not stopping.is_set():
                number += 1
                self._write_one(f"{self._name} {number}", section)

    def _write_one(self, headline: str, section: str) -> None:
        story = {"headline": headline, "section": section, "body": [paragraph()]}
        draft = self._post("/articles", story, {})
        if draft is None:
            return
        self.kept.created[headline] = draft["id"]
        published = self._release(draft)
        saved = self._save(published) if published else None
        if saved is not None:
            self._release(saved)

    def _release(self, article: Json) -> Json | None:
        path = f"/articles/{article['id']}/publish"
        released = self._post(path, {}, article)
        if released is not None:
            self.kept.released.add((article["id"], released["release"]))
        return released

    def _save(self, article: Json) -> Json | None:
        """Save a change; a PATCH has no key, and one unheard of is found by reading."""
        path, words = f"/articles/{article['id']}", str(uuid4())
        change = {"standfirst": words}
        answer, is_repeated = self._ask("PATCH", path, change, _made_from(article))
        if answer.status_code == 412 and is_repeated:
            answer, _ = self._ask("GET", path, None, {})
        if not answer.is_success or answer.json()["standfirst"] != words:
            self.kept.surprises.append(f"{path}: {answer.text}")
            return None
        self.kept.saved.add((article["id"], words))
        return dict(answer.json())

    def _post(self, path: str, content: Json, article: Json) -> Json | None:
        """Post under a key; asked again under it, the same is answered."""
        headers = {"Idempotency-Key": str(uuid4())} | _made_from(article)
        answer, _ = self._ask("POST", path, content, headers)
        if not answer.is_success:
            self.kept.surprises.append(f"{path}: {answer.text}")
            return None
        return dict(answer.json())

    def _ask(
        self, method: str, path: str, content: Json | None, headers: dict[str, str]
    ) -> tuple[Response, bool]:
        """Ask until there is an answer; also says whether it was asked again."""
        is_repeated = False
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up_at:
            try:
                answer = self._client.request(
                    method, path, json=content, headers=self._headers | headers
                )
            except httpx.TransportError:
                is_repeated = True
                continue
            if "retry-after" in answer.headers:
                # Who lost the database while committing cannot say what became of it.
                is_repeated = True
                time.sleep(0.02)
                continue
            self._on_answer()
            return answer, is_repeated
        raise TimeoutError(f"{method} {path}: nobody answers")


def _made_from(article: Json) -> dict[str, str]:
    return if_match(article) if article else {}
