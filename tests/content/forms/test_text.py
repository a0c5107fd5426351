"""A body as plain text."""

import pytest

from app.content.blocks.reading import Restricted
from app.content.forms.text import to_text
from tests.content.bodies import (
    ARTICLE_ID,
    MEDIA_ID,
    PAGE,
    PICTURE,
    SAMPLES,
    TYPES,
    Json,
    read,
)

SAMPLE = dict(zip(TYPES, SAMPLES, strict=True))
FORMS: dict[str, str] = {
    "paragraph": "Some words",
    "heading": "A heading",
    "list": "1. One",
    "quote": "Said\n— Ada & Bo",
    "pullquote": "Large <words>\n— Ada",
    "image": "Two\nfriends (Ada Reed)",
    "gallery": "Cats\nTwo\nfriends (Ada Reed)\nTwo\nfriends (Ada Reed)",
    "video": "A film",
    "audio": "Hello, listeners.",
    "social_post": "A <b>post</b>\n— @ada",
    "embed": "See it there",
    "interactive": "Some words",
    "related": f"More Another story {PAGE}",
    "link_list": f"Links\nA page {PAGE}",
    "callout": f"Every morning\nGet the news\nSign up {PAGE}",
    "box": "Facts\n\nSome words",
    "timeline": "Spring\n\nMay Day A march\n\nMarchers\n\nSome words",
    "table": "Results\nTeam\tPoints\nA\t3|4",
    "code": "if a < b:\n    print('```')\n",
    "divider": "",
    "rating": "Good: 4/5 stars",
    "correction": "We said x",
    "live_post": "2026-05-01 12:00 UTC\nGoal\nAda Reed\n\nSome words",
    "product": f"Kettle, Acme, £20\n\nSome words\n\nBuy £19 Shop {PAGE}",
    "structured": "See it there",
    "group": "Some words",
    "meter_break": "",
    "legacy_html": "",
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_block_has_its_text(kind: str) -> None:
    assert to_text(read(SAMPLE[kind])) == FORMS[kind]


def test_points_without_numbers_have_bullets() -> None:
    inner: Json = {"type": "list", "items": [{"html": "b"}]}
    body = read({"type": "list", "items": [{"html": "a", "blocks": [inner]}]})
    assert to_text(body) == "• a\n• b"


def test_what_has_no_words_is_told_by_its_fallback() -> None:
    fallback: Json = {"html": "<p>Told <b>so</b></p>"}
    body = read(
        {"type": "image", "media_id": MEDIA_ID, "fallback": fallback},
        {"type": "video", "media_id": MEDIA_ID, "fallback": {"url": PAGE}},
        {**SAMPLE["social_post"], "text_snapshot": ""},
        {"type": "legacy_html", "html": "<p>x</p>", "fallback": {"image": PICTURE}},
    )
    assert to_text(body) == f"Told so\n\n{PAGE}\n\nSee it there"


def test_small_parts_may_be_missing() -> None:
    body = read(
        {"type": "rating", "value": 1},
        {"type": "related", "target_id": ARTICLE_ID},
        {"type": "link_list", "items": [{"target_id": ARTICLE_ID}]},
        {"type": "callout", "kind": "button", "title": "Join"},
        {"type": "timeline", "sections": [{"events": [{"date_text": "May"}]}]},
        {"type": "product", "name": "Kettle"},
        {"type": "image", "url": PICTURE, "credit": "Ada"},
        {**SAMPLE["embed"], "fallback": {"image": PICTURE}},
        {"type": "quote", "html": "Said"},
    )
    assert to_text(body).split("\n\n") == [
        "1/5 stars",
        "Join",
        "May",
        "Kettle",
        "Ada",
        "A map",
        "Said",
    ]


def test_a_note_stands_for_what_readers_may_not_have() -> None:
    note = Restricted(
        type="restricted", reason_code="r", message="Not here", original_type="image"
    )
    assert to_text([note]) == "Not here"
