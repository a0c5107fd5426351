"""How long a story is."""

import pytest

from app.content.counting import count_words, reading_minutes, word_count
from tests.content.bodies import PAGE, Json, read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One", 1),
        ("Mr Putin’s car — a Rolls-Royce", 5),
        ("3,000 votes (12.5%)", 3),
        ("北京", 2),
        ("東京タワー", 5),
        ("iPhone を買う", 4),
        ("대한민국 만세", 2),
        ("… – !", 0),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


def test_the_words_of_a_story_are_those_of_its_running_text() -> None:
    two: Json = {"type": "paragraph", "html": "Two <b>words</b>"}
    body = read(
        two,
        {"type": "heading", "level": 2, "html": "A heading"},
        {"type": "quote", "html": "So he said", "citation": "not counted"},
        {"type": "list", "items": [{"html": "A point", "blocks": [two]}]},
        {"type": "box", "kind": "factbox", "title": "not counted", "blocks": [two]},
        {"type": "pullquote", "text": "not counted"},
        {"type": "related", "url": PAGE, "headline": "not counted"},
    )
    assert word_count(body) == 2 + 2 + 3 + 2 + 2 + 2


@pytest.mark.parametrize(
    ("words", "language", "minutes"),
    [
        (0, "en", 0),
        (1, "en", 1),
        (228, "en-GB", 1),
        (229, "EN", 2),
        (510, "zh-Hant", 2),
        (380, "xx", 2),
    ],
)
def test_reading_takes_whole_minutes(words: int, language: str, minutes: int) -> None:
    assert reading_minutes(words, language) == minutes
