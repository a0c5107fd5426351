"""Embargoes: partners have a story before readers do, and readers can tell nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.changes.log import ADVANCE
from app.kit.db import Database
from app.publishing import merging, renewing
from app.publishing.desk import Desk
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match, paragraph
from tests.partners import Partner, partner_with
from tests.publishing.backstage import (
    SITE,
    desk_at,
    events,
    let_due_happen,
    log,
    refresh,
)
from tests.publishing.searching import public_tables, tables_with

TEN, ELEVEN = "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"
PASSED = "2026-11-23T08:59:59Z"
CANARY = "zqcanary"


@pytest.fixture
def make_partner(
    client: TestClient, database: Database
) -> Callable[[list[str]], Partner]:
    def make(scopes: list[str]) -> Partner:
        return partner_with(client, database, scopes)

    return make


@pytest.fixture
def partner(make_partner: Callable[[list[str]], Partner]) -> Partner:
    return make_partner(["embargo"])


@pytest.fixture
def secret(newsroom: Newsroom) -> Json:
    """A draft that says the canary everywhere, and is the first to name these."""
    newsroom.section("World")
    picture = newsroom.media(CANARY, alt=CANARY)
    newsroom.author(f"{CANARY} Reed", slug="secret-author", portrait=picture["id"])
    newsroom.tag(f"{CANARY} Probe", slug="secret-tag")
    return newsroom.draft(
        f"{CANARY} headline",
        slug=CANARY,
        section="world",
        authors=["secret-author"],
        tags=["secret-tag"],
        lead_media=picture["id"],
        body=[paragraph(f"{CANARY} at length.")],
    )


def public_answers(client: TestClient, story: Json) -> Iterator[object]:
    """Everything that anybody could ask about it."""
    for path in (
        "/articles",
        "/articles?tag=secret-tag",
        f"/articles/{story['id']}",
        f"/articles/{CANARY}",
        f"/resolve?path=/world/{CANARY}",
        f"/media/{story['lead_media']}",
        "/authors",
        "/authors/secret-author",
        "/tags",
        "/tags/secret-tag",
        "/advance/articles",
        f"/advance/articles/{CANARY}",
    ):
        answer = client.get(f"/v1{path}")
        said = {**answer.headers, "x-request-id": None}
        yield path, answer.status_code, said, {**answer.json(), "request_id": None}


def advance_log(database: Database) -> list[str]:
    return [row.event for row in log(database, stream=ADVANCE)]


def test_partners_have_a_story_of_which_nobody_else_can_tell(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    secret: Json,
    partner: Partner,
) -> None:
    before = list(public_answers(client, secret))
    embargoed = newsroom.embargo(secret, until=TEN)

    assert (embargoed["state"], embargoed["version"]) == ("embargoed", 2)
    assert (embargoed["publish_at"], embargoed["path"]) == (TEN, None)
    assert list(public_answers(client, secret)) == before
    tables = [each for each in public_tables() if each.name != "advance_documents"]
    # The path stands in the log, in the stream of partners.
    assert tables_with(database, CANARY, tables) == ["changes.path"]
    assert CANARY not in str([row.path for row in log(database)])
    assert advance_log(database) == ["article.embargoed"]
    (listed,) = partner.listed()
    whole = partner.ask(f"/{secret['id']}").json()
    assert listed.items() <= whole.items()
    assert (whole["headline"], whole["embargo_until"]) == (f"{CANARY} headline", TEN)
    assert whole["path"] == f"/world/{CANARY}"


def test_readers_get_at_the_end_what_partners_had_before(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    secret: Json,
    partner: Partner,
) -> None:
    newsroom.embargo(secret, until=TEN)
    whole = partner.ask(f"/{CANARY}").json()
    (listed,) = partner.listed()
    clock.advance(minutes=59)
    let_due_happen(database)
    early = client.get(f"/v1/articles/{CANARY}")
    clock.advance(minutes=1)
    let_due_happen(database)

    assert early.status_code == 404
    public = client.get(f"/v1/articles/{CANARY}").json()
    assert {**public, "embargo_until": TEN} == whole
    assert {
        **client.get("/v1/articles").json()["data"][0],
        "embargo_until": TEN,
    } == listed
    assert client.get("/v1/tags/secret-tag").status_code == 200
    assert partner.listed() == []
    assert partner.ask(f"/{CANARY}").status_code == 404
    assert advance_log(database) == ["article.embargoed", "article.published"]
    assert events(database).count("article.published") == 1


def test_a_key_without_the_right_cannot_tell_whether_there_is_anything(
    newsroom: Newsroom,
    client: TestClient,
    secret: Json,
    make_partner: Callable[[list[str]], Partner],
) -> None:
    other = make_partner(["archive"])
    nobody = Partner(client, {})

    def told() -> list[tuple[int, Json]]:
        return [
            (answer.status_code, {**answer.json(), "request_id": None})
            for who in (other, nobody)
            for path in ("", f"/{CANARY}", f"/{secret['id']}")
            for answer in [who.ask(path)]
        ]

    before = told()
    newsroom.embargo(secret, until=TEN)

    assert told() == before
    assert [status for status, _ in before] == [403] * 3 + [401] * 3


def test_answers_about_an_embargo_are_kept_by_nobody(
    newsroom: Newsroom, secret: Json, partner: Partner
) -> None:
    newsroom.embargo(secret, until=TEN)
    for path in ("", f"/{CANARY}", "/absent"):
        answer = partner.ask(path)
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert "Surrogate-Key" not in answer.headers
    etag = partner.ask(f"/{CANARY}").headers["ETag"]
    held = replace(partner, headers={**partner.headers, "If-None-Match": etag})
    assert held.ask(f"/{CANARY}").status_code == 304


def test_a_partner_picks_fields_and_a_form_of_the_body(
    newsroom: Newsroom, secret: Json, partner: Partner
) -> None:
    newsroom.embargo(secret, until=TEN)

    as_text = partner.ask(f"/{CANARY}", body="text").json()
    picked = partner.ask(f"/{CANARY}", fields="slug,embargo_until").json()

    assert (as_text["body"], as_text["body_text"]) == ([], f"{CANARY} at length.")
    assert picked == {"slug": CANARY, "embargo_until": TEN}


def test_what_ends_first_is_listed_first(newsroom: Newsroom, partner: Partner) -> None:
    late = newsroom.embargo(newsroom.draft("Late"), until=ELEVEN)
    soon = newsroom.embargo(newsroom.draft("Soon"), until=TEN)

    first = partner.ask(limit="1").json()
    rest = partner.client.get(first["links"]["next"], headers=partner.headers).json()

    ids = [each["id"] for page in (first, rest) for each in page["data"]]
    assert ids == [soon["id"], late["id"]]
    assert rest["links"]["next"] is None


def test_partners_get_a_new_revision_with_the_next_embargo_only(
    newsroom: Newsroom, database: Database, secret: Json, partner: Partner
) -> None:
    embargoed = newsroom.embargo(secret, until=TEN)
    edited = newsroom.edit(embargoed, headline="Checked")
    before = partner.ask(f"/{CANARY}").json()["headline"]
    again = newsroom.embargo(edited, until=ELEVEN)

    after = partner.ask(f"/{CANARY}").json()
    assert before == f"{CANARY} headline"
    assert (after["headline"], after["embargo_until"]) == ("Checked", ELEVEN)
    assert again["scheduled_revision"] == edited["revision"]
    assert advance_log(database) == ["article.embargoed"] * 2


def test_publishing_by_hand_lifts_an_embargo_at_once(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    secret: Json,
    partner: Partner,
) -> None:
    published = newsroom.publish(newsroom.embargo(secret, until=TEN))
    clock.advance(hours=2)
    let_due_happen(database)

    assert (published["state"], published["publish_at"]) == ("published", None)
    assert client.get(f"/v1/articles/{CANARY}").json()["version"] == 1
    assert partner.listed() == []
    assert advance_log(database) == ["article.embargoed", "article.published"]


def test_cancelling_an_embargo_recalls_the_story_and_makes_it_a_draft(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    secret: Json,
    partner: Partner,
) -> None:
    cancelled = newsroom.unschedule(newsroom.embargo(secret, until=TEN))
    clock.advance(hours=2)
    let_due_happen(database)

    assert (cancelled["state"], cancelled["publish_at"]) == ("draft", None)
    assert partner.listed() == []
    assert advance_log(database) == ["article.embargoed", "article.recalled"]
    assert {row.path for row in log(database, stream=ADVANCE)} == {None}
    assert client.get(f"/v1/articles/{CANARY}").status_code == 404
    again = newsroom.embargo(cancelled, until="2026-11-23T12:00:00Z")
    assert again["state"] == "embargoed"


@pytest.mark.parametrize("verb", ["kill", "legal"])
def test_a_killed_story_is_recalled_and_for_readers_it_never_was(
    publisher: Newsroom,
    client: TestClient,
    database: Database,
    secret: Json,
    partner: Partner,
    verb: str,
) -> None:
    before = list(public_answers(client, secret))
    publisher.verb(publisher.embargo(secret, until=TEN), verb, note="Never.")

    assert list(public_answers(client, secret)) == before
    assert partner.ask(f"/{CANARY}").status_code == 404
    rows = log(database, stream=ADVANCE)
    assert [row.event for row in rows] == [
        "article.embargoed",
        {"kill": "article.killed", "legal": "article.legal"}[verb],
    ]
    assert {row.path for row in rows} == {None}


def test_a_rename_reaches_partners_too_and_nobody_else(
    newsroom: Newsroom, database: Database, clock: Clock, secret: Json, partner: Partner
) -> None:
    world = newsroom.send("GET", "/sections/world")
    newsroom.embargo(secret, until=TEN)
    told = events(database)
    newsroom.patch(
        "authors", newsroom.send("GET", "/authors/secret-author"), name="Ida"
    )
    refresh(database, clock)
    assert events(database) == told

    newsroom.patch("sections", world, slug="planet")
    refresh(database, clock)

    whole = partner.ask(f"/{CANARY}").json()
    assert (whole["byline"], whole["path"]) == ("Ida", f"/planet/{CANARY}")
    assert advance_log(database) == ["article.embargoed"] + ["article.refreshed"] * 2
    assert "article.refreshed" not in events(database)


def test_a_merge_reaches_partners_too(
    newsroom: Newsroom, database: Database, clock: Clock, secret: Json, partner: Partner
) -> None:
    newsroom.embargo(secret, until=TEN)
    newsroom.author("Ada Reed", slug="ada")
    double = newsroom.send("GET", "/authors/secret-author")
    path = f"/authors/{double['id']}/merge"
    newsroom.send("POST", path, json={"into": "ada"}, headers=if_match(double))

    merging.run_pending(database, desk_at(clock), pause=lambda _: None)

    assert partner.ask(f"/{CANARY}").json()["byline"] == "Ada Reed"


def test_a_new_address_of_the_site_reaches_partners(
    newsroom: Newsroom, database: Database, clock: Clock, secret: Json, partner: Partner
) -> None:
    newsroom.embargo(secret, until=TEN)
    desk = Desk(now=clock(), by="r", site=replace(SITE, url="https://gazette.example"))

    for _ in renewing.renew(database, lambda: desk, pause=lambda _: None):
        pass

    url = partner.ask(f"/{CANARY}").json()["url"]
    assert url == f"https://gazette.example/world/{CANARY}"
    with database.read() as session:
        assert renewing.count_stale(session, desk.site.shape) == 0


def test_an_end_that_makes_no_sense_is_refused(
    newsroom: Newsroom, secret: Json
) -> None:
    path = f"/articles/{secret['id']}/embargo"

    def refused(**data: Any) -> tuple[int, list[object]]:
        answer = newsroom.request("POST", path, json=data, headers=if_match(secret))
        faults = answer.json()["errors"]
        return answer.status_code, [fault["pointer"] for fault in faults]

    assert refused(until=PASSED) == (422, ["/until"])
    assert refused() == (422, ["/until"])
    assert newsroom.request("POST", path, json={"until": TEN}).status_code == 428
    secret = newsroom.schedule(secret, expire_at=TEN)
    assert refused(until=TEN) == (422, ["/until"])
    assert newsroom.send("GET", f"/articles/{CANARY}")["state"] == "draft"


def test_only_the_end_of_an_embargo_says_when_the_story_goes_out(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    secret: Json,
) -> None:
    embargoed = newsroom.embargo(secret, until=TEN)
    path = f"/articles/{secret['id']}/schedule"
    refused = newsroom.request(
        "POST", path, json={"publish_at": ELEVEN}, headers=if_match(embargoed)
    )
    newsroom.schedule(embargoed, expire_at=ELEVEN)
    clock.advance(hours=1)
    let_due_happen(database)
    public = client.get(f"/v1/articles/{CANARY}")
    clock.advance(hours=1)
    let_due_happen(database)

    assert refused.json()["type"].endswith("/embargo-sets-the-time")
    assert public.status_code == 200
    assert client.get(f"/v1/articles/{CANARY}").status_code == 410
