"""A lock tells the others who is at an article, and keeps nobody from anything."""

from collections.abc import Callable

import pytest

from app.access.roles import Role
from tests.conftest import Clock
from tests.contract.problems import problem_of
from tests.newsroom import Json, Newsroom


@pytest.fixture
def other(newsroom: Newsroom, make_key: Callable[[Role], str]) -> Newsroom:
    """A reporter at the same newspaper."""
    return Newsroom(newsroom.client, make_key(Role.reporter), newsroom.clock)


def take(somebody: Newsroom, article: Json, **more: int) -> Json:
    return somebody.send("POST", f"/articles/{article['id']}/lock", json=more)


def seen(somebody: Newsroom, article: Json) -> Json | None:
    lock: Json | None = somebody.send("GET", f"/articles/{article['id']}")["lock"]
    return lock


def test_a_lock_says_who_holds_it_and_until_when(
    newsroom: Newsroom, other: Newsroom
) -> None:
    draft = newsroom.draft()

    lock = take(newsroom, draft)

    times = {"taken_at": "2026-11-23T09:00:00Z", "until": "2026-11-23T09:05:00Z"}
    assert lock == {"held_by": "editor", "is_yours": True, **times}
    assert seen(other, draft) == {"held_by": "editor", **times}


def test_whoever_comes_second_is_told_of_the_first(
    newsroom: Newsroom, other: Newsroom
) -> None:
    draft = newsroom.draft()
    lock = take(newsroom, draft)

    assert take(other, draft, ttl_seconds=3600) == {**lock, "is_yours": False}
    assert seen(newsroom, draft) == {k: v for k, v in lock.items() if k != "is_yours"}


def test_a_lock_keeps_nobody_from_saving_and_is_no_write(
    newsroom: Newsroom, other: Newsroom
) -> None:
    draft = newsroom.draft()
    take(newsroom, draft)

    saved = other.edit(draft, kicker="Harbour")

    assert (saved["version"], saved["revision"]) == (2, 2)
    assert saved["lock"] == seen(newsroom, draft)
    assert saved["lock"]["held_by"] == "editor"


def test_renewing_moves_the_end_and_not_the_beginning(
    newsroom: Newsroom, clock: Clock
) -> None:
    draft = newsroom.draft()
    take(newsroom, draft)
    clock.advance(minutes=4)

    lock = take(newsroom, draft, ttl_seconds=60)

    assert (lock["taken_at"], lock["until"]) == (
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:05:00Z",
    )


def test_a_lock_ends_by_itself_and_goes_to_the_next(
    newsroom: Newsroom, other: Newsroom, clock: Clock
) -> None:
    draft = newsroom.draft()
    take(newsroom, draft, ttl_seconds=10)
    clock.advance(seconds=10)

    assert seen(newsroom, draft) is None
    assert newsroom.edit(draft, kicker="Harbour")["lock"] is None
    lock = take(other, draft)
    assert (lock["held_by"], lock["taken_at"]) == ("reporter", "2026-11-23T09:00:10Z")


def test_ones_own_lock_is_given_back_and_no_other(
    newsroom: Newsroom, other: Newsroom
) -> None:
    draft = newsroom.draft()
    path = f"/articles/{draft['id']}/lock"
    take(newsroom, draft)

    refused = other.request("DELETE", path)
    still = seen(newsroom, draft)
    newsroom.send("DELETE", path)

    assert problem_of(refused)["code"] == "lock-of-another"
    assert still is not None
    assert seen(newsroom, draft) is None
    assert newsroom.request("DELETE", path).status_code == 204


@pytest.mark.parametrize("seconds", [9, 3601, 1.5, "60", None])
def test_a_lock_lasts_from_ten_seconds_to_an_hour(
    newsroom: Newsroom, seconds: object
) -> None:
    draft = newsroom.draft()

    answer = newsroom.request(
        "POST", f"/articles/{draft['id']}/lock", json={"ttl_seconds": seconds}
    )

    assert problem_of(answer)["errors"][0]["pointer"] == "/ttl_seconds"
