"""A story that was taken back is shown to nobody who asks after that was answered.

On the process that took it there is no bound to wait for: readers ask all the time, in
every coding, and the first request after the answer finds the story no more. So that
nothing else can be the reason, that process does not follow the log.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.kit.codings import CODINGS, IDENTITY
from app.main import create_app
from tests.newsroom import Json, Newsroom, paragraph

CANARY = "zqcanary"
ROUNDS = 2
PATIENCE = 20


@pytest.fixture
def alone(session_client: TestClient, publisher: Newsroom) -> Iterator[Newsroom]:
    """A publisher at a process that hears of nothing but what it does itself."""
    assert isinstance(session_client.app, FastAPI)
    app = create_app(session_client.app.state.settings)
    with TestClient(app, raise_server_exceptions=False) as publisher.client:
        deadline = time.monotonic() + PATIENCE
        while app.state.cache.position < 0:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        app.state.watcher.stop()
        yield publisher


@pytest.mark.parametrize("verb", ["withdraw", "kill", "legal"])
def test_who_asks_after_a_story_was_taken_back_sees_nothing_of_it(
    alone: Newsroom, verb: str
) -> None:
    for number in range(ROUNDS):
        assert _seen_after(alone, verb, number) == []


def test_a_process_that_does_not_hear_of_itself_would_be_found_out(
    alone: Newsroom,
) -> None:
    """The known-bad twin."""
    assert isinstance(alone.client.app, FastAPI)
    alone.client.app.state.database.after_commit.clear()

    assert _seen_after(alone, "kill", 0) != []


def _seen_after(newsroom: Newsroom, verb: str, number: int) -> list[str]:
    """Take a story back before readers' eyes; answers where it is still seen."""
    section = newsroom.section(f"World {number}")["slug"]
    words = {"standfirst": CANARY, "body": [paragraph(f"{CANARY} at length. " * 99)]}
    story = newsroom.published(CANARY, slug=f"s{number}", section=section, **words)
    places = _places(story, section)
    is_over = threading.Event()
    with ThreadPoolExecutor() as threads:
        readers = [
            threads.submit(_read, newsroom.client, places, coding, is_over)
            for coding in (IDENTITY, *CODINGS)
        ]
        try:
            shown = [newsroom.client.get(place).text for place in places]
            newsroom.verb(story, verb)
        finally:
            is_over.set()
    assert all(CANARY in each for each in shown)
    return [place for reader in readers for place in reader.result()]


def _places(story: Json, section: str) -> Sequence[str]:
    return (
        f"/v1/articles/{story['id']}",
        f"/v1/articles/{story['slug']}?body=html",
        "/v1/articles?limit=1",
        f"/v1/articles?section={section}&fields=id,headline",
        f"/v1/articles?ids={story['id']}",
        f"/v1/articles/{story['id']}/versions/1",
    )


def _read(
    client: TestClient, places: Sequence[str], coding: str, is_over: threading.Event
) -> list[str]:
    """Read all the time, and once more when it is over: what is seen then."""
    wanted = {"Accept-Encoding": coding}
    is_last, seen = False, []
    while not is_last:
        is_last = is_over.is_set()
        for place in places:
            text = client.get(place, headers=wanted).text
            if is_last and CANARY in text:
                seen.append(place)
    return seen
