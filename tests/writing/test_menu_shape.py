"""The shape of a menu as it is written: targets, depth, size."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.newsroom.menus.schemas import MAX_DEPTH, MAX_ITEMS, MenuWrite

Item = dict[str, Any]


def menu(*items: Item) -> MenuWrite:
    return MenuWrite.model_validate({"items": list(items)}, strict=False)


def nested(depth: int) -> Item:
    item: Item = {"label": "lowest"}
    for level in range(depth - 1):
        item = {"label": f"{level} above it", "items": [item]}
    return item


def test_an_item_without_a_target_is_a_heading() -> None:
    item = menu({"label": "Regions"}).items[0]

    assert (item.url, item.section, item.items) == (None, None, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [("url", "section"), ("section", "article"), ("tag", "author")],
)
def test_an_item_leads_to_one_thing_only(one: str, other: str) -> None:
    target = "https://www.example.org/"

    with pytest.raises(ValidationError, match="leads to one of"):
        menu({"label": "World", one: target, other: target})


def test_an_item_has_a_label() -> None:
    with pytest.raises(ValidationError, match="at least 1 character"):
        menu({"label": " ", "section": "world"})


def test_items_are_nested_four_deep_and_no_deeper() -> None:
    assert menu(nested(MAX_DEPTH)).items

    with pytest.raises(ValidationError, match="at most 4 deep"):
        menu(nested(MAX_DEPTH + 1))


def test_items_are_counted_at_every_depth() -> None:
    children = [{"label": "child"}] * (MAX_ITEMS - 1)
    assert menu({"label": "all", "items": children}).items

    with pytest.raises(ValidationError, match="at most 200 items"):
        menu({"label": "all", "items": children}, {"label": "one more"})
