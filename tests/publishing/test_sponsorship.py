"""Who pays for a story: itself, its series, a tag, a section; on terms, for a time."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from app.newsroom.sponsors import editing
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import events, let_due_happen, position, refresh

TEN, ELEVEN = "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"


def _sponsor(newsroom: Newsroom, name: str, **more: object) -> Json:
    content = {"name": name, "type": "sponsored", **more}
    return newsroom.send("POST", "/sponsors", json=content)


def _branding(client: TestClient, article: Mapping[str, Any]) -> str | None:
    shown = client.get(f"/v1/articles/{article['id']}").json()["sponsorship"]
    return shown and str(shown["key"])


def test_the_nearest_who_pays_is_named(newsroom: Newsroom, client: TestClient) -> None:
    for name in ("Own", "Series", "Topic", "Inner", "Outer"):
        _sponsor(newsroom, name)
    outer = newsroom.section("Money", sponsor="outer")
    inner = newsroom.section("Banks", parent=outer["id"], sponsor="inner")
    topic = newsroom.tag("Savings", sponsor="topic")
    series = newsroom.tag("Nest eggs", kind="series", sponsor="series")
    every = {"section": inner["id"], "tags": [topic["id"], series["id"]]}

    own = newsroom.published("One", **every, sponsor="own")
    of_series = newsroom.published("Two", **every)
    of_topic = newsroom.published("Three", section=inner["id"], tags=[topic["id"]])
    of_section = newsroom.published("Four", section=inner["id"])
    of_parent = newsroom.published("Five", section=outer["id"])

    found = [
        _branding(client, each)
        for each in (own, of_series, of_topic, of_section, of_parent)
    ]
    assert found == ["own", "series", "topic", "inner", "outer"]


@pytest.mark.parametrize(
    ("terms", "story", "expected"),
    [
        ({"editions": ["North"]}, {"edition": "North"}, "halyard"),
        ({"editions": ["North"]}, {"edition": "South"}, None),
        ({"editions": ["North"]}, {}, None),
        ({"published_since": "2026-01-01T00:00:00Z"}, {}, "halyard"),
        (
            {"published_since": "2026-01-01T00:00:00Z"},
            {"published_at": "2025-12-31T23:59:59Z"},
            None,
        ),
        ({}, {"sensitivity": {"sponsorship": "refuse"}}, None),
        ({"valid_to": "2026-11-23T08:00:00Z"}, {}, None),
        ({"valid_from": "2026-11-23T10:00:00Z"}, {}, None),
    ],
)
def test_terms_that_a_story_does_not_meet_leave_it_alone(
    newsroom: Newsroom,
    client: TestClient,
    terms: Json,
    story: Json,
    expected: str | None,
) -> None:
    _sponsor(newsroom, "Halyard", **terms)

    article = newsroom.published(sponsor="halyard", **story)

    assert _branding(client, article) == expected


def test_where_the_first_does_not_apply_the_next_does(
    newsroom: Newsroom, client: TestClient
) -> None:
    _sponsor(newsroom, "Lapsed", valid_to="2026-11-22T00:00:00Z")
    _sponsor(newsroom, "Current")
    section = newsroom.section("Money", sponsor="current")

    article = newsroom.published(section=section["id"], sponsor="lapsed")

    assert _branding(client, article) == "current"


def test_an_agreement_begins_and_ends_by_the_clock(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    _sponsor(newsroom, "Halyard", valid_from=TEN, valid_to=ELEVEN)
    section = newsroom.section("Money", sponsor="halyard")
    article = newsroom.published(section=section["id"])
    before = position(database)
    seen = []

    for minutes in (59, 1, 59, 1):
        clock.advance(minutes=minutes)
        let_due_happen(database)
        refresh(database, clock)
        shown = client.get("/v1/sections/money").json()["sponsorship"]
        seen.append((_branding(client, article), shown and shown["key"]))

    there, nothing = ("halyard", "halyard"), (None, None)
    assert seen == [nothing, there, there, nothing]
    assert events(database, before) == ["section.updated", "article.refreshed"] * 2


def test_a_new_sponsor_of_a_section_reaches_what_stands_in_it(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    _sponsor(newsroom, "Halyard")
    section = newsroom.section("Money")
    below = newsroom.section("Banks", parent=section["id"])
    article = newsroom.published(section=below["id"])

    newsroom.patch("sections", section, sponsor="halyard")
    refresh(database, clock)

    assert _branding(client, article) == "halyard"
    shown = client.get("/v1/sections/money/banks").json()["sponsorship"]
    assert shown["name"] == "Halyard"


def test_a_renamed_sponsor_is_renamed_on_the_page_of_its_tag(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = _sponsor(newsroom, "Halyard")
    newsroom.tag("Savings", sponsor="halyard", listed=True)

    newsroom.patch("sponsors", made, name="Halyard Bank")

    shown = client.get("/v1/tags/savings").json()["sponsorship"]
    assert shown["name"] == "Halyard Bank"


def test_who_pays_for_a_section_or_a_tag_is_not_deleted(newsroom: Newsroom) -> None:
    made = _sponsor(newsroom, "Halyard")
    newsroom.section("Money", sponsor="halyard")
    newsroom.tag("Savings", sponsor="halyard")

    refused = newsroom.request(
        "DELETE", f"/sponsors/{made['id']}", headers=if_match(made)
    )

    users = [fault["detail"] for fault in refused.json()["errors"]]
    assert (refused.status_code, users) == (409, ["section money", "tag savings"])


def test_an_unknown_sponsor_is_refused(newsroom: Newsroom) -> None:
    for path in ("/sections", "/tags"):
        refused = newsroom.request(
            "POST", path, json={"name": "M", "sponsor": "nobody"}
        )
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/sponsor"


def test_what_cannot_be_switched_keeps_nobody_else_back(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _sponsor(newsroom, "Broken", valid_to=TEN)
    _sponsor(newsroom, "Halyard", valid_to=TEN)
    newsroom.section("Broken", sponsor="broken")
    newsroom.section("Money", sponsor="halyard")
    tell_time = editing.tell_time

    def fail_once(sponsor: Any, now: Any) -> None:
        if sponsor.key == "broken":
            raise RuntimeError("cannot be switched")
        tell_time(sponsor, now)

    clock.advance(hours=1)
    with monkeypatch.context() as broken:
        broken.setattr(editing, "tell_time", fail_once)
        let_due_happen(database)
    seen = [client.get(f"/v1/sections/{each}").json() for each in ("broken", "money")]
    clock.advance(minutes=1)
    let_due_happen(database)
    later = client.get("/v1/sections/broken").json()

    assert seen[0]["sponsorship"]["key"] == "broken"
    assert (seen[1]["sponsorship"], later["sponsorship"]) == (None, None)
