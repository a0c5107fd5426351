"""The log page by page: all of it, once, in order, and nothing that it should not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.changes.watching import Watcher
from app.kit.db import Database
from tests.catching_up import catch_up
from tests.contract.problems import API_URL, named_by, problem_of
from tests.feeds.following import Json, page, told
from tests.newsroom import Newsroom


@pytest.fixture
def story(newsroom: Newsroom) -> Json:
    """A story with a life: six rows in the log, the last of them its withdrawal."""
    newsroom.section("World")
    newsroom.tag("Trade", listed=True)
    first = newsroom.published("Ferry returns", section="world", tags=["trade"])
    second = newsroom.publish(newsroom.edit(first, slug="ferry-is-back"))
    return newsroom.withdraw(second, note="In error.")


LIFE = [
    (1, "section.created"),
    (2, "tag.created"),
    (3, "article.published"),
    (4, "article.updated"),
    (5, "article.withdrawn"),
]


def watcher_of(client: TestClient) -> Watcher:
    assert isinstance(client.app, FastAPI)
    watcher: Watcher = client.app.state.watcher
    return watcher


def forget(client: TestClient) -> None:
    """Have the process forget its newest rows, as it does when there are many."""
    assert client.portal is not None
    client.portal.call(watcher_of(client).ring.begin, catch_up(client))


def from_both(client: TestClient, query: str) -> Json:
    """Read a page from memory and from the table: that has to be the same."""
    remembered = page(client, query)
    forget(client)
    assert page(client, query) == remembered
    return remembered


def test_a_page_holds_what_happened_after_a_position(
    client: TestClient, story: Json
) -> None:
    found = from_both(client, "?after=0")

    assert told(found) == LIFE
    assert found["meta"] == {"after": 0, "upto": 5}
    assert found["links"] == {"self": f"{API_URL}/v1/changes?after=0", "next": None}
    row = found["data"][3]
    assert row["resource_id"] == story["id"]
    assert (row["version"], row["change"]) == (2, "updated")
    assert row["path"] == "/world/ferry-is-back"
    assert row["paths"] == ["/world/ferry-returns"]
    assert row["href"] == f"{API_URL}/v1/articles/{story['id']}"
    assert f"article:{story['id']}" in row["keys"]
    assert "document" not in row


def test_pages_that_are_followed_leave_nothing_out(
    client: TestClient, story: Json
) -> None:
    assert story
    for begin in (catch_up, forget):
        begin(client)
        found = page(client, "?after=0&limit=2")
        seen = told(found)
        while found["links"]["next"]:
            found = page(client, found["links"]["next"].partition("/changes")[2])
            assert len(found["data"]) <= 2
            seen += told(found)

        assert seen == LIFE
        assert page(client, f"?after={found['meta']['upto']}")["data"] == []


def test_without_a_position_the_log_begins_where_it_is_kept_from(
    client: TestClient, story: Json, database: Database
) -> None:
    assert story
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE positions SET floor = 2"))

    assert told(page(client)) == LIFE[2:]


def test_only_the_kinds_asked_for_are_told_and_the_rest_is_still_passed(
    client: TestClient, story: Json
) -> None:
    assert story
    found = from_both(client, "?after=0&kinds=tag,section&limit=1")
    assert told(found) == LIFE[:1]
    assert found["meta"]["upto"] == 1
    found = from_both(client, "?after=1&kinds=tag,section")
    assert told(found) == LIFE[1:2]
    assert found["meta"]["upto"] == 5


def test_a_row_can_come_with_its_resource_as_it_is_now(
    client: TestClient, newsroom: Newsroom, story: Json
) -> None:
    rows = from_both(client, "?after=0&include=documents")["data"]
    assert rows[1]["document"]["slug"] == "trade"
    assert [row["document"] for row in rows[2:]] == [None] * 3

    newsroom.restore(story)
    rows = from_both(client, "?after=2&include=documents")["data"]
    shown = client.get(f"/v1/articles/{story['id']}").json()
    assert [row["document"] for row in rows] == [shown] * 4


def test_no_row_tells_any_more_where_a_killed_story_was(
    client: TestClient, publisher: Newsroom, story: Json
) -> None:
    page(client, "?after=0")
    publisher.verb(story, "kill", reason="Court.")
    rows = from_both(client, "?after=2")["data"]

    assert told({"data": rows})[-1] == (6, "article.killed")
    for row in rows:
        assert (row["path"], row["paths"], row["href"]) == (None, [], None)
    assert "ferry" not in str(rows)


def test_what_was_acknowledged_is_in_the_next_page(
    client: TestClient, newsroom: Newsroom
) -> None:
    story = newsroom.published()
    for _ in range(10):
        after = page(client)["meta"]["upto"]
        story = newsroom.publish(newsroom.edit(story, kicker=f"No. {after}"))

        assert told(page(client, f"?after={after}")) == [(after + 1, "article.updated")]


@pytest.mark.parametrize("after", ["2", "6", "9223372036854775807"])
def test_where_the_log_is_not_kept_it_names_the_snapshot(
    client: TestClient, story: Json, database: Database, after: str
) -> None:
    assert story
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE positions SET floor = 3"))
    forget(client)

    for path in ("/v1/changes", "/v1/changes/stream"):
        problem = problem_of(client.get(f"{path}?after={after}"))

        assert problem["code"] == "position-gone"
        assert problem["snapshot"] == f"{API_URL}/v1/snapshot"


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=1_0",
        "after=1.0",
        "after=",
        "after=9223372036854775808",
        "kinds=",
        "kinds=article,",
        "kinds=story",
        "wait=26",
        "wait=-1",
        "limit=0",
        "limit=1001",
        "include=document",
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(
    client: TestClient, query: str
) -> None:
    problem = problem_of(client.get(f"/v1/changes?{query}"))

    assert problem["code"] == "invalid"
    assert named_by(problem) == {query.partition("=")[0]}


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(12) as pool:
        yield pool


def test_many_who_wait_are_told_at_once_and_keep_nobody_out(
    client: TestClient, newsroom: Newsroom, threads: ThreadPoolExecutor
) -> None:
    draft = newsroom.draft()
    after = catch_up(client)
    # Three times as many as there are threads and connections.
    query = f"?after={after}&kinds=article&wait=20"
    waiting = [threads.submit(page, client, query) for _ in range(12)]
    newsroom.tag("Trade", listed=True)
    assert not any(each.done() for each in waiting)
    newsroom.publish(draft)

    for each in waiting:
        assert told(each.result(20)) == [(after + 2, "article.published")]


def test_who_waits_in_vain_is_told_how_far_it_is(
    client: TestClient, newsroom: Newsroom
) -> None:
    newsroom.section("World")
    found = page(client, "?after=0&kinds=article&wait=1")

    assert (found["data"], found["meta"]) == ([], {"after": 0, "upto": 1})
