"""Writes a word as people type it who do not care for accents.

Latin letters become a-z (ß is ss, ø is o, æ is ae), Greek loses its accents
and Russian its ё. Other letters stay: in them a mark is another letter.
"""

import unicodedata
from functools import lru_cache

from anyascii import anyascii

_CYRILLIC_E = "\u0435"


def fold(word: str) -> str:
    """Fold a lower-case word; Latin letters come out as a-z."""
    return word if word.isascii() else "".join(map(_plain, word))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("LATIN"):
        return "".join(filter(str.isalnum, anyascii(_unmarked(letter)).lower()))
    if name.startswith("GREEK"):
        return _unmarked(letter)
    return _CYRILLIC_E if letter == "ё" else letter


def _unmarked(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
