"""The log as a stream: told at once, gone on with after a break, ended in order."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from app.feeds.log.answering import Flow
from app.kit import hanging_up
from app.main import create_app
from tests.contract.problems import named_by, problem_of
from tests.feeds.following import Event, Listener
from tests.newsroom import Newsroom
from tests.serving import serving


@contextmanager
def listening(
    reader: httpx.Client, query: str = "", **headers: str
) -> Iterator[Listener]:
    """Follow the stream for the length of the block."""
    with reader.stream("GET", f"/v1/changes/stream{query}", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield Listener(answer.iter_lines())


def take(events: Iterator[Event], count: int) -> list[tuple[str, str]]:
    """Read so many events: their ids, and what they tell."""
    found = [next(events) for _ in range(count)]
    return [(event.id, json.loads(event.data)["event"]) for event in found]


def test_a_stream_tells_what_was_and_what_comes(
    reader: httpx.Client, newsroom: Newsroom
) -> None:
    newsroom.section("World")
    with listening(reader, "?after=0") as listener:
        events = iter(listener)
        assert take(events, 1) == [("1", "section.created")]
        assert listener.retry == 2000
        story = newsroom.published()
        assert take(events, 1) == [("2", "article.published")]
        newsroom.withdraw(story)
        assert take(events, 1) == [("3", "article.withdrawn")]


def test_its_rows_are_those_of_the_pages(
    reader: httpx.Client, newsroom: Newsroom
) -> None:
    newsroom.withdraw(newsroom.published())
    rows = reader.get("/v1/changes?after=0").json()["data"]
    with listening(reader, "?after=0") as listener:
        events = iter(listener)

        assert [json.loads(next(events).data) for _ in rows] == rows


def test_who_comes_back_misses_nothing_and_hears_nothing_twice(
    reader: httpx.Client, newsroom: Newsroom
) -> None:
    heard, last = [], "0"
    for number in range(8):
        newsroom.tag(f"Tag {number}", listed=True)
        newsroom.tag(f"More {number}", listed=True)
        # What the client says last goes before what its address said first.
        with listening(reader, "?after=0", **{"Last-Event-ID": last}) as listener:
            heard += take(iter(listener), 2)
            last = heard[-1][0]

    assert heard == [(str(n), "tag.created") for n in range(1, 17)]


def test_a_new_client_hears_what_happens_from_now_on(
    reader: httpx.Client, newsroom: Newsroom
) -> None:
    newsroom.section("World")
    with listening(reader, "?kinds=tag,article") as listener:
        newsroom.section("Sport")
        newsroom.tag("Trade", listed=True)

        assert take(iter(listener), 1) == [("3", "tag.created")]


def test_an_event_id_that_is_none_of_ours_is_refused(client: TestClient) -> None:
    for given in ("", "abc", "-1", "9223372036854775808"):
        answer = client.get("/v1/changes/stream", headers={"Last-Event-ID": given})

        assert named_by(problem_of(answer)) == {"Last-Event-ID"}


def test_a_stream_that_ends_says_how_far_it_came(
    client: TestClient, newsroom: Newsroom
) -> None:
    newsroom.section("World")
    # The process of `client` ends each stream as soon as it has told what there is.
    answer = client.get("/v1/changes/stream?after=0&kinds=tag")
    listener = Listener(answer.text.splitlines())

    assert list(listener) == []
    assert (listener.last_id, listener.comments) == ("1", 1)


def test_streams_end_in_good_order_when_the_process_does(
    session_client: TestClient, newsroom: Newsroom
) -> None:
    newsroom.section("World")
    settings = session_client.app.state.settings  # type: ignore[attr-defined]
    lasting = settings.model_copy(update={"stream_seconds": 3600})
    heard: list[str] = []
    has_begun = threading.Event()

    def hear(url: str) -> None:
        with (
            httpx.Client(base_url=url) as reader,
            listening(reader, "?after=0") as listener,
        ):
            for event in listener:
                heard.append(event.id)
                has_begun.set()
            heard.append("end")

    with serving(create_app(lasting)) as url:
        thread = threading.Thread(target=hear, args=(url,))
        thread.start()
        assert has_begun.wait(20)
    thread.join(20)

    # Broken off it would have been an error, and no end would have come.
    assert heard == ["1", "end"]


@pytest.mark.anyio
async def test_a_client_that_takes_nothing_is_hung_up_on() -> None:
    hung_up = asyncio.Event()
    pieces = 0

    async def endless() -> AsyncGenerator[bytes]:
        while True:
            yield b"x"

    async def send(message: Message) -> None:
        nonlocal pieces
        pieces += 1
        if pieces > 3:
            await hung_up.wait()

    async def receive() -> Message:
        raise AssertionError

    scope = {"type": "http", "extensions": hanging_up.offer(hung_up.set)}
    async with asyncio.timeout(20):
        await Flow(endless(), {}, patience=0.05)(scope, receive, send)

    assert (hung_up.is_set(), pieces) == (True, 5)
