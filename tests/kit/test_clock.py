"""The time is aware UTC and comes from one place."""

from datetime import UTC, timedelta

from starlette.testclient import TestClient

from app.kit.clock import system_clock
from tests.conftest import Clock
from tests.newsroom import Newsroom


def test_the_machine_s_time_is_aware_and_in_utc() -> None:
    first, second = system_clock(), system_clock()

    assert first.tzinfo is UTC
    assert timedelta(0) <= second - first < timedelta(seconds=5)


def test_requests_take_the_time_from_the_application_s_clock(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    clock.advance(days=400, microseconds=1)

    article = newsroom.published()

    shown = client.get(f"/v1/articles/{article['id']}").json()
    assert shown["published_at"] == "2027-12-28T09:00:00.000001Z"
