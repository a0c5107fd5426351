"""Fronts: what editors put there, what fills the rest, and where nobody made one."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import Clock
from tests.delivery.fronts import cards, of, put, shown
from tests.newsroom import Json, Newsroom, paragraph
from tests.publishing.backstage import events, let_due_happen, position

TEN, ELEVEN = "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"


def test_cards_stand_in_order_and_the_newest_fill_the_rest(
    desk: Newsroom, client: TestClient
) -> None:
    top = {"key": "top", "places": 3, "cards": [{"article": "story-5"}], "fill": {}}
    sport = {"key": "sport", "title": "Sport", "fill": {"sections": ["sport"]}}

    put(desk, top, sport, title="The Courier", description="All the news")

    front = shown(client)
    assert cards(front) == {"top": of(5, 1, 2), "sport": of(3)}
    assert (front["title"], front["key"]) == ("The Courier", "home")
    [curated, filled, _] = front["containers"][0]["cards"]
    assert (curated["is_curated"], filled["is_curated"]) == (True, False)
    assert front["containers"][1]["more"]["path"] == "/sport"
    assert front["containers"][0]["more"] is None


def test_what_a_card_says_goes_before_what_the_story_says(
    desk: Newsroom, client: TestClient
) -> None:
    picture = desk.media("quay", listed=True)
    card = {
        "article": "story-1",
        "headline": "Read this",
        "kicker": "First",
        "label": "Live",
        "image": picture["id"],
    }

    put(desk, {"key": "top", "cards": [card, {"article": "story-2"}]})

    [own, plain] = shown(client)["containers"][0]["cards"]
    assert [own[name] for name in ("headline", "kicker", "label")] == [
        "Read this",
        "First",
        "Live",
    ]
    assert own["image"]["alt"] == "The quay"
    assert own["article"]["headline"] == "Story 1"
    assert (plain["headline"], plain["label"], plain["image"]) == (
        "Story 2",
        None,
        None,
    )


def test_a_pinned_card_keeps_its_place(desk: Newsroom, client: TestClient) -> None:
    pinned = [{"article": "story-6", "place": 3}, {"article": "story-5", "place": 1}]

    put(desk, {"key": "top", "places": 5, "cards": pinned, "fill": {}})

    assert cards(shown(client)) == {"top": of(5, 1, 6, 2, 3)}


def test_no_story_is_twice_and_a_card_goes_before_what_fills(
    desk: Newsroom, client: TestClient
) -> None:
    top = {"key": "top", "places": 2, "fill": {}}
    second = {"key": "second", "cards": [{"article": "story-1"}]}
    third = {"key": "third", "cards": [{"article": "story-1"}, {"article": "story-2"}]}
    last = {"key": "last", "places": 9, "fill": {}}

    put(desk, top, second, third, last)

    assert cards(shown(client)) == {
        "top": of(3, 4),
        "second": of(1),
        "third": of(2),
        "last": of(5, 6),
    }


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ({"sections": ["world"]}, of(1, 2, 4, 6)),
        ({"sections": ["world/europe", "sport"]}, of(2, 3, 5, 6)),
        ({"tags": ["trade"]}, of(1, 3, 5)),
        ({"tags": ["trade"], "sections": ["sport"]}, of(3, 5)),
        ({"types": ["gallery"]}, []),
        ({"genres": ["news"], "types": ["article"]}, of(1, 2, 3, 4, 5, 6)),
        ({"order": "updated"}, of(1, 2, 3, 4, 5, 6)),
    ],
)
def test_what_fills_a_container_is_as_lists_are(
    desk: Newsroom, client: TestClient, fill: Json, expected: list[str]
) -> None:
    put(desk, {"key": "top", "places": 9, "role": "promo", "fill": fill})

    assert cards(shown(client)) == {"top": expected}


def test_an_empty_container_is_left_out_unless_frontends_fill_it(
    desk: Newsroom, client: TestClient
) -> None:
    put(
        desk,
        {"key": "nothing", "fill": {"types": ["audio"]}},
        {"key": "read", "role": "most_read", "places": 0},
    )

    assert cards(shown(client)) == {"read": []}


def test_what_is_withdrawn_or_killed_is_on_no_front(
    desk: Newsroom, publisher: Newsroom, client: TestClient
) -> None:
    card = {"article": "story-1", "headline": "zqcanary"}
    put(desk, {"key": "top", "places": 3, "cards": [card], "fill": {}})
    story = desk.send("GET", "/articles/story-1")

    desk.withdraw(story)
    without = client.get("/v1/fronts/home")
    desk.restore(desk.send("GET", "/articles/story-1"))
    again = shown(client)
    publisher.verb(desk.send("GET", "/articles/story-1"), "kill", reason="court")

    assert cards(without.json()) == {"top": of(2, 3, 4)}
    assert "zqcanary" not in without.text
    assert cards(again) == {"top": of(1, 2, 3)}
    assert cards(shown(client)) == {"top": of(2, 3, 4)}
    for address in ("/v1/snapshot", "/v1/changes?include=documents"):
        assert "zqcanary" not in client.get(address).text


def test_a_draft_on_a_front_is_seen_by_nobody_until_it_is_out(
    desk: Newsroom, client: TestClient
) -> None:
    draft = desk.draft("Secret", slug="secret", section="world")
    put(desk, {"key": "top", "cards": [{"article": "secret"}], "fill": {}})
    hidden = client.get("/v1/fronts/home")
    log = client.get("/v1/changes?include=documents").text
    copy = client.get("/v1/snapshot").text

    desk.publish(draft)

    assert "secret" not in hidden.text.lower()
    assert draft["id"] not in hidden.text + str(hidden.headers) + log + copy
    assert cards(shown(client))["top"][0] == "secret"


def test_times_begin_and_end_by_the_clock(
    desk: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    timed = {"article": "story-6", "active_from": TEN, "active_to": ELEVEN}
    top = {"key": "top", "places": 2, "cards": [timed], "fill": {}}
    late = {"key": "late", "fill": {}, "active_from": ELEVEN}
    put(desk, top, late)
    before = position(database)
    seen = []

    for minutes in (59, 1, 59, 1):
        clock.advance(minutes=minutes)
        let_due_happen(database)
        seen.append(cards(shown(client)))

    plain, with_card = {"top": of(1, 2)}, {"top": of(6, 1)}
    last = {"top": of(1, 2), "late": of(3, 4, 5, 6)}
    assert seen == [plain, with_card, with_card, last]
    assert events(database, before) == ["front.updated"] * 2


def test_a_section_without_a_front_has_an_automatic_one(
    desk: Newsroom, client: TestClient
) -> None:
    front = shown(client, "world")

    assert (front["id"], front["version"], front["title"]) == (None, None, "World")
    assert cards(front) == {"latest": of(1, 2, 4, 6)}
    assert cards(shown(client, "world/europe")) == {"latest": of(2, 6)}
    assert shown(client, front["key"])["key"] == "world"


def test_a_newspaper_without_a_front_shows_each_section(
    desk: Newsroom, client: TestClient
) -> None:
    for number in range(10):
        desk.published(f"Fresh {number}", slug=f"fresh-{number}", section="sport")

    front = shown(client)

    assert front["key"] == "home"
    assert cards(front).keys() == {"latest", "section-sport", "section-world"}
    assert cards(front)["section-world"] == of(1, 2, 4, 6)
    assert cards(front)["section-sport"] == of(3, 5)
    [sport] = [c for c in front["containers"] if c["key"] == "section-sport"]
    assert (sport["title"], sport["more"]["path"]) == ("Sport", "/sport")


def test_a_branded_container_says_who_paid(
    desk: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    agreement = {"name": "Halyard", "type": "supported", "valid_to": TEN}
    desk.send("POST", "/sponsors", json=agreement)
    put(desk, {"key": "top", "sponsor": "halyard", "fill": {}})

    before = shown(client)["containers"][0]["sponsorship"]
    clock.advance(hours=1)
    let_due_happen(database)

    assert (before["name"], before["type"]) == ("Halyard", "supported")
    assert shown(client)["containers"][0]["sponsorship"] is None


def test_the_whole_front_page_is_one_answer(desk: Newsroom, client: TestClient) -> None:
    made = put(desk, {"key": "top", "fill": {}}, title="The Courier today")

    page = client.get(
        "/v1/resolve?path=/&include=resource,menus,ads,related,front"
    ).json()

    assert (page["status"], page["http_status"], page["location"]) == (
        "found",
        200,
        "/",
    )
    assert (page["kind"], page["id"]) == ("front", made["id"])
    assert page["resource"] == shown(client)
    assert (page["related"], page["breadcrumbs"], page["front"]) == ([], [], None)
    assert page["seo"]["title"] == "The Courier today"
    [collection] = page["seo"]["json_ld"]
    assert collection["@type"] == "CollectionPage"
    items = collection["mainEntity"]["itemListElement"]
    assert [item["url"].rpartition("/")[2] for item in items] == of(1, 2, 3, 4)


def test_a_section_s_page_has_its_front_where_that_is_wanted(
    desk: Newsroom, client: TestClient
) -> None:
    page = client.get("/v1/resolve?path=/world&include=resource,front").json()

    assert page["front"] == shown(client, "world")
    assert page["resource"]["path"] == "/world"
    kinds = [each["@type"] for each in page["seo"]["json_ld"]]
    assert kinds == ["CollectionPage", "BreadcrumbList"]


def test_the_front_is_kept_and_dropped_by_what_it_shows(
    desk: Newsroom, client: TestClient
) -> None:
    put(desk, {"key": "top", "places": 2, "fill": {"sections": ["world"]}})
    etag = client.get("/v1/fronts/home").headers["ETag"]
    conditional = {"If-None-Match": etag}

    same = client.get("/v1/fronts/home", headers=conditional)
    desk.published("Fresh", section="world", body=[paragraph()])
    other = client.get("/v1/fronts/home", headers=conditional)

    assert (same.status_code, other.status_code) == (304, 200)
