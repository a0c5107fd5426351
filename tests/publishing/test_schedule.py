"""What the clock does: on time, once, and what an editor agreed to."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import select, update
from starlette.testclient import TestClient

from app.access.roles import Role
from app.kit.db import Database
from app.kit.errors import NotFound
from app.newsroom.articles.models import Article
from app.publishing.models import Setback
from app.publishing.timing import due, setbacks
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import events, let_due_happen, log

TEN, ELEVEN, NOON = (f"2026-11-23T{hour}:00:00Z" for hour in (10, 11, 12))
PASSED = "2026-11-23T08:59:59Z"


def _read(client: TestClient, article: Mapping[str, Any]) -> Response:
    answer: Response = client.get(f"/v1/articles/{article['id']}")
    return answer


def _shown(newsroom: Newsroom, article: Mapping[str, Any]) -> Json:
    return newsroom.send("GET", f"/articles/{article['id']}")


def _asked(newsroom: Newsroom, article: Json, verb: str, **data: object) -> Response:
    path = f"/articles/{article['id']}/{verb}"
    return newsroom.request("POST", path, json=data, headers=if_match(article))


def _pointers(response: Response) -> list[str]:
    assert response.status_code == 422, response.text
    return [fault["pointer"] for fault in response.json()["errors"]]


def test_a_story_goes_out_at_its_time_and_not_before(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    scheduled = newsroom.schedule(newsroom.draft(), publish_at=TEN)

    clock.advance(minutes=59, seconds=59)
    let_due_happen(database)
    early = _read(client, scheduled)
    clock.advance(seconds=1)
    let_due_happen(database)

    assert (scheduled["state"], scheduled["version"]) == ("draft", 2)
    assert scheduled["scheduled_by"] == "editor"
    assert early.status_code == 404
    assert _read(client, scheduled).json()["published_at"] == TEN
    after = _shown(newsroom, scheduled)
    assert (after["state"], after["version"]) == ("published", 3)
    assert (after["publish_at"], after["scheduled_revision"]) == (None, None)


def test_what_was_due_in_an_outage_goes_out_in_order_as_of_its_time(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    drafts = [newsroom.draft(f"Story {number}") for number in range(3)]
    for draft, at in zip(drafts, (ELEVEN, NOON, TEN), strict=True):
        newsroom.schedule(draft, publish_at=at)

    clock.advance(hours=5)
    let_due_happen(database)
    let_due_happen(database)

    rows = [row for row in log(database) if row.event == "article.published"]
    order = [drafts[number]["id"] for number in (2, 0, 1)]
    assert [str(row.resource_id) for row in rows] == order
    assert {row.at for row in rows} == {clock()}
    assert _read(client, drafts[0]).json()["published_at"] == ELEVEN


def test_only_the_revision_that_was_scheduled_goes_out(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    tag = newsroom.tag("Sea")
    draft = newsroom.draft("As agreed", slug="agreed", tags=[tag["id"]])
    scheduled = newsroom.schedule(draft, publish_at=TEN)
    newsroom.edit(scheduled, headline="Not agreed", slug="not-agreed", tags=[])
    in_use = newsroom.request("DELETE", f"/tags/{tag['id']}", headers=if_match(tag))
    other = newsroom.draft("Other", slug=None)
    taken = newsroom.request(
        "PATCH",
        f"/articles/{other['id']}",
        json={"slug": "agreed"},
        headers=if_match(other),
    )

    clock.advance(hours=1)
    let_due_happen(database)

    public = _read(client, draft).json()
    assert (public["headline"], public["slug"]) == ("As agreed", "agreed")
    assert _shown(newsroom, draft)["has_unreleased_changes"]
    assert (in_use.status_code, taken.status_code) == (409, 409)


def test_scheduling_again_moves_the_time_and_takes_the_newest_revision(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    scheduled = newsroom.schedule(newsroom.draft("First"), publish_at=TEN)
    edited = newsroom.edit(scheduled, headline="Second")
    newsroom.schedule(edited, publish_at=NOON)

    clock.advance(hours=2)
    let_due_happen(database)
    before = _read(client, edited)
    clock.advance(hours=1)
    let_due_happen(database)

    assert before.status_code == 404
    assert _read(client, edited).json()["headline"] == "Second"


def test_what_was_cancelled_does_not_go_out(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    draft = newsroom.draft()
    scheduled = newsroom.schedule(draft, publish_at=TEN, expire_at=NOON)
    cancelled = newsroom.unschedule(scheduled)
    again = newsroom.unschedule(cancelled)

    clock.advance(hours=5)
    let_due_happen(database)

    assert (cancelled["publish_at"], cancelled["expire_at"]) == (None, None)
    assert again["version"] == cancelled["version"] == scheduled["version"] + 1
    assert _read(client, draft).status_code == 404
    assert "article.published" not in events(database)


def test_an_expired_story_is_gone_and_can_be_restored(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    published = newsroom.published()
    newsroom.schedule(published, expire_at=TEN)
    let_due_happen(database)
    before = _read(client, published)
    clock.advance(hours=1)
    let_due_happen(database)

    path = {"path": published["path"]}
    resolved = client.get("/v1/resolve", params=path).json()
    assert before.status_code == 200
    assert _read(client, published).status_code == 410
    assert client.get("/v1/articles").json()["data"] == []
    assert (resolved["status"], resolved["reason"]) == ("gone", "expired")
    assert events(database)[-1] == "article.expired"
    restored = newsroom.restore(_shown(newsroom, published))
    let_due_happen(database)
    assert (restored["state"], restored["expire_at"]) == ("published", None)
    assert _read(client, published).status_code == 200


def test_a_story_whose_whole_time_passed_unseen_is_in_the_log_and_nowhere_else(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    draft = newsroom.draft()
    newsroom.schedule(draft, publish_at=TEN, expire_at=ELEVEN)

    clock.advance(hours=5)
    let_due_happen(database)

    assert events(database)[-2:] == ["article.published", "article.expired"]
    assert _read(client, draft).status_code == 410
    assert client.get("/v1/articles").json()["data"] == []


def test_an_update_can_be_scheduled_and_publishing_by_hand_overtakes_it(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    story = newsroom.published("Now")
    later = newsroom.schedule(newsroom.edit(story, headline="At ten"), publish_at=TEN)
    clock.advance(hours=1)
    let_due_happen(database)
    at_ten = _read(client, story).json()
    latest = _shown(newsroom, story)
    at_noon = newsroom.edit(latest, headline="At noon")
    waiting = newsroom.schedule(at_noon, publish_at=NOON)
    overtaken = newsroom.publish(newsroom.edit(waiting, headline="By hand"))
    clock.advance(hours=2)
    let_due_happen(database)

    assert later["state"] == "published"
    assert (at_ten["headline"], at_ten["version"]) == ("At ten", 2)
    assert at_ten["published_at"] == "2026-11-23T09:00:00Z"
    assert at_ten["updated_at"] == TEN
    assert overtaken["publish_at"] is None
    assert _read(client, story).json()["headline"] == "By hand"


def test_withdrawing_cancels_what_was_to_happen(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    story = newsroom.published()
    newsroom.schedule(newsroom.edit(story, kicker="New"), publish_at=TEN)
    gone = newsroom.withdraw(_shown(newsroom, story))

    clock.advance(hours=1)
    let_due_happen(database)

    assert (gone["publish_at"], gone["scheduled_revision"]) == (None, None)
    assert _read(client, story).status_code == 410


def test_times_that_make_no_sense_are_refused(newsroom: Newsroom) -> None:
    draft = newsroom.draft()

    def pointers(**times: object) -> list[str]:
        return _pointers(_asked(newsroom, draft, "schedule", **times))

    assert pointers(publish_at=PASSED) == ["/publish_at"]
    assert pointers(expire_at=PASSED) == ["/expire_at"]
    assert pointers(publish_at=NOON, expire_at=NOON) == ["/expire_at"]
    assert pointers(publish_at=None, expire_at=None) == [""]
    assert pointers() == [""]
    assert pointers(publish_at="tomorrow") == ["/publish_at"]
    assert _shown(newsroom, draft) == draft


def test_what_is_not_named_stays_and_null_cancels(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    both = newsroom.schedule(draft, publish_at=TEN, expire_at=ELEVEN)
    too_late = _asked(newsroom, both, "schedule", publish_at=NOON)
    one = newsroom.schedule(both, publish_at=NOON, expire_at=None)
    other = newsroom.schedule(one, publish_at=None, expire_at=NOON)

    assert _pointers(too_late) == ["/expire_at"]
    assert (one["publish_at"], one["expire_at"]) == (NOON, None)
    assert (other["publish_at"], other["expire_at"]) == (None, NOON)
    assert other["scheduled_revision"] is None


def test_a_schedule_needs_the_version_it_was_made_from(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    newsroom.edit(draft, kicker="Port")
    path = f"/articles/{draft['id']}"

    for verb, data in (("schedule", {"publish_at": TEN}), ("unschedule", {})):
        late = _asked(newsroom, draft, verb, **data)
        without = newsroom.request("POST", f"{path}/{verb}", json=data)
        assert (late.status_code, without.status_code) == (412, 428)


def test_a_story_whose_time_has_passed_is_not_published(
    newsroom: Newsroom, clock: Clock
) -> None:
    offer = newsroom.schedule(newsroom.draft(), expire_at=TEN)
    clock.advance(hours=1)

    refused = _asked(newsroom, offer, "publish")

    assert refused.json()["type"].endswith("/has-expired")
    assert newsroom.publish(newsroom.unschedule(offer))["state"] == "published"


@pytest.mark.parametrize("verb", ["schedule", "unschedule"])
def test_a_reporter_leaves_nothing_to_the_clock(
    newsroom: Newsroom,
    client: TestClient,
    make_key: Callable[[Role], str],
    clock: Clock,
    verb: str,
) -> None:
    draft = newsroom.draft()
    reporter = Newsroom(client, make_key(Role.reporter), clock)

    refused = _asked(reporter, draft, verb, publish_at=TEN)

    assert refused.status_code == 403


def test_an_address_that_is_taken_is_refused_when_scheduling(
    newsroom: Newsroom,
) -> None:
    newsroom.edit(newsroom.published(slug="ferry"), slug="moved-on")
    draft = newsroom.draft(slug="ferry")

    refused = _asked(newsroom, draft, "schedule", publish_at=TEN)

    assert refused.json()["type"].endswith("/address-taken")


def test_a_story_that_cannot_be_released_keeps_no_other_back(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    world = newsroom.section()
    stuck = newsroom.draft("Stuck", slug="ports", section=world["id"])
    newsroom.schedule(stuck, publish_at=TEN)
    fine = newsroom.draft("Fine", section=world["id"])
    newsroom.schedule(fine, publish_at=ELEVEN)
    ports = newsroom.section("Ports", slug="ports", parent=world["id"])
    clock.advance(hours=3)
    let_due_happen(database)
    let_due_happen(database)
    with database.read() as session:
        noted = due.failing(session, clock())
        left = due.overdue(session, clock())
        session.expunge_all()

    assert _read(client, fine).json()["published_at"] == ELEVEN
    assert _read(client, stuck).status_code == 404
    assert [(str(each.article_id), each.attempts) for each in noted] == [
        (stuck["id"], 1)
    ]
    assert "AddressTaken" in noted[0].reason
    assert (left.count, left.oldest) == (1, clock() - timedelta(hours=2))
    newsroom.send("DELETE", f"/sections/{ports['id']}", headers=if_match(ports))
    clock.advance(seconds=1)
    let_due_happen(database)
    assert _read(client, stuck).json()["published_at"] == TEN
    with database.read() as session:
        assert session.scalars(select(Setback)).all() == []


@pytest.mark.parametrize("verb", ["withdraw", "kill"])
def test_a_time_that_was_left_behind_releases_nothing(
    publisher: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    verb: str,
) -> None:
    story = publisher.published("Ferry")
    publisher.verb(story, verb)
    with database.write() as session:
        left = {"publish_at": clock(), "scheduled_revision": 1, "scheduled_by": "Ada"}
        session.execute(update(Article).values(left))

    let_due_happen(database)

    assert _read(client, story).status_code == 410
    with database.read() as session:
        assert due.overdue(session, clock()).count == 0


@pytest.mark.parametrize(
    ("verb", "time"), [("schedule", "publish_at"), ("embargo", "until")]
)
def test_a_new_time_is_kept_whatever_failed_before(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    verb: str,
    time: str,
) -> None:
    story = newsroom.draft()
    with database.write() as session:
        for _ in range(6):
            setbacks.note(session, UUID(story["id"]), NotFound(), now=clock())
    soon = (clock() + timedelta(seconds=10)).isoformat()
    newsroom.verb(story, verb, **{time: soon})

    clock.advance(seconds=10)
    let_due_happen(database)

    assert _read(client, story).status_code == 200
    with database.read() as session:
        assert session.scalars(select(Setback)).all() == []


def test_a_clock_that_is_set_back_takes_nothing_back_and_releases_nothing_early(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    first = newsroom.schedule(newsroom.draft("First"), publish_at=TEN)
    second = newsroom.schedule(newsroom.draft("Second"), publish_at=NOON)
    clock.advance(hours=1)
    let_due_happen(database)
    clock.advance(hours=-1)
    let_due_happen(database)

    assert _read(client, first).json()["published_at"] == TEN
    assert _read(client, second).status_code == 404
    assert events(database).count("article.published") == 1
    listed = client.get("/v1/articles").json()["data"]
    assert [each["id"] for each in listed] == [first["id"]]
