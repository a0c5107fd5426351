"""Advertisements over HTTP: by themselves, beside a story, in it, and explained."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from app.access.roles import Role
from app.delivery.advertising.units import AdServer
from app.kit.settings import Settings
from tests.newsroom import SLOT_SIZES, Json, Newsroom, paragraph

WORDS = " ".join(["word"] * 45)
UNIT = "/{network}/{site}/{section_path}/{page_type}/{slot}"


def slot(newsroom: Newsroom, key: str, position: str, **more: object) -> Json:
    """Make a slot that articles and sections have."""
    return newsroom.send(
        "POST",
        "/ad-slots",
        json={
            "key": key,
            "name": key,
            "position": position,
            "page_types": ["article", "section"],
            "sizes": SLOT_SIZES,
            **more,
        },
    )


def long_body(count: int = 20) -> list[Json]:
    return [{**paragraph(WORDS), "id": f"b{n}"} for n in range(1, count + 1)]


@pytest.fixture
def reader(newsroom: Newsroom) -> TestClient:
    """A reader of a newspaper with slots and a long story."""
    slot(newsroom, "inline", "in_article", repeatable=True, max_instances=5)
    slot(newsroom, "f", "article_end", unit_path=UNIT, platforms=["web"])
    slot(newsroom, "off", "rail", status="paused")
    world = newsroom.section("World")
    newsroom.section("Europe", parent=world["id"])
    tags = [newsroom.tag("Trade")["id"], newsroom.tag("War", kind="series")["id"]]
    newsroom.published(
        "Long story",
        slug="long",
        section="world/europe",
        tags=tags,
        authors=[newsroom.author()["id"]],
        body=long_body(),
    )
    return newsroom.client


def of(reader: TestClient, url: str = "/v1/articles/long/ads", **query: str) -> Json:
    answer = reader.get(url, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_story_says_what_it_carries_and_where(reader: TestClient) -> None:
    ads = of(reader)
    assert ads["policy"] == {"key": "default", "version": 1}
    assert (ads["suppressed"], ads["reasons"]) == (False, [])
    assert ads["fixed"] == ["f"]
    assert [each["before_block"] for each in ads["placements"]] == ["b4", "b10", "b16"]
    assert ads["placements"][1] == {
        "slot": "inline",
        "instance": "inline-2",
        "index": 9,
        "after_block": "b9",
        "before_block": "b10",
        "after_item": None,
        "words_before": 405,
    }
    slots = [(each["key"], each["unit_path"]) for each in ads["slots"]]
    assert slots == [("f", None), ("inline", None)]
    assert ads["targeting"] == {
        "ct": ["article"],
        "s": ["europe"],
        "sp": ["world/europe"],
        "k": ["trade"],
        "se": ["war"],
        "co": ["ada-reed"],
        "p": ["web"],
        "url": ["/world/europe/long"],
        "urlkw": ["long"],
        "allkw": ["trade", "war"],
        "sens": ["f"],
        "ac": ["free"],
    }


def test_an_app_is_compact_and_has_its_own_slots(reader: TestClient) -> None:
    ads = of(reader, platform="app_ios")
    assert (ads["platform_class"], ads["fixed"]) == ("compact", [])


def test_a_story_is_answered_with_its_ads(reader: TestClient) -> None:
    plain = of(reader, "/v1/articles/long")
    both = of(reader, "/v1/articles/long", include="ads", ads="inline")
    assert both["ads"] == of(reader)
    types = [block["type"] for block in both["body"]]
    assert [n for n, kind in enumerate(types) if kind == "ad_slot"] == [3, 10, 17]
    assert both["body"][3]["instance"] == "inline-1"
    assert both["body"][3]["syndicate"] is False
    kept = [block for block in both["body"] if block["type"] != "ad_slot"]
    assert {**both, "body": kept} == {**plain, "ads": both["ads"]}


def test_a_gallery_is_divided_where_an_advertisement_stands(
    reader: TestClient, newsroom: Newsroom
) -> None:
    slot(newsroom, "between", "gallery", page_types=["gallery"], repeatable=True)
    pictures = [
        {"type": "image", "url": f"https://example.org/{n}.jpg", "alt": "A boat"}
        for n in range(8)
    ]
    gallery = {"type": "gallery", "id": "g", "title": "Regatta", "items": pictures}
    newsroom.published("Regatta", slug="regatta", type="gallery", body=[gallery])
    whole = of(reader, "/v1/articles/regatta")["body"][0]
    parts = of(reader, "/v1/articles/regatta", ads="inline")["body"]

    told = [(each["type"], each["id"], each.get("title")) for each in parts]
    assert told == [
        ("gallery", "g", "Regatta"),
        ("ad_slot", "ad-between-1", None),
        ("gallery", "g-5", ""),
    ]
    assert [*parts[0]["items"], *parts[2]["items"]] == whole["items"]


def test_picked_fields_do_not_change_the_places(reader: TestClient) -> None:
    picked = of(reader, "/v1/articles/long", include="ads", fields="headline")
    assert picked == {"headline": "Long story", "ads": of(reader)}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("body=html&ads=inline", "ads"),
        ("include=ads&at=2027-01-01T00:00:00Z", "at"),
        ("include=drafts", "include"),
        ("include=ads&platform=fridge", "platform"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    reader: TestClient, query: str, parameter: str
) -> None:
    answer = reader.get(f"/v1/articles/long?{query}")
    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.json()["errors"]] == [parameter]


def test_a_change_of_a_slot_or_a_policy_reaches_the_answer(
    reader: TestClient, newsroom: Newsroom
) -> None:
    before = of(reader)
    rail = newsroom.send("GET", "/ad-slots/off")
    newsroom.patch("ad-slots", rail, status="active")
    assert of(reader)["fixed"] == ["f", "off"]
    policy = {"name": "None", "key": "none", "priority": 5, "max_slots": 0}
    newsroom.send("POST", "/ad-policies", json={**policy, "sections": ["world"]})
    after = of(reader)
    assert (after["policy"]["key"], after["placements"]) == ("none", [])
    assert before["placements"]


def test_a_partner_gets_no_advertising(
    reader: TestClient, make_key: Callable[[Role], str]
) -> None:
    headers = {"Authorization": f"Bearer {make_key(Role.partner)}"}
    for url, where in (
        ("/v1/articles/long/ads", None),
        ("/v1/articles/long?include=ads&ads=inline", "ads"),
        ("/v1/resolve?path=/world/europe/long&include=ads", "ads"),
        ("/v1/fronts/world?include=ads", "ads"),
    ):
        said = reader.get(url, headers=headers).json()
        ads = said[where] if where else said
        assert (ads["suppressed"], ads["reasons"][-1]) == (True, "partner_output")
        assert (ads["fixed"], ads["placements"], ads["slots"]) == ([], [], [])
        assert (ads["targeting"], ads["unit_path"]) == ({}, None)
        assert "ad_slot" not in [block["type"] for block in said.get("body", [])]
    staff = {"Authorization": f"Bearer {make_key(Role.editor)}"}
    ads = reader.get("/v1/articles/long/ads", headers=staff).json()
    assert ads == of(reader)
    wrong = {"Authorization": "Bearer bs_nonsense"}
    assert reader.get("/v1/articles/long/ads", headers=wrong).json() == ads


def test_an_answer_with_ads_has_no_time_of_its_own(
    reader: TestClient, newsroom: Newsroom
) -> None:
    url = "/v1/articles/long?include=ads"
    assert "Last-Modified" in reader.get("/v1/articles/long").headers
    assert "Last-Modified" not in reader.get(url).headers


def test_the_page_of_a_section_has_its_fixed_slots(reader: TestClient) -> None:
    asked = {"path": "/world/europe", "include": "ads"}
    ads = of(reader, "/v1/resolve", **asked)["ads"]
    assert (ads["fixed"], ads["reasons"], ads["placements"]) == (["f"], [], [])
    assert ads["targeting"]["ct"] == ["section"]
    assert ads["targeting"]["sp"] == ["world/europe"]
    story = of(reader, "/v1/resolve", path="/world/europe/long", include="ads")
    assert story["ads"] == of(reader)
    nowhere = of(reader, "/v1/resolve", path="/nowhere", include="ads")
    assert nowhere["ads"] is None


def test_units_are_named_as_the_network_is_configured(reader: TestClient) -> None:
    assert of(reader, platform="app_ios")["unit_path"] is None
    state = reader.app.state  # type: ignore[attr-defined]
    own = state.ad_server
    known = AdServer.of(
        Settings(
            ad_network="4711",
            ad_site="courier",
            ad_targeting_keys={"section": "channel"},
        )
    )
    try:
        state.ad_server = known
        ads = of(reader)
    finally:
        state.ad_server = own
    assert ads["unit_path"] == "/4711/courier/world/europe/article"
    assert ads["slots"][0]["unit_path"] == "/4711/courier/world/europe/article/f"
    assert ads["targeting"]["channel"] == ["europe"]


def test_an_unknown_key_value_is_refused_when_the_program_starts() -> None:
    with pytest.raises(ValueError, match="renames colour"):
        AdServer.of(Settings(ad_targeting_keys={"colour": "c"}))


def test_the_kill_switch_stops_all_of_them(reader: TestClient) -> None:
    state = reader.app.state  # type: ignore[attr-defined]
    own = state.ad_server
    state.ad_server = replace(own, is_on=False)
    try:
        ads = of(reader, platform="app_android")
    finally:
        state.ad_server = own
    assert (ads["suppressed"], ads["reasons"]) == (True, ["kill_switch"])
    assert (ads["fixed"], ads["placements"], ads["slots"]) == ([], [], [])


def test_editors_are_told_of_every_place(
    reader: TestClient, newsroom: Newsroom
) -> None:
    draft = newsroom.draft("Draft", section="world/europe", body=long_body(8))
    told = newsroom.send("GET", f"/articles/{draft['id']}/ads")
    assert [each["before_block"] for each in told["candidates"]] == [
        f"b{n}" for n in range(2, 9)
    ]
    assert [each["refused"] for each in told["candidates"]] == [
        "too_early",
        "too_early",
        None,
        *["cap_reached"] * 4,
    ]
    assert reader.get(f"/v1/articles/{draft['id']}/ads").status_code == 404


def test_a_body_is_tried_and_not_saved(reader: TestClient, newsroom: Newsroom) -> None:
    body = [paragraph(WORDS) for _ in range(20)]
    asked: Json = {"section": "world/europe", "body": body, "tags": ["trade"]}
    told = newsroom.send("POST", "/ads/preview", json=asked)
    assert [each["index"] for each in told["placements"]] == [3, 9, 15]
    tighter = {"gap_units": 3, "gap_words": 100, "words_per_slot": 100}
    again = newsroom.send("POST", "/ads/preview", json={**asked, "policy": tighter})
    assert again["policy"]["key"] == "preview"
    assert [each["index"] for each in again["placements"]] == [3, 6, 9, 12, 15]
    assert len(newsroom.send("GET", "/articles")["data"]) == 1
    unknown = newsroom.request("POST", "/ads/preview", json={**asked, "tags": ["x"]})
    assert unknown.status_code == 422
