"""Ad slots: what editors save is the public catalogue at once."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import START, Clock
from tests.newsroom import SLOT_SIZES, Newsroom, if_match
from tests.publishing.backstage import let_due_happen


def slot(newsroom: Newsroom, key: str = "f", **more: object) -> dict[str, Any]:
    content = {
        "key": key,
        "name": "article bottom",
        "position": "article_end",
        "page_types": ["article"],
        "sizes": SLOT_SIZES,
        **more,
    }
    return newsroom.send("POST", "/ad-slots", json=content)


def public(client: TestClient, key: str) -> dict[str, Any]:
    response = client.get(f"/v1/ad-slots/{key}")
    assert response.status_code == 200
    return dict(response.json())


def test_the_slot_of_the_contract_is_public_with_every_field(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = slot(newsroom)

    assert public(client, "f") == {
        "id": made["id"],
        "version": 1,
        "key": "f",
        "name": "article bottom",
        "kind": "display",
        "position": "article_end",
        "prebid_pos": 3,
        "page_types": ["article"],
        "platforms": ["web", "app_ios", "app_android", "newsletter"],
        "repeatable": False,
        "max_instances": 1,
        "unit_path": None,
        "app_unit_ids": {"app_ios": None, "app_android": None},
        "sizes": SLOT_SIZES,
        "reserve": [],
        "label": None,
        "collapse": None,
        "lazy": None,
        "targeting": {},
        "consent": None,
        "fallback_slot": None,
        "include": {"sections": [], "tags": [], "types": []},
        "exclude": {"sections": [], "tags": [], "types": []},
        "active_from": None,
        "active_to": None,
        "status": "active",
        "is_active": True,
        "priority": 0,
    }


def test_the_catalogue_lists_every_slot_by_name(
    newsroom: Newsroom, client: TestClient
) -> None:
    slot(newsroom, "a", name="page top", position="page_top")
    slot(newsroom, "f", name="article bottom")

    listed = client.get("/v1/ad-slots").json()["data"]

    assert [(each["key"], each["prebid_pos"]) for each in listed] == [
        ("f", 3),
        ("a", 4),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit_path", "/{network}/{reader}"),
        ("position", "somewhere"),
        ("page_types", ["home"]),
        ("sizes", [{"min_width": 740, "sizes": []}, {"min_width": 0, "sizes": []}]),
        ("max_instances", 0),
        ("key", "Not A Key"),
        ("fallback_slot", "unknown"),
        ("include", {"sections": ["unknown"]}),
    ],
)
def test_a_refusal_points_at_the_field(
    newsroom: Newsroom, field: str, value: object
) -> None:
    made = slot(newsroom)

    refused = newsroom.request(
        "PATCH",
        f"/ad-slots/{made['id']}",
        json={field: value},
        headers=if_match(made),
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith(f"/{field}")


def test_a_scope_is_kept_by_id_and_survives_a_rename(
    newsroom: Newsroom, client: TestClient
) -> None:
    section = newsroom.section("World")
    tag = newsroom.tag("Trade")
    made = slot(newsroom, include={"sections": ["world"]}, exclude={"tags": ["trade"]})
    newsroom.patch("sections", section, slug="abroad")

    changed = newsroom.patch("ad-slots", made, include={"types": ["article"]})

    assert changed["include"] == {
        "sections": [section["id"]],
        "tags": [],
        "types": ["article"],
    }
    assert public(client, "f")["exclude"]["tags"] == [tag["id"]]


def test_null_removes_one_key_value_and_leaves_the_others(newsroom: Newsroom) -> None:
    made = slot(newsroom, targeting={"pos": ["bottom"], "slot": ["f"]})

    changed = newsroom.patch("ad-slots", made, targeting={"pos": None})

    assert changed["targeting"] == {"slot": ["f"]}


def test_loading_is_changed_by_halves(newsroom: Newsroom) -> None:
    made = slot(newsroom, lazy={"fetch_margin_pct": 50})
    assert made["lazy"] == {
        "fetch_margin_pct": 50,
        "render_margin_pct": 200,
        "mobile_scaling": 2.0,
    }

    changed = newsroom.patch("ad-slots", made, lazy={"render_margin_pct": 20})

    assert changed["lazy"]["fetch_margin_pct"] == 50
    assert changed["lazy"]["render_margin_pct"] == 20


def test_an_old_key_leads_to_the_new_one_also_where_it_is_a_fallback(
    newsroom: Newsroom, client: TestClient
) -> None:
    house = slot(newsroom, "house")
    slot(newsroom, "f", consent="personalised", fallback_slot="house")

    newsroom.patch("ad-slots", house, key="own")

    moved = client.get("/v1/ad-slots/house", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["Location"].endswith("/v1/ad-slots/own")
    assert public(client, "f")["fallback_slot"] == "own"


def test_a_slot_never_falls_back_on_itself(newsroom: Newsroom) -> None:
    first = slot(newsroom, "a")
    slot(newsroom, "b", fallback_slot="a")
    slot(newsroom, "c", fallback_slot="b")

    refused = newsroom.request(
        "PATCH",
        f"/ad-slots/{first['id']}",
        json={"fallback_slot": "c"},
        headers=if_match(first),
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/docs/problems/fallback-loop")


def test_a_fallback_is_not_deleted_and_then_its_key_is_free_again(
    newsroom: Newsroom, client: TestClient
) -> None:
    house = slot(newsroom, "house")
    user = slot(newsroom, "f", fallback_slot="house")
    path = f"/ad-slots/{house['id']}"

    refused = newsroom.request("DELETE", path, headers=if_match(house))
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["detail"] == "ad slot f"

    newsroom.send("DELETE", f"/ad-slots/{user['id']}", headers=if_match(user))
    newsroom.send("DELETE", path, headers=if_match(house))
    assert client.get("/v1/ad-slots/house").status_code == 404
    assert slot(newsroom, "house")["id"] != house["id"]
    assert client.get("/v1/ad-slots/house").status_code == 200


def test_a_taken_key_is_refused(newsroom: Newsroom) -> None:
    made = slot(newsroom, "f")

    refused = newsroom.request(
        "POST", "/ad-slots", json={**_written(made), "name": "another"}
    )

    assert refused.status_code == 409


def test_a_paused_slot_stays_in_the_catalogue_and_is_not_active(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = slot(newsroom)

    newsroom.patch("ad-slots", made, status="paused")

    assert public(client, "f")["is_active"] is False


def test_dates_switch_a_slot_when_they_come_and_only_then(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    begin, end = START + timedelta(hours=1), START + timedelta(hours=2)
    slot(newsroom, active_from=begin.isoformat(), active_to=end.isoformat())
    seen = [public(client, "f")["is_active"]]

    for minutes in (59, 1, 59, 1):
        clock.advance(minutes=minutes)
        let_due_happen(database)
        seen.append(public(client, "f")["is_active"])

    assert seen == [False, False, True, True, False]


def test_switching_twice_is_switching_once(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    slot(newsroom, active_from=(START + timedelta(hours=1)).isoformat())
    clock.advance(hours=1)

    let_due_happen(database)
    position = client.get("/v1/ad-slots/f").headers["Broadsheet-Position"]
    let_due_happen(database)

    again = client.get("/v1/ad-slots/f").headers["Broadsheet-Position"]
    assert again == position


def _written(made: dict[str, Any]) -> dict[str, Any]:
    names = ("key", "name", "position", "page_types", "sizes")
    return {name: made[name] for name in names}
