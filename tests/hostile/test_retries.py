"""A client that hears no answer sends again: each POST under a key is done once."""

from uuid import uuid4

import pytest
from httpx import Response

from tests.conftest import Clock
from tests.contract.walking import TRIES
from tests.hostile.operations import WRITES, Operation
from tests.hostile.standing import Standing
from tests.hostile.stock import body_for, full_bodies, headers_for
from tests.newsroom import Json, Newsroom

# What only tries something out saves nothing that could be done twice.
KEYS = "/manage/v1/keys"
POSTS = tuple(
    each for each in WRITES if each.method == "POST" and each.path not in TRIES
)


def told(answer: Response) -> tuple[object, ...]:
    """All of an answer that a client builds upon."""
    names = ("Location", "ETag", "Content-Type", "Cache-Control")
    said = answer.json()
    # What is shown once is not shown to who asks again.
    secret = {"text"} if answer.request.url.path.startswith(KEYS) else set()
    return (
        answer.status_code,
        {name: value for name, value in said.items() if name not in secret},
        *(answer.headers.get(name) for name in names),
    )


def stories(standing: Standing) -> list[Json]:
    """An article in each state that a verb may start from."""
    desk = Newsroom(standing.client, standing.key, Clock())

    def draft() -> Json:
        return desk.draft("Tides", section="world")

    bodies = full_bodies(standing.stock)
    waiting = [
        desk.verb(draft(), verb, **bodies[verb]) for verb in ("schedule", "embargo")
    ]
    live = desk.publish(draft())
    killed = desk.verb(draft(), "kill", **bodies["kill"])
    return [draft(), live, desk.withdraw(desk.publish(draft())), killed, *waiting]


def targets(standing: Standing, operation: Operation) -> list[str]:
    """Where the operation may succeed: a verb on the article in the right state."""
    if "{key}" in operation.path:
        desk = Newsroom(standing.client, standing.key, Clock())
        made = desk.send("POST", "/keys", json={"name": "One", "role": "partner"})
        return [operation.at({"key": made["id"]})]
    if "{article}" not in operation.path:
        return [standing.stock.path(operation)]
    return [operation.at({"article": each["id"]}) for each in stories(standing)]


def sent(
    standing: Standing, operation: Operation, body: Json, path: str, key: str
) -> Response:
    headers = standing.admin | headers_for(operation) | {"Idempotency-Key": key}
    answer: Response = standing.client.post(path, json=body, headers=headers)
    return answer


@pytest.mark.parametrize("operation", POSTS, ids=str)
def test_a_post_sent_again_changes_nothing_and_says_the_same(
    operation: Operation, standing: Standing
) -> None:
    body = body_for(operation, full_bodies(standing.stock))
    firsts: dict[tuple[str, str], Response] = {}
    for path in targets(standing, operation):
        key = str(uuid4())
        firsts[path, key] = sent(standing, operation, body, path, key)
    done = {each: first for each, first in firsts.items() if first.is_success}
    assert done, [first.text for first in firsts.values()]
    before = standing.contents()

    for (path, key), first in done.items():
        again = sent(standing, operation, body, path, key)

        assert told(again) == told(first)
        assert "Idempotency-Replayed" not in first.headers
        assert again.headers["Idempotency-Replayed"] == "true"

    assert standing.contents() == before
