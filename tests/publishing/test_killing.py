"""Killing: gone everywhere at once and for good, and nothing left that tells of it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from app.publishing.remedies import sweeping
from tests.conftest import Clock, on_sqlite
from tests.newsroom import Json, Newsroom, if_match, paragraph
from tests.publishing.backstage import events, log, refresh
from tests.publishing.searching import (
    found_by,
    is_in_the_index,
    public_tables,
    tables_with,
)

CANARY = "zqcanary"
STEM = "zqcanar"
NOTE = "This story has been removed."

STATUS = {"kill": 410, "legal": 451}


@pytest.fixture
def story(newsroom: Newsroom) -> Json:
    """A story that says the canary everywhere, and that others lead to."""
    newsroom.section("World")
    newsroom.author("Ada Reed")
    newsroom.tag("Trade")
    picture = newsroom.media(CANARY, caption=CANARY, alt=CANARY)
    first = newsroom.published(
        f"{CANARY} one",
        slug=f"{CANARY}-one",
        section="world",
        authors=["ada-reed"],
        tags=["trade"],
        lead_media=picture["id"],
        standfirst=CANARY,
        kicker=CANARY,
        body=[paragraph(f"{CANARY} at length.")],
        seo={"title": CANARY},
    )
    edited = newsroom.edit(first, headline=f"{CANARY} two", slug=f"{CANARY}-two")
    moved = newsroom.publish(edited, note=CANARY)
    links = [paragraph(), {"type": "related", "target_id": moved["id"]}]
    beside = {"tags": ["trade"], "related": [moved["id"]]}
    newsroom.published("Leads on", slug="leads-on", body=links, **beside)
    items = [
        {"label": "Story", "article": moved["id"]},
        {"label": "World", "section": "world"},
    ]
    newsroom.send("PUT", "/menus/main", json={"items": items})
    return moved


def public_answers(client: TestClient, story: Json) -> Iterator[str]:
    """Everything that readers can ask for."""
    for path in (
        "/articles",
        "/articles?section=world",
        "/articles?tag=trade&fields=headline,body",
        f"/articles?ids={story['id']}",
        "/articles/leads-on",
        "/articles/leads-on?body=html",
        "/articles/leads-on?body=text",
        "/articles/leads-on?at=2027-01-01T00:00:00Z",
        "/articles/leads-on/versions/1",
        "/articles/leads-on/diff",
        "/articles/leads-on/related",
        "/articles/leads-on/related?by=editors",
        "/articles/leads-on/related?by=section",
        "/articles/leads-on/related?by=tags",
        "/authors",
        "/tags/trade",
        "/sections",
        "/menus",
        "/menus/main",
        f"/articles/{story['id']}",
        f"/articles/{story['id']}/versions",
        f"/articles/{story['id']}/versions/1",
        f"/articles/{story['id']}?at=2027-01-01T00:00:00Z",
        "/changes",
        "/changes?include=documents",
        "/snapshot",
    ):
        answer = client.get(f"/v1{path}")
        yield f"{answer.headers} {answer.text}"


@pytest.mark.parametrize("verb", ["kill", "legal"])
def test_no_word_of_a_killed_story_is_left_where_readers_look(
    publisher: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    story: Json,
    verb: str,
) -> None:
    assert tables_with(database, CANARY, public_tables())

    publisher.verb(story, verb, reason="Source", note=NOTE)
    refresh(database, clock)
    sweeping.run_pending(database, pause=lambda _: None)

    assert tables_with(database, CANARY, public_tables()) == []
    assert not is_in_the_index(database, STEM)
    answers = list(public_answers(client, story))
    assert not [each for each in answers if CANARY in each or "Source" in each]


@on_sqlite  # elsewhere its words stand in the row that went
def test_a_sweep_takes_a_killed_word_out_of_the_index_and_no_other(
    publisher: Newsroom, database: Database, story: Json
) -> None:
    for number in range(3):
        publisher.published(f"Walrus {number}")
    publisher.verb(story, "kill")
    assert is_in_the_index(database, STEM)

    sweeping.run_pending(database, pause=lambda _: None)

    assert not is_in_the_index(database, STEM)
    assert found_by(database, "walrus") == 3
    assert sweeping.run_pending(database, pause=lambda _: None) == 0


@pytest.mark.parametrize("verb", ["kill", "legal"])
def test_every_address_of_a_killed_story_says_so_with_the_note(
    publisher: Newsroom, client: TestClient, story: Json, verb: str
) -> None:
    ended = publisher.verb(story, verb, note=NOTE)

    assert ended["state"] == {"kill": "killed", "legal": "legal"}[verb]
    for ref in (story["id"], f"{CANARY}-one", f"{CANARY}-two"):
        gone = client.get(f"/v1/articles/{ref}")
        assert (gone.status_code, gone.json()["detail"]) == (STATUS[verb], NOTE)
        assert "max-age" in gone.headers["Cache-Control"]
    for slug in (f"{CANARY}-one", f"{CANARY}-two"):
        path = f"/world/{slug}"
        resolved = client.get("/v1/resolve", params={"path": path}).json()
        assert resolved == {
            "status": {"kill": "gone", "legal": "legal"}[verb],
            "http_status": STATUS[verb],
            "location": None,
            "reason": ended["state"],
            "note": NOTE,
            "kind": "article",
            "id": story["id"],
        }


def test_a_withdrawn_story_can_still_be_killed(
    publisher: Newsroom, client: TestClient, database: Database, story: Json
) -> None:
    withdrawn = publisher.withdraw(story, note="We are checking.")

    publisher.verb(withdrawn, "kill", note=NOTE)

    assert client.get(f"/v1/articles/{story['id']}").json()["detail"] == NOTE
    assert tables_with(database, CANARY, public_tables()) == []
    assert events(database)[-3:-1] == ["article.withdrawn", "media.deleted"]
    assert events(database)[-1] == "article.killed"


def test_the_log_keeps_a_tombstone_and_forgets_the_paths(
    publisher: Newsroom, database: Database, story: Json
) -> None:
    before = log(database)

    publisher.verb(story, "kill")

    *earlier, tombstone, closed = log(database)
    assert closed.event == "media.deleted"
    own = [row for row in before if str(row.resource_id) == story["id"]]
    assert (tombstone.event, tombstone.version) == ("article.killed", 2)
    assert (tombstone.path, tombstone.paths, tombstone.change) == (None, [], None)
    assert {key for row in own for key in row.keys} <= set(tombstone.keys)
    assert tombstone.facets_before == own[-1].facets_after
    assert [row.position for row in earlier] == [row.position for row in before]
    for row in earlier:
        if str(row.resource_id) == story["id"]:
            assert (row.path, row.paths) == (None, [])


def test_what_readers_never_had_stays_what_never_was(
    newsroom: Newsroom, publisher: Newsroom, client: TestClient, database: Database
) -> None:
    draft = newsroom.draft(slug=CANARY, section=newsroom.section("World")["id"])
    before = log(database)

    publisher.verb(draft, "kill", note=NOTE)

    killed, absent = "/v1/articles/{}", "/v1/resolve?path=/world/{}"
    for url in (killed, absent):
        named = client.get(url.format(CANARY), headers={"X-Request-ID": "one"})
        other = client.get(url.format("nowhere-"), headers={"X-Request-ID": "one"})
        assert named.status_code == other.status_code
        assert named.text.replace(CANARY, "nowhere-") == other.text
    assert client.get(f"/v1/articles/{draft['id']}").status_code == 404
    assert [row.id for row in log(database)] == [row.id for row in before]


@pytest.mark.parametrize("end", ["kill", "legal"])
@pytest.mark.parametrize("verb", ["publish", "withdraw", "restore", "kill", "legal"])
def test_a_killed_story_never_comes_back(
    publisher: Newsroom, client: TestClient, end: str, verb: str
) -> None:
    killed = publisher.verb(publisher.published(), end)

    refused = publisher.request(
        "POST", f"/articles/{killed['id']}/{verb}", json={}, headers=if_match(killed)
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/docs/problems/wrong-state")
    assert client.get(f"/v1/articles/{killed['id']}").status_code == STATUS[end]


def test_nothing_new_is_written_into_a_killed_story(publisher: Newsroom) -> None:
    killed = publisher.verb(publisher.published(), "kill")

    path = f"/articles/{killed['id']}"
    refused = publisher.request(
        "PATCH", path, json={"headline": "Again"}, headers=if_match(killed)
    )

    assert refused.status_code == 409
    assert publisher.send("GET", path) == killed


def test_a_racing_save_does_not_hold_a_kill_up(
    newsroom: Newsroom, publisher: Newsroom, client: TestClient
) -> None:
    article = newsroom.published()
    newsroom.edit(article, headline="Saved meanwhile")
    path = f"/articles/{article['id']}/kill"

    late = publisher.request("POST", path, json={}, headers=if_match(article))
    assert late.status_code == 412
    publisher.send("POST", path, json={})

    assert client.get(f"/v1/articles/{article['id']}").status_code == 410


def test_a_new_story_does_not_take_the_place_of_a_killed_one(
    publisher: Newsroom, client: TestClient
) -> None:
    killed = publisher.verb(publisher.published("Ferry sinks"), "kill", note=NOTE)

    derived = publisher.published("Ferry sinks", section=killed["section"])
    explicit = {"headline": "New", "section": killed["section"], "slug": "ferry-sinks"}
    refused = publisher.request("POST", "/articles", json=explicit)

    assert derived["slug"] == "ferry-sinks-2"
    assert refused.status_code == 409
    assert client.get("/v1/articles/ferry-sinks").json()["detail"] == NOTE


def test_editors_still_have_a_killed_story_and_why_it_went(
    newsroom: Newsroom, publisher: Newsroom, story: Json
) -> None:
    publisher.verb(story, "kill", reason="The source lied.")

    kept = newsroom.send("GET", f"/articles/{story['id']}")

    assert (kept["state"], kept["reason"]) == ("killed", "The source lied.")
    assert kept["headline"] == f"{CANARY} two"
    assert (kept["publish_at"], kept["expire_at"]) == (None, None)


@pytest.mark.parametrize(("verb", "status"), [("withdraw", 410), ("legal", 451)])
def test_what_was_taken_away_has_no_past(
    publisher: Newsroom, client: TestClient, verb: str, status: int
) -> None:
    story = publisher.publish(publisher.edit(publisher.published(), headline="Two"))

    publisher.verb(story, verb, note="Gone.")

    for rest in ("/versions", "/versions/1", "/diff", "?at=2027-01-01T00:00:00Z"):
        gone = client.get(f"/v1/articles/{story['id']}{rest}")
        assert (gone.status_code, gone.json()["detail"]) == (status, "Gone.")
