"""Many retries at the same moment are one article."""

from collections.abc import Sequence
from functools import partial

from httpx import Response
from sqlalchemy import func, select

from app.access.models import Outcome
from app.kit.db import Database
from app.newsroom.articles.models import Article
from tests.newsroom import Json
from tests.prove.figures import engine_of, report, size
from tests.reliability.crew import Crew, at_once

RETRIES = 30
KEYS = size(1, long=300)


def test_thirty_posts_under_one_key_are_one_article(
    crew: Crew, database: Database
) -> None:
    crew.make("/sections", name="World")
    doubled = 0
    for number in range(KEYS):
        answers = _send_until_answered(crew, {"headline": f"Ferry {number}"})

        firsts = [
            each for each in answers if "Idempotency-Replayed" not in each.headers
        ]
        assert (len(answers), len(firsts)) == (RETRIES, 1)
        doubled += len({each.content for each in answers}) - 1
    stories, outcomes = _count(database, Article), _count(database, Outcome)

    report(
        "retries",
        engine_of(database),
        iterations=KEYS,
        failures=doubled + abs(stories - KEYS),
    )
    assert (doubled, stories, outcomes) == (0, KEYS, KEYS)


def test_retries_under_keys_of_their_own_are_caught_making_doubles(
    crew: Crew, database: Database
) -> None:
    crew.make("/sections", name="World")
    story = {"headline": "Ferry returns", "section": "world"}

    at_once([partial(send, crew, story, f"key-{number}") for number in range(5)])

    assert _count(database, Article) == 5


def _send_until_answered(crew: Crew, story: Json) -> list[Response]:
    """Send one request many times at once, and again where that is asked for."""
    waiting, answers = RETRIES, list[Response]()
    while waiting:
        whole = {**story, "section": "world"}
        came = at_once([partial(send, crew, whole, story["headline"])] * waiting)
        answers += [each for each in came if each.status_code == 201]
        waiting = len(told_to_wait(came))
    return answers


def _count(database: Database, table: type[Article | Outcome]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def send(crew: Crew, story: Json, key: str) -> Response:
    headers = {"Idempotency-Key": key.replace(" ", "-")}
    return crew.client.post("/manage/v1/articles", json=story, headers=headers)


def told_to_wait(answers: Sequence[Response]) -> list[Response]:
    """Find those that came while the first was at work; nothing else is refused."""
    refused = [each for each in answers if each.status_code != 201]
    for each in refused:
        assert each.json()["type"].endswith("/idempotency-running"), each.text
        assert each.headers["Retry-After"] == "1"
    return refused
