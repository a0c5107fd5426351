"""Size mappings and key-values of ad slots: what is let in."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.newsroom.ad_slots.schemas import AdSlotCreate

SLOT: dict[str, Any] = {
    "key": "f",
    "name": "article bottom",
    "position": "article_end",
    "page_types": ["article"],
    "sizes": [{"min_width": 0, "sizes": [[300, 250]]}],
}


def slot(**fields: object) -> AdSlotCreate:
    return AdSlotCreate.model_validate({**SLOT, **fields}, strict=False)


def refusals(**fields: object) -> set[tuple[object, ...]]:
    """Name the places in a slot that are refused."""
    with pytest.raises(ValidationError) as refusal:
        slot(**fields)
    return {tuple(fault["loc"]) for fault in refusal.value.errors()}


def test_what_is_left_out_has_the_documented_defaults() -> None:
    made = slot()

    assert made.kind == "display"
    assert made.platforms == ["web", "app_ios", "app_android", "newsletter"]
    assert (made.repeatable, made.max_instances) == (False, 1)
    assert (made.status, made.priority) == ("active", 0)
    assert (made.unit_path, made.lazy, made.consent, made.label) == (None,) * 4
    assert (made.reserve, made.targeting) == ([], {})


@pytest.mark.parametrize("missing", ["key", "name", "position", "page_types", "sizes"])
def test_a_slot_cannot_do_without_these(missing: str) -> None:
    given = {name: value for name, value in SLOT.items() if name != missing}

    with pytest.raises(ValidationError, match="Field required"):
        AdSlotCreate.model_validate(given, strict=False)


def test_a_size_is_a_pair_or_fluid() -> None:
    made = slot(sizes=[{"min_width": 0, "sizes": [[300, 250], "fluid"]}])

    assert made.sizes[0].sizes == [(300, 250), "fluid"]
    assert made.model_dump(mode="json")["sizes"][0]["sizes"] == [[300, 250], "fluid"]


def test_no_sizes_mean_no_advertisement_at_that_width() -> None:
    assert slot(sizes=[{"min_width": 1140, "sizes": []}]).sizes[0].sizes == []


@pytest.mark.parametrize(
    "size",
    [[300], [300, 250, 1], [0, 250], [300, -1], [300, 10_001], "300x250", "Fluid", 300],
)
def test_anything_else_is_no_size(size: object) -> None:
    places = refusals(sizes=[{"min_width": 0, "sizes": [size]}])

    assert all(place[:4] == ("sizes", 0, "sizes", 0) for place in places)


@pytest.mark.parametrize("pair", [[True, 250], ["300", 250], [300.5, 250]])
def test_a_size_is_made_of_whole_numbers(pair: list[object]) -> None:
    text = {**SLOT, "sizes": [{"min_width": 0, "sizes": [pair]}]}

    with pytest.raises(ValidationError, match="valid integer"):
        AdSlotCreate.model_validate(text, strict=None)


@pytest.mark.parametrize(
    "minima",
    [
        [(740, 0), (0, 0)],
        [(0, 0), (0, 0)],
        [(0, 0), (740, 0), (740, 0)],
        [(740, 600), (740, 0)],
    ],
)
def test_widths_rise_from_entry_to_entry(minima: list[tuple[int, int]]) -> None:
    sizes = [
        {"min_width": width, "min_height": height, "sizes": ["fluid"]}
        for width, height in minima
    ]

    assert refusals(sizes=sizes) == {("sizes",)}


def test_one_width_may_have_an_entry_for_low_and_for_high_windows() -> None:
    sizes = [
        {"min_width": 1140, "min_height": 0, "sizes": [[970, 90]]},
        {"min_width": 1140, "min_height": 600, "sizes": [[970, 250]]},
    ]

    assert [entry.min_height for entry in slot(sizes=sizes).sizes] == [0, 600]


def test_reserved_heights_rise_with_the_window_too() -> None:
    falling = [{"min_width": 740, "height": 90}, {"min_width": 0, "height": 50}]

    assert refusals(reserve=falling) == {("reserve",)}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pos", 'a"b'),
        ("pos", "a=b"),
        ("pos", "a,b"),
        ("pos", "(a)"),
        ("pos", ""),
        ("pos", "x" * 41),
        ("1pos", "top"),
        ("p os", "top"),
        ("k" * 21, "top"),
    ],
)
def test_key_values_are_such_as_ad_servers_take(key: str, value: str) -> None:
    places = refusals(targeting={key: [value]})

    assert all(place[0] == "targeting" for place in places)


def test_a_slot_begins_before_it_ends() -> None:
    with pytest.raises(ValidationError, match="active_from has to be before"):
        slot(active_from="2026-12-01T00:00:00Z", active_to="2026-12-01T00:00:00Z")
