"""Takes a text apart into lower-case words, accents still on them.

Hyphens part words, acronyms and figures lose their dots (U.N., 10,000), an
apostrophe does what it does in that language, and scripts that write no spaces
are cut into overlapping pairs of characters, so that any two can be found.
"""

import re
import unicodedata
from itertools import pairwise

_APOSTROPHES = frozenset("'\u2018\u2019\u02bb\u02bc\u02bd\u2032\uff07\u05f3\u05f4")
_ZERO_WIDTH_SPACE = "\u200b"
_DOTLESS_I = "\u0131"
_KNOWN_CHARACTERS = 8192

# The dot of "U.N." and "e.g.", which stands between single letters, and what
# parts the thousands, which is a comma, dot, apostrophe or hard space by country.
_JOINT = re.compile(
    r"""
      \.(?<=[^\W\d_]\.)(?<!\w\w\.)(?=[^\W\d_](?!\w))
    | [.,'\u2019\xa0\u202f](?<=\d.)(?=\d{3}(?!\d))
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"'(?:s(?!\w))?")
_SUFFIX = re.compile(r"(?<=\w)'\w*")
_ELISION = re.compile(
    r"""(?<!\w)(?:[cdjlmnstv]|(?:jus|lors|puis|quoi)?qu|gl|[cdps]ul|pell|un
    |d?all|a?gl|d[ae]gl|d[ae]ll|n[ae]ll|negl|coll|sull|sugl|quest|quell)'""",
    re.VERBOSE,
)
_ELIDING = frozenset({"fr", "it", "ca", "oc", "co", "wa"})
_SUFFIXING = frozenset({"tr", "az"})

# Thai and Lao, Burmese, Khmer, kana, bopomofo, Han, Hangul. Korean has spaces,
# but its particles cling to the noun.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u30ff"
    "\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\U00020000-\U000323af"
)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
# Vowel signs and tones belong to the letter before them.
_SIGNS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
_SIGNS += "\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd\u3099\u309a"
_UNIT = re.compile(f".[{_SIGNS}]*", re.DOTALL)


def words(text: str, language: str) -> list[str]:
    """List the words of a text in their order; `language` is `fr`, not `fr-CA`."""
    composed = unicodedata.normalize("NFC", text)
    if language in _SUFFIXING:
        # "I" is the capital of the dotless i there, which no case folding knows.
        composed = composed.replace("I", _DOTLESS_I)
    lower = _JOINT.sub("", composed.casefold())
    letters = lower.translate(_ALPHABET)
    if "'" in letters:
        letters = _without_apostrophes(letters, language)
    if not letters.isascii():
        letters = _UNSPACED_RUN.sub(_pairs, unicodedata.normalize("NFC", letters))
    return letters.split()


def is_lone_character(word: str) -> bool:
    """Tell whether a word is one character of a script that writes no spaces."""
    return bool(_UNSPACED_RUN.match(word)) and len(_UNIT.findall(word)) == 1


def _without_apostrophes(letters: str, language: str) -> str:
    if language in _ELIDING:
        return _ELISION.sub(" ", letters).replace("'", " ")
    if language in _SUFFIXING:
        letters = _SUFFIX.sub("", letters)
    return _POSSESSIVE.sub("", letters)


def _pairs(run: re.Match[str]) -> str:
    units = _UNIT.findall(run[0])
    if len(units) == 1:
        return f" {run[0]} "
    pairs = [first + second for first, second in pairwise(units)]
    return f" {' '.join(pairs)} "


class _Alphabet(dict[int, str]):
    """What each character contributes, worked out when it is first met."""

    def __missing__(self, code_point: int) -> str:
        written = _written(chr(code_point))
        # Bounded, or a reader could fill the memory by asking for all of Unicode.
        if len(self) < _KNOWN_CHARACTERS:
            self[code_point] = written
        return written


_ALPHABET = _Alphabet()


def _written(character: str) -> str:
    """Give the letters and digits of one lower-case character, or a space."""
    if character in _APOSTROPHES:
        return "'"
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category == "Cf":
        return " " if character == _ZERO_WIDTH_SPACE else ""
    if category[0] == "M":
        return character if _is_vowel_sign(character) else ""
    # A sign such as ™ has letters too, but not ones of the word before it.
    return _letter(character) if category[0] in "LN" else " "


def _letter(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).casefold()
    if plain != character:
        return "".join(map(_written, plain))
    if unicodedata.category(character) in ("Nl", "No"):
        return character if character == "\u3007" else " "
    name = unicodedata.name(character, "")
    return "" if name.startswith("MODIFIER LETTER") or "TATWEEL" in name else character


def _is_vowel_sign(mark: str) -> bool:
    """Tell a sign that spells from one that only adorns: Indic from Hebrew points."""
    return (
        "\u0900" <= mark < "\u1ab0"
        or "\u1b00" <= mark < "\u1d00"
        or mark in "\u3099\u309a"
        or "\ua800" <= mark < "\uac00"
        or "\U00011000" <= mark < "\U00012000"
    )
