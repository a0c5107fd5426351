"""Lists and lines of a megabyte and more: refused in few words, and within budget."""

import pytest

from tests.hostile.spending import (
    ANSWER_BYTES,
    BY_NAME,
    CREATE,
    ON_ONE_DATABASE,
    group,
    table,
    within_budget,
)
from tests.hostile.standing import Standing
from tests.hostile.stock import body_for, full_bodies
from tests.newsroom import Json, paragraph

pytestmark = ON_ONE_DATABASE

BLOCKS: dict[str, list[object]] = {
    "numbers": [1] * 600_000,
    "objects": [{}] * 400_000,
    "unknown-types": [{"type": "x"}] * 110_000,
    "incomplete": [{"type": "paragraph"}] * 70_000,
    "complete": [paragraph("a")] * 50_000,
    "one-too-many": [paragraph("a")] * 2_001,
    "numbers-in-a-group": [group([1] * 600_000)],
    "objects-in-a-group": [group([{}] * 400_000)],
    "complete-in-a-group": [group([paragraph("a")] * 45_000)],
    "members-of-a-block": [{"type": "divider", **{f"m{n}": n for n in range(90_000)}}],
    "nested-9": [group([group([group([group([group([group([group([group([
        paragraph("a")])])])])])])])])],
    "rows": [table([["a"]] * 100_000)],
    "cells": [table([["a"] * 300_000])],
    "wrong-cells": [table([[1] * 600_000])],
    "items": [{"type": "list", "items": [{"html": "a"}] * 100_000}],
    "nested-markup": [paragraph("<b>" * 16_000)] * 20,
    "nested-markup-closed": [paragraph("<b>" * 7_000 + "</b>" * 7_000)] * 20,
    "nested-fragment": [{"type": "legacy_html", "html": "<div>" * 90_000}] * 2,
    "ampersands": [{"type": "legacy_html", "html": "&" * 490_000}] * 3,
    "beyond-a-megabyte": [paragraph("word " * 9_900)] * 25,
}  # fmt: skip

OTHERS: dict[str, tuple[str, Json]] = {
    "members": ("POST /manage/v1/tags", {f"m{n}": n for n in range(110_000)}),
    "references": ("POST /manage/v1/articles", {"tags": ["a"] * 300_000}),
    "links": ("POST /manage/v1/authors", {"links": [1] * 600_000}),
    "long-line": ("POST /manage/v1/tags", {"name": "a" * 1_900_000}),
    "long-slug": ("POST /manage/v1/tags", {"name": "a", "slug": "a-" * 900_000}),
    "long-url": ("POST /manage/v1/authors", {"links": ["https://" + "a/" * 900_000]}),
    "long-time": ("POST /manage/v1/sponsors", {"valid_from": "2" * 1_900_000}),
    "menu-items": ("PUT /manage/v1/menus/{menu}", {"items": [{"label": "a"}] * 90_000}),
    "sizes": ("POST /manage/v1/ad-slots", {"sizes": [1] * 600_000}),
    "targeting": (
        "POST /manage/v1/ad-slots",
        {"targeting": {f"k{n}": [] for n in range(90_000)}},
    ),
}


@pytest.mark.parametrize("blocks", BLOCKS.values(), ids=list(BLOCKS))
def test_a_body_of_too_much_is_refused_in_few_words(
    blocks: list[object], unharmed: Standing
) -> None:
    story = {"headline": "Long", "section": "world", "body": blocks}
    response = within_budget(unharmed, CREATE, story)
    assert response.status_code in {413, 422}
    assert len(response.content) < ANSWER_BYTES


@pytest.mark.parametrize("other", OTHERS.values(), ids=list(OTHERS))
def test_any_write_of_too_much_is_refused_in_few_words(
    other: tuple[str, Json], unharmed: Standing
) -> None:
    name, excess = other
    operation = BY_NAME[name]
    body = body_for(operation, full_bodies(unharmed.stock)) | excess
    response = within_budget(unharmed, operation, body)
    assert response.status_code in {413, 422}
    assert len(response.content) < ANSWER_BYTES
