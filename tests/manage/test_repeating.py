"""A POST sent twice under one Idempotency-Key is done once and answered twice."""

from collections.abc import Callable
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import func, select

from app.access.models import Outcome
from app.access.roles import Role
from app.kit.db import Database
from app.newsroom.articles.models import Article
from tests.conftest import Clock
from tests.contract.problems import named_by, problem_of
from tests.newsroom import Json, Newsroom, if_match

STORY: Json = {"headline": "Ferry returns", "section": "world"}


def named(key: str = "first") -> dict[str, str]:
    return {"Idempotency-Key": key}


def post(
    newsroom: Newsroom, path: str, body: Json, key: str = "first", **headers: str
) -> Response:
    return newsroom.request("POST", path, json=body, headers=named(key) | headers)


def told(answer: Response) -> tuple[int, str | None, str | None, bytes]:
    """All of an answer that a client builds upon."""
    headers = answer.headers
    return (
        answer.status_code,
        headers.get("Location"),
        headers.get("ETag"),
        answer.content,
    )


def articles(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Article)) or 0


def test_without_a_key_the_same_twice_is_two(
    newsroom: Newsroom, database: Database
) -> None:
    newsroom.section()
    newsroom.send("POST", "/articles", json=STORY)
    newsroom.send("POST", "/articles", json=STORY)

    assert articles(database) == 2


def test_a_retry_tells_what_was_answered_then_and_not_what_is_there_now(
    newsroom: Newsroom,
) -> None:
    newsroom.section()
    first = post(newsroom, "/articles", STORY)
    newsroom.publish(newsroom.edit(first.json(), headline="Ferry is late"))

    again = post(newsroom, "/articles", STORY)

    assert told(again) == told(first)


def test_a_verb_that_is_repeated_is_not_done_again(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    path, made_from = f"/articles/{draft['id']}/publish", if_match(draft)

    first = post(newsroom, path, {}, **made_from)
    again = post(newsroom, path, {}, **made_from)

    assert (first.status_code, again.content) == (200, first.content)
    assert newsroom.send("GET", f"/articles/{draft['id']}")["release"] == 1


@pytest.mark.parametrize("spelt", ["first", '"first"', " first "])
def test_a_key_is_the_same_with_quotes_and_without(
    newsroom: Newsroom, database: Database, spelt: str
) -> None:
    newsroom.section()
    post(newsroom, "/articles", STORY)

    again = post(newsroom, "/articles", STORY, spelt)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert articles(database) == 1


@pytest.mark.parametrize("key", ["", '""', "a b", "a" * 256, "é", '"', 'a"b', '"a'])
def test_what_is_no_key_is_refused(newsroom: Newsroom, key: str) -> None:
    headers = {"Idempotency-Key": key.encode()}

    answer = newsroom.request("POST", "/articles", json=STORY, headers=headers)

    assert problem_of(answer)["code"] == "bad-request"


def test_a_key_belongs_to_one_body_and_one_address(newsroom: Newsroom) -> None:
    newsroom.section()
    story = post(newsroom, "/articles", STORY).json()

    other_body = post(newsroom, "/articles", STORY | {"kicker": "Harbour"})
    other_path = post(
        newsroom, f"/articles/{story['id']}/submit", {}, **if_match(story)
    )

    for answer in (other_body, other_path):
        problem = problem_of(answer)
        assert (answer.status_code, problem["code"]) == (422, "idempotency-mismatch")
        assert named_by(problem) == {"Idempotency-Key"}


def test_a_key_belongs_to_one_caller(
    newsroom: Newsroom, make_key: Callable[[Role], str], database: Database
) -> None:
    newsroom.section()
    other = Newsroom(newsroom.client, make_key(Role.reporter), newsroom.clock)

    first = post(newsroom, "/articles", STORY)
    second = post(other, "/articles", STORY)

    assert first.json()["id"] != second.json()["id"]
    assert articles(database) == 2


def test_what_was_refused_is_tried_again(newsroom: Newsroom) -> None:
    refused = post(newsroom, "/articles", STORY)
    newsroom.section()

    made = post(newsroom, "/articles", STORY)

    assert problem_of(refused)["code"] == "unknown-reference"
    assert made.status_code == 201
    assert "Idempotency-Replayed" not in made.headers


def test_a_caller_who_may_not_is_told_that_before_anything_else(
    newsroom: Newsroom, make_key: Callable[[Role], str]
) -> None:
    newsroom.section()
    reporter = Newsroom(newsroom.client, make_key(Role.reporter), newsroom.clock)
    story = post(reporter, "/articles", STORY).json()

    used = post(reporter, f"/articles/{story['id']}/publish", {}, **if_match(story))
    bad = post(reporter, "/tags", {"name": "Trade"}, "a b")

    assert problem_of(used)["code"] == "forbidden"
    assert problem_of(bad)["code"] == "forbidden"


def test_a_key_is_free_again_after_a_day(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    newsroom.section()
    post(newsroom, "/articles", STORY)

    clock.advance(hours=23, minutes=59)
    still = post(newsroom, "/articles", STORY)
    clock.advance(minutes=1)
    anew = post(newsroom, "/articles", STORY)

    assert still.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in anew.headers
    assert articles(database) == 2


def test_outcomes_of_yesterday_are_swept(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    newsroom.section()
    for number in range(3):
        post(newsroom, "/articles", STORY, f"old-{number}")
    clock.advance(hours=24)

    post(newsroom, "/articles", STORY, "new")

    with database.read() as session:
        assert len(session.scalars(select(Outcome)).all()) == 1


def test_no_second_copy_of_a_story_is_kept(
    newsroom: Newsroom, database: Database
) -> None:
    newsroom.section()
    made = post(newsroom, "/articles", STORY | {"kicker": "Harbour"}).json()

    with database.read() as session:
        (outcome,) = session.scalars(select(Outcome))
    assert (outcome.resource_id, outcome.revision) == (UUID(made["id"]), 1)
    assert b"Harbour" not in outcome.answer
    assert b"Ferry returns" not in outcome.answer


def test_what_is_deleted_since_is_not_made_again(
    newsroom: Newsroom, database: Database
) -> None:
    newsroom.section()
    made = post(newsroom, "/articles", STORY).json()
    path = f"/articles/{made['id']}"
    newsroom.send("DELETE", path, headers=if_match(made))

    again = post(newsroom, "/articles", STORY)

    assert problem_of(again)["code"] == "outcome-gone"
    assert articles(database) == 0


def test_a_preflight_lets_browsers_send_the_key(newsroom: Newsroom) -> None:
    headers = newsroom.client.options("/manage/v1/articles").headers

    assert "Idempotency-Key" in headers["Access-Control-Allow-Headers"]
    assert "Idempotency-Replayed" in headers["Access-Control-Expose-Headers"]
