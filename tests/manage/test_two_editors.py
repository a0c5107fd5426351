"""Whoever comes second is told what the first one did, by every verb."""

from collections.abc import Callable

import pytest

from app.access.roles import Role
from tests.conftest import Clock
from tests.contract.problems import problem_of
from tests.hostile.operations import MANAGE, Operation
from tests.newsroom import Json, Newsroom, if_match, paragraph

CHANGES = tuple(
    each
    for each in MANAGE
    if each.takes_version and each.path.startswith("/manage/v1/articles/{article}")
)


def refused(newsroom: Newsroom, article: Json, version: str = "") -> Json:
    headers = {"If-Match": version} if version else if_match(article)
    answer = newsroom.request(
        "PATCH", f"/articles/{article['id']}", json={"kicker": "Mine"}, headers=headers
    )
    assert answer.status_code == 412
    return problem_of(answer)


def test_a_late_save_is_told_what_differs_who_did_it_and_when(
    newsroom: Newsroom, make_key: Callable[[Role], str], clock: Clock
) -> None:
    first, second = ({"id": f"b-{n}", **paragraph(n)} for n in ("one", "two"))
    read = newsroom.draft("Ferry returns", body=[first, second])
    other = Newsroom(newsroom.client, make_key(Role.reporter), clock)
    clock.advance(minutes=5)
    other.edit(
        other.edit(read, headline="Ferry is late"),
        body=[first, {**second, "html": "Two"}],
    )

    problem = refused(newsroom, read)

    assert problem["current_version"] == 3
    assert problem["changed"] == ["headline", "b-two"]
    assert problem["changed_by"] == "reporter"
    assert problem["changed_at"] == "2026-11-23T09:05:00Z"


def test_what_was_changed_back_does_not_differ(newsroom: Newsroom) -> None:
    read = newsroom.draft("Ferry returns")
    newsroom.edit(newsroom.edit(read, kicker="Harbour"), kicker=None)

    assert refused(newsroom, read)["changed"] == []


def test_a_verb_that_came_between_leaves_the_content(newsroom: Newsroom) -> None:
    read = newsroom.draft("Ferry returns")
    newsroom.publish(read)

    assert refused(newsroom, read)["changed"] == []


def test_a_version_between_two_saves_leads_to_the_earlier(newsroom: Newsroom) -> None:
    published = newsroom.publish(newsroom.edit(newsroom.draft(), kicker="Harbour"))
    restored = newsroom.restore(newsroom.withdraw(published))
    newsroom.edit(restored, standfirst="It is back.")

    assert refused(newsroom, published)["changed"] == ["standfirst"]


@pytest.mark.parametrize("version", ['"v99"', '"other"', '"v0"'])
def test_of_a_version_that_never_was_nothing_is_said(
    newsroom: Newsroom, version: str
) -> None:
    read = newsroom.draft()

    assert refused(newsroom, read, version)["changed"] is None


@pytest.mark.parametrize("operation", CHANGES, ids=str)
def test_every_change_of_an_article_tells_it(
    newsroom: Newsroom, make_key: Callable[[Role], str], operation: Operation
) -> None:
    read = newsroom.draft("Ferry returns")
    newsroom.edit(read, kicker="Harbour")
    verb = operation.path.rpartition("/")[2]
    bodies = BODIES.get(verb, {})

    answer = newsroom.client.request(
        operation.method,
        operation.at({"article": read["id"]}),
        json=bodies if operation.takes_body else None,
        headers=if_match(read) | {"Authorization": f"Bearer {make_key(Role.admin)}"},
    )

    assert (answer.status_code, answer.json()["changed"]) == (412, ["kicker"])


# Bodies that are needed before the version is looked at.
BODIES: dict[str, Json] = {
    "revert": {"revision": 1},
    "schedule": {"publish_at": "2027-05-01T12:00:00Z"},
    "embargo": {"until": "2027-05-01T12:00:00Z"},
    "correct": {"kind": "correction", "text": "It was the other pier."},
}
