"""Correcting: said in public, dated, and with nothing unreleased slipping out."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import Clock
from tests.contract.problems import problem_of
from tests.newsroom import Json, Newsroom, if_match, paragraph
from tests.publishing.backstage import let_due_happen, log

MORNING, NOON = "2026-11-23T09:00:00Z", "2026-11-23T12:00:00Z"
FIRST = {**paragraph("It lies at pier 3."), "id": "first"}
SECOND = {**paragraph("It sails at six."), "id": "second"}
WORDS = "The pier <is> 4 & not 3.\nWe are sorry."
HTML = "The pier &lt;is&gt; 4 &amp; not 3.<br>We are sorry."

KINDS = ["correction", "clarification", "update", "editors_note", "retraction"]


def read(client: TestClient, article: Json) -> Json:
    shown: Json = client.get(f"/v1/articles/{article['id']}").json()
    return shown


def texts(article: Json) -> list[str]:
    return [block["text"] for block in article["body"]]


def said_of(pier: str) -> Json:
    return {**FIRST, "html": f"It lies at pier {pier}."}


@pytest.fixture
def live(newsroom: Newsroom) -> Json:
    return newsroom.published("Ferry returns", body=[FIRST, SECOND], tags=[])


@pytest.fixture
def edited(newsroom: Newsroom, live: Json) -> Json:
    """A story whose working copy is further than what readers have."""
    newsroom.tag("Secret")
    return newsroom.edit(
        live,
        headline="Ferry is sold",
        slug="ferry-sold",
        tags=["secret"],
        headlines={"short": "Sold"},
        body=[FIRST, {**SECOND, "html": "It sails at seven."}, paragraph("Sold!")],
    )


def test_each_correction_is_public_with_its_kind_its_words_and_its_time(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    live: Json,
) -> None:
    clock.advance(hours=3)
    article = live

    for release, kind in enumerate(KINDS, start=2):
        article = newsroom.correct(article, WORDS, kind, about_block="first")

        shown = read(client, live)
        [said] = [each for each in shown["corrections"] if each["kind"] == kind]
        assert (said["html"], said["at"]) == (HTML, NOON)
        assert (shown["change"], shown["version"]) == (kind, release)
        assert (shown["updated_at"], shown["published_at"]) == (NOON, MORNING)
        place = 0 if kind == "retraction" else -1
        block = shown["body"][place]
        assert (block["id"], block["about_block"]) == (said["block"], "first")
        row = log(database)[-1]
        assert (row.event, row.change, row.version) == (
            "article.corrected",
            kind,
            release,
        )
    last = read(client, live)
    assert texts(last)[1:3] == ["It lies at pier 3.", "It sails at six."]
    assert len(last["corrections"]) == len(KINDS)


def test_what_is_changed_with_it_goes_out_at_once(
    newsroom: Newsroom, client: TestClient, live: Json
) -> None:
    changes = {"standfirst": "At pier 4.", "body": [said_of("4"), SECOND]}

    corrected = newsroom.correct(live, changes=changes)

    shown = read(client, live)
    assert shown["standfirst"] == "At pier 4."
    assert texts(shown)[:2] == ["It lies at pier 4.", "It sails at six."]
    assert (corrected["revision"], corrected["release"]) == (2, 2)
    assert corrected["has_unreleased_changes"] is False
    [saved, _] = newsroom.send("GET", f"/articles/{live['id']}/revisions")["data"]
    assert (saved["note"], saved["releases"][0]["release"]) == (
        "The pier was wrong.",
        2,
    )


def test_unreleased_changes_do_not_slip_out_with_a_correction(
    newsroom: Newsroom, client: TestClient, edited: Json
) -> None:
    before = read(client, edited)

    corrected = newsroom.correct(edited, changes={"kicker": "Harbour", "slug": None})

    shown = read(client, edited)
    differing = {name for name in before if shown[name] != before[name]}
    assert differing - {"seo", "word_count"} == {
        "kicker",
        "body",
        "corrections",
        "change",
        "version",
    }
    assert texts(shown)[:-1] == texts(before)
    assert client.get("/v1/tags/secret").status_code == 404
    assert client.get("/v1/articles/ferry-sold").status_code == 404
    assert corrected["slug"] == "ferry-sold"


def test_the_working_copy_keeps_what_it_has_and_gets_the_correction(
    newsroom: Newsroom, client: TestClient, edited: Json
) -> None:
    changes = {"headlines": {"seo": "Pier 4"}, "body": [said_of("4"), SECOND]}

    corrected = newsroom.correct(edited, changes=changes)

    assert corrected["has_unreleased_changes"] is True
    assert (corrected["headline"], corrected["slug"]) == ("Ferry is sold", "ferry-sold")
    assert corrected["tags"] == edited["tags"]
    assert (
        corrected["headlines"] | {"short": "Sold", "seo": "Pier 4"}
        == (corrected["headlines"])
    )
    own = ["It lies at pier 4.", "It sails at seven.", "Sold!"]
    assert texts(corrected) == [*own, "The pier was wrong."]
    at_once = read(client, edited)["corrections"]
    newsroom.publish(corrected)
    later = read(client, edited)
    assert (later["corrections"], later["headline"]) == (at_once, "Ferry is sold")
    assert texts(later) == texts(corrected)


def test_where_both_have_changed_a_thing_the_correction_holds(
    newsroom: Newsroom, edited: Json
) -> None:
    body = [FIRST, {**SECOND, "html": "It sails at eight."}]

    corrected = newsroom.correct(edited, changes={"headline": "Ferry", "body": body})

    assert corrected["headline"] == "Ferry"
    assert texts(corrected)[1] == "It sails at eight."
    [*_, lost, _, _] = range(1, corrected["revision"] + 1)
    path = f"/articles/{edited['id']}/revisions/{lost}"
    assert newsroom.send("GET", path)["content"]["headline"] == "Ferry is sold"


def test_what_waits_for_its_time_goes_out_with_the_correction(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    edited: Json,
) -> None:
    waiting = newsroom.schedule(edited, publish_at=NOON)
    further = newsroom.edit(waiting, headline="Not yet")

    corrected = newsroom.correct(further, changes={"body": [said_of("4"), SECOND]})
    clock.advance(hours=3)
    let_due_happen(database)

    assert (corrected["publish_at"], corrected["headline"]) == (NOON, "Not yet")
    shown = read(client, edited)
    assert (shown["headline"], shown["version"]) == ("Ferry is sold", 3)
    assert [each["at"] for each in shown["corrections"]] == [MORNING]
    own = ["It lies at pier 4.", "It sails at seven.", "Sold!"]
    assert texts(shown) == [*own, "The pier was wrong."]


def test_corrections_add_up_and_survive_restoring(
    newsroom: Newsroom, client: TestClient, live: Json
) -> None:
    once = newsroom.correct(live, "One.")
    twice = newsroom.correct(once, "Two.", "clarification")

    withdrawn = newsroom.withdraw(newsroom.edit(twice, headline="Later"))
    newsroom.restore(withdrawn)

    said = read(client, live)["corrections"]
    assert [each["text"] for each in said] == ["One.", "Two."]


def test_a_minor_change_is_told_apart_from_a_correction(
    newsroom: Newsroom, client: TestClient, live: Json
) -> None:
    newsroom.publish(newsroom.edit(live, headline="Ferry has returned"), minor=True)

    shown = read(client, live)
    assert (shown["change"], shown["corrections"]) == ("minor", [])


FAULTS: list[tuple[Json, str]] = [
    ({"kind": "apology"}, "/kind"),
    ({"text": " \n"}, "/text"),
    ({"about_block": "third"}, "/about_block"),
    ({"changes": {"headline": None}}, "/changes/headline"),
    ({"changes": {"authors": ["nobody-here"]}}, "/changes/authors/0"),
    ({"changes": {"state": "draft"}}, "/changes/state"),
    ({"changes": {"body": [], "body_html": ""}}, "/changes/body_html"),
    ({"changes": {"body": [FIRST, FIRST]}}, "/changes/body/1/id"),
]


def test_a_fault_is_pointed_at_and_nothing_is_changed(
    newsroom: Newsroom, client: TestClient, live: Json
) -> None:
    before = read(client, live)
    path = f"/articles/{live['id']}"

    for sent, pointer in FAULTS:
        whole = {"kind": "correction", "text": "Wrong.", **sent}
        refused = newsroom.request(
            "POST", f"{path}/correct", json=whole, headers=if_match(live)
        )
        assert refused.status_code == 422, sent
        assert [each["pointer"] for each in problem_of(refused)["errors"]] == [pointer]

    assert read(client, live) == before
    assert newsroom.send("GET", path) == live


def test_a_slug_of_another_story_is_refused(newsroom: Newsroom, live: Json) -> None:
    newsroom.draft("Tram", slug="tram", section=live["section"])
    sent = {"kind": "update", "text": "New.", "changes": {"slug": "tram"}}

    path = f"/articles/{live['id']}/correct"
    refused = newsroom.request("POST", path, json=sent, headers=if_match(live))

    assert problem_of(refused)["code"] == "slug-taken"


def test_a_picture_that_is_corrected_away_closes(
    newsroom: Newsroom, client: TestClient
) -> None:
    wrong, right = newsroom.media("wrong"), newsroom.media("right")
    live = newsroom.published(lead_media=wrong["id"])

    newsroom.correct(live, changes={"lead_media": right["id"]})

    assert client.get(f"/v1/media/{wrong['id']}").status_code == 410
    assert client.get(f"/v1/media/{right['id']}").status_code == 200
