"""Fronts as editors write them: checked by name, replaced knowingly, brought along."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import Clock
from tests.delivery.fronts import cards, of, put, refused, shown
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import refresh

TEN, ELEVEN = "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"


@pytest.mark.parametrize(
    ("containers", "pointer"),
    [
        ([{"key": "a"}, {"key": "a"}], "/containers"),
        ([{"key": str(n), "places": 20} for n in range(6)], "/containers"),
        (
            [{"key": "a", "places": 1, "cards": [{"article": "story-1", "place": 2}]}],
            "/containers/0",
        ),
        (
            [
                {
                    "key": "a",
                    "cards": [
                        {"article": "story-1", "place": 1},
                        {"article": "story-2", "place": 1},
                    ],
                }
            ],
            "/containers/0",
        ),
        (
            [{"key": "a", "cards": [{"article": "nothing"}]}],
            "/containers/0/cards/0/article",
        ),
        ([{"key": "a", "fill": {"tags": ["nothing"]}}], "/containers/0/fill/tags/0"),
        ([{"key": "a", "sponsor": "nobody"}], "/containers/0/sponsor"),
        (
            [{"key": "a", "active_from": ELEVEN, "active_to": TEN}],
            "/containers/0",
        ),
    ],
)
def test_what_makes_no_front_is_refused_by_name(
    desk: Newsroom, containers: list[Json], pointer: str
) -> None:
    assert refused(desk, *containers)["pointer"] == pointer


def test_a_picture_that_is_not_listed_is_on_no_card(desk: Newsroom) -> None:
    picture = desk.media("quay")
    card = {"article": "story-1", "image": picture["id"]}

    fault = refused(desk, {"key": "top", "cards": [card]})

    assert fault["pointer"] == "/containers/0/cards/0/image"


def test_what_a_front_names_is_not_deleted(desk: Newsroom) -> None:
    desk.send("POST", "/sponsors", json={"name": "Halyard", "type": "sponsored"})
    picture = desk.media("quay", listed=True)
    tag = desk.tag("Unused", listed=True)
    card = {"article": "story-1", "image": picture["id"]}
    put(
        desk,
        {
            "key": "top",
            "sponsor": "halyard",
            "cards": [card],
            "fill": {"tags": ["unused"]},
        },
    )

    for path in (f"/media/{picture['id']}", f"/tags/{tag['id']}", "/sponsors/halyard"):
        there = desk.send("GET", path)
        answer = desk.request("DELETE", path, headers=if_match(there))
        assert answer.status_code == 409, path
        assert "front home" in [each["detail"] for each in answer.json()["errors"]]


def test_a_merged_tag_fills_as_the_other(
    desk: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    desk.tag("Commerce", listed=True)
    put(desk, {"key": "top", "places": 9, "fill": {"tags": ["trade"]}})
    trade = desk.send("GET", "/tags/trade")

    headers = if_match(trade)
    desk.send("POST", "/tags/trade/merge", json={"into": "commerce"}, headers=headers)
    refresh(database, clock)

    [container] = desk.send("GET", "/fronts/home")["containers"]
    assert container["fill"]["tags"] == [desk.send("GET", "/tags/commerce")["id"]]


def test_a_front_that_is_read_is_replaced_and_one_that_is_not_is_kept(
    desk: Newsroom,
) -> None:
    made = put(desk, {"key": "top", "fill": {}})
    path, content = "/fronts/home", {"title": "Front page", "containers": []}

    blind = desk.request("PUT", path, json=content)
    stale = desk.request("PUT", path, json=content, headers={"If-Match": '"v9"'})
    known = desk.request("PUT", path, json=content, headers=if_match(made))
    fresh = desk.request(
        "PUT", "/fronts/sport", json=content, headers={"If-Match": '"v1"'}
    )

    assert [each.status_code for each in (blind, stale, known, fresh)] == [
        428,
        412,
        200,
        412,
    ]


def test_a_front_moves_with_its_section(desk: Newsroom, client: TestClient) -> None:
    put(desk, {"key": "top", "fill": {}}, key="world/europe")
    world = desk.send("GET", "/sections/world")

    desk.patch("sections", world, slug="planet")

    moved = client.get("/v1/fronts/world/europe", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["Location"].endswith("/v1/fronts/planet/europe")
    assert shown(client, "planet/europe")["id"] is not None
    assert desk.send("GET", "/fronts/planet/europe")["version"] == 2


def test_no_way_to_name_a_section_goes_round_what_was_read(desk: Newsroom) -> None:
    made = put(desk, {"key": "top", "fill": {}}, key="world")

    for name in ("world", made["section"]):
        blind = desk.request("PUT", f"/fronts/{name}", json={"containers": []})
        assert blind.status_code == 428, name


def test_there_is_no_front_of_what_is_no_section(
    desk: Newsroom, client: TestClient
) -> None:
    assert client.get("/v1/fronts/nowhere").status_code == 404
    assert refused(desk, key="nowhere")["parameter"] == "front"


def test_curated_fronts_are_listed_without_what_stands_on_them(
    desk: Newsroom, client: TestClient
) -> None:
    put(desk, {"key": "top", "fill": {}}, title="Front page")
    put(desk, key="sport")

    listed = client.get("/v1/fronts").json()["data"]

    assert [(each["key"], each["title"]) for each in listed] == [
        ("home", "Front page"),
        ("sport", None),
    ]
    assert "containers" not in listed[0]


def test_a_curated_front_takes_the_place_of_the_automatic_one(
    desk: Newsroom, client: TestClient
) -> None:
    before = client.get("/v1/fronts/world")
    made = put(desk, {"key": "top", "cards": [{"article": "story-3"}]}, key="world")

    after = shown(client, "world")
    assert (after["id"], cards(after)) == (made["id"], {"top": of(3)})
    assert after == shown(client, made["id"]) == shown(client, made["section"])
    desk.send("DELETE", "/fronts/world", headers=if_match(made))
    assert client.get("/v1/fronts/world").json() == before.json()
