"""What another editor does between the two looks that a request takes."""

import threading
import time
from collections.abc import Iterator, Mapping
from functools import partial
from uuid import UUID

import httpx
import pytest
from httpx import Response
from sqlalchemy import delete, func, select, text, update
from starlette.testclient import TestClient

from app.kit.db import Database
from app.main import create_app
from app.newsroom.articles.models import Article
from app.newsroom.tags.models import Tag
from tests.conftest import on_postgresql
from tests.contract.problems import problem_of
from tests.newsroom import Json, Newsroom, if_match
from tests.pictures.drawing import picture
from tests.serving import serving

PATIENCE = 20

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


class Sent(threading.Thread):
    """A request that may have to wait, and what was answered in the end."""

    answer: Response

    def __init__(
        self,
        newsroom: Newsroom,
        method: str,
        path: str,
        content: Json,
        headers: Mapping[str, str],
    ):
        super().__init__()
        self._ask = partial(
            newsroom.request, method, path, json=content, headers=headers
        )
        self.start()

    def run(self) -> None:
        self.answer = self._ask()

    def ended(self) -> Response:
        self.join(PATIENCE)
        return self.answer


def merging(old: Json, new: Json) -> tuple[str, str, Json, dict[str, str]]:
    path = f"/tags/{old['id']}/merge"
    return "POST", path, {"into": new["id"]}, if_match(old)


def await_a_waiting_one(database: Database) -> None:
    deadline = time.monotonic() + PATIENCE
    with database.read() as session:
        while not session.scalar(WAITING):
            assert time.monotonic() < deadline
            time.sleep(0.02)
            session.rollback()


@on_postgresql  # SQLite has one writer at a time: the second waits for the first
def test_a_retry_of_what_is_still_running_is_told_so(
    newsroom: Newsroom, database: Database
) -> None:
    draft = newsroom.draft()
    path = f"/articles/{draft['id']}/publish"
    headers = if_match(draft) | {"Idempotency-Key": "once"}
    with database.write() as session:
        session.scalars(select(Article).with_for_update()).one()
        first = Sent(newsroom, "POST", path, {}, headers)
        await_a_waiting_one(database)

        again = newsroom.request("POST", path, json={}, headers=headers)

    problem = problem_of(again)
    assert (problem["status"], problem["code"]) == (409, "idempotency-running")
    assert again.headers["Retry-After"] == "1"
    assert first.ended().status_code == 200


@on_postgresql
def test_what_is_deleted_before_it_is_locked_is_not_there(
    newsroom: Newsroom, database: Database
) -> None:
    tag = newsroom.tag()
    with database.write() as session:
        session.execute(delete(Tag))
        path, ports = f"/tags/{tag['id']}", {"name": "Ports"}
        change = Sent(newsroom, "PATCH", path, ports, if_match(tag))
        await_a_waiting_one(database)

    assert problem_of(change.ended())["status"] == 404
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Tag)) == 0


@on_postgresql
@pytest.mark.parametrize("moved", ["Old", "New"])
def test_what_was_merged_meanwhile_is_not_merged_again(
    newsroom: Newsroom, database: Database, moved: str
) -> None:
    tags = {name: newsroom.tag(name) for name in ("Old", "New", "Third")}
    held = update(Tag).where(Tag.id == UUID(tags[moved]["id"]))
    with database.write() as session:
        session.execute(held.values(merged_into_id=UUID(tags["Third"]["id"])))
        merge = Sent(newsroom, *merging(tags["Old"], tags["New"]))
        await_a_waiting_one(database)

    assert problem_of(merge.ended())["code"] == "already-merged"


@on_postgresql
@pytest.mark.parametrize("gone", ["Old", "New"])
def test_what_was_deleted_meanwhile_is_not_merged(
    newsroom: Newsroom, database: Database, gone: str
) -> None:
    tags = {name: newsroom.tag(name) for name in ("Old", "New")}
    with database.write() as session:
        session.execute(delete(Tag).where(Tag.id == UUID(tags[gone]["id"])))
        merge = Sent(newsroom, *merging(tags["Old"], tags["New"]))
        await_a_waiting_one(database)

    assert problem_of(merge.ended())["status"] == 404


@pytest.fixture
def address(client: TestClient) -> Iterator[str]:
    """A real server for the same newspaper: it reads a body while it is sent."""
    settings = client.app.state.settings  # type: ignore[attr-defined]
    with serving(create_app(settings)) as address:
        yield address


def test_a_file_that_was_overtaken_while_it_was_sent_is_refused(
    newsroom: Newsroom, address: str
) -> None:
    drawn = picture()
    asset = newsroom.upload(drawn)

    def pieces() -> Iterator[bytes]:
        yield drawn[:1000]
        newsroom.patch("media", asset, alt="The quay at noon")
        yield drawn[1000:]

    answer = httpx.put(
        f"{address}/manage/v1/media/{asset['id']}/file",
        content=pieces(),
        headers=newsroom.headers | if_match(asset) | {"Content-Type": "image/jpeg"},
    )

    assert problem_of(answer)["status"] == 412
