"""`/metrics`: what an operator's alarms go by, where it is switched on."""

from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from app.edge.purging.models import PurgePlace
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from tests.catching_up import catch_up
from tests.conftest import Clock
from tests.newsroom import Newsroom

CACHE = "purge+http://127.0.0.1:6081"


@pytest.fixture
def metered(session_client: TestClient, clock: Clock) -> Iterator[TestClient]:
    """Another process of the same newspaper, whose metrics are on."""
    settings: Settings = session_client.app.state.settings  # type: ignore[attr-defined]
    changed = {"metrics": True, "purge_urls": (CACHE,)}
    app = create_app(settings.model_copy(update=changed), clock=clock)
    with TestClient(app) as client:
        yield client


def _told(client: TestClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        sample.name.removeprefix("broadsheet_"): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_nobody_has_them_unless_they_are_switched_on(client: TestClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_an_article_that_is_due_and_not_public_is_told(
    metered: TestClient, newsroom: Newsroom, clock: Clock
) -> None:
    story = newsroom.draft()
    at = clock.now.replace(hour=10).isoformat()
    newsroom.verb(story, "schedule", publish_at=at)
    before = _told(metered)
    clock.advance(hours=1, seconds=30)

    due = _told(metered)

    assert (before["due_articles"], before["due_age_seconds"]) == (0, 0)
    assert (due["due_articles"], due["due_age_seconds"]) == (1, 30)
    assert due["due_failing_articles"] == 0


def test_they_say_how_far_the_log_was_followed_and_what_is_kept(
    metered: TestClient, newsroom: Newsroom
) -> None:
    story = newsroom.published()
    position = catch_up(metered)
    metered.get(f"/v1/articles/{story['id']}")

    told = _told(metered)

    assert told["log_position"] == told["log_applied_position"] == position
    assert told["log_unseen_seconds"] < 60
    assert told["cache_answers"] == 1
    assert told["cache_bytes"] > 0
    assert told["database_up"] == 1


def test_a_cache_that_is_behind_is_told(
    metered: TestClient, newsroom: Newsroom, database: Database
) -> None:
    assert "purge_behind_changes" not in _told(metered)
    counts = {"position": 0, "repeated": 0, "repeat_upto": 0, "attempts": 0}
    with database.write() as session:
        session.add(PurgePlace(endpoint=CACHE, lane="soft", **counts))
    newsroom.published()

    assert _told(metered)["purge_behind_changes"] > 0


def test_a_database_that_is_away_is_told() -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    settings = Settings(database_url=nowhere, background=False, metrics=True)
    with TestClient(create_app(settings)) as client:
        told = _told(client)

    assert told["database_up"] == 0
    assert "due_articles" not in told


def test_a_parameter_is_refused(metered: TestClient) -> None:
    assert metered.get("/metrics?name=up").status_code == 422
