"""Ad policies: the documented rules by default, and what a policy changes."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.newsroom import Newsroom, if_match


def policy(newsroom: Newsroom, key: str = "standard", **more: object) -> dict[str, Any]:
    content = {"key": key, "name": "Standard article", **more}
    return newsroom.send("POST", "/ad-policies", json=content)


def test_a_policy_that_says_nothing_has_the_documented_rules(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = policy(newsroom)

    shown = client.get("/v1/ad-policies/standard").json()

    assert shown == {
        "id": made["id"],
        "version": 1,
        "key": "standard",
        "name": "Standard article",
        "priority": 0,
        "page_types": [],
        "platform_class": None,
        "sections": [],
        "tags": [],
        "flags": [],
        "count_as_unit": ["paragraph", "list", "quote", "image"],
        "min_words": 300,
        "min_units": 5,
        "first_after_units": 3,
        "first_after_words": 100,
        "gap_units": 6,
        "gap_words": 200,
        "gap_words_alone": 350,
        "tail_units": 1,
        "tail_words": 40,
        "max_slots": 15,
        "words_per_slot": 200,
        "candidates": ["paragraph", "heading"],
        "never_after": [
            "heading",
            "pullquote",
            "related",
            "callout",
            "box",
            "code",
            "table",
            "correction",
            "video",
            "audio",
            "embed",
            "interactive",
            "gallery",
        ],
        "never_before": [],
        "never_inside": ["list", "table", "quote", "box", "gallery"],
        "liveblog": {"gap_px": 1500, "gap_px_compact": 1200, "max_slots": 8},
        "gallery": {"every": 4},
        "front": {"every": 2, "max_slots": 8, "max_slots_compact": 10},
        "pixel_hints": {
            "min_gap": 750,
            "min_gap_high_value": 500,
            "rail": 500,
            "top": 300,
            "top_immersive": 700,
            "top_compact": 200,
            "bottom": 300,
            "bottom_compact": 200,
        },
    }


def test_a_policy_says_whom_it_is_for_by_id(
    newsroom: Newsroom, client: TestClient
) -> None:
    section, tag = newsroom.section("World"), newsroom.tag("Trade")

    policy(
        newsroom,
        page_types=["article"],
        platform_class="compact",
        sections=["world"],
        tags=["trade"],
        flags=["paid_content"],
        priority=10,
    )

    shown = client.get("/v1/ad-policies/standard").json()
    assert (shown["sections"], shown["tags"]) == ([section["id"]], [tag["id"]])
    assert (shown["platform_class"], shown["priority"]) == ("compact", 10)


def test_a_change_of_one_rule_leaves_the_others(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = policy(newsroom, max_slots=3, pixel_hints={"rail": 600})

    newsroom.patch("ad-policies", made, gap_units=4, pixel_hints={"top": 100})

    shown = client.get("/v1/ad-policies/standard").json()
    assert (shown["max_slots"], shown["gap_units"], shown["min_words"]) == (3, 4, 300)
    assert shown["pixel_hints"]["rail"] == 600
    assert shown["pixel_hints"]["top"] == 100
    assert shown["version"] == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_slots", -1),
        ("words_per_slot", 0),
        ("candidates", ["paragraphs"]),
        ("flags", ["immersive"]),
        ("gallery", {"every": 0}),
        ("tags", ["unknown"]),
        ("minimum_words", 300),
    ],
)
def test_a_refusal_points_at_the_field(
    newsroom: Newsroom, field: str, value: object
) -> None:
    content = {"key": "standard", "name": "Standard", field: value}

    refused = newsroom.request("POST", "/ad-policies", json=content)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"].startswith(f"/{field}")


def test_a_deleted_policy_leaves_its_key_free(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = policy(newsroom)

    newsroom.send("DELETE", f"/ad-policies/{made['id']}", headers=if_match(made))

    assert client.get("/v1/ad-policies/standard").status_code == 404
    assert client.get("/v1/ad-policies").json()["data"] == []
    assert policy(newsroom)["id"] != made["id"]
