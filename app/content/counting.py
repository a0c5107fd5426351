"""How long a story is: in words, and in minutes of reading."""

import math
import re
from collections.abc import Iterable

from app.content.blocks.containers import ListItem
from app.content.blocks.element import Element
from app.content.blocks.text import Heading, Paragraph, Quote
from app.content.walking import pieces

# Chinese and Japanese set no spaces, so that each character counts as a word.
_UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}][^\s{_UNSPACED}]*")

# In a minute, and of Chinese and Japanese so many characters, as measured by
# Trauzettel-Klosinski and others for the IReST texts (2012).
_SPEED = {
    "ar": 138,
    "de": 179,
    "en": 228,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "he": 187,
    "it": 188,
    "ja": 357,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
    "zh": 255,
}
_USUAL_SPEED = 190


def word_count(blocks: Iterable[Element]) -> int:
    """Count the words of paragraphs, lists, quotes and headings, nested ones too."""
    return sum(
        count_words(piece.text)
        for piece in pieces(blocks)
        if isinstance(piece, Paragraph | Heading | Quote | ListItem)
    )


def count_words(text: str) -> int:
    """Count the words of plain text; a Chinese or Japanese character is one."""
    return sum(1 for _ in _WORD.finditer(text))


def reading_minutes(words: int, language: str) -> int:
    """Estimate whole minutes, rounded up, for a BCP 47 language tag."""
    speed = _SPEED.get(language.partition("-")[0].lower(), _USUAL_SPEED)
    return math.ceil(words / speed)
