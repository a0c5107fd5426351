"""Brings a word to the forms it is indexed under: its folded stem, or two.

The stemmers need the accents (French -ée, Polish -ów, Czech -ách), readers leave
them out. So a word is stemmed as it is written and as it is typed without
accents; where the results differ it has both forms, that without them last, and
either finds it.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol

import snowballstemmer  # type: ignore[import-untyped]

from app.content.words.folding import fold

Forms = Callable[[str], tuple[str, ...]]

# Stemming a word takes about 40 µs, remembering it 0.1 µs. So many words are all
# but a few in a hundred of a newspaper's running text, in about 10 MB a language.
_REMEMBERED = 65_536
# Longer ones are junk, and PostgreSQL refuses a lexeme beyond 2 KB.
_LONGEST = 40

# ISO 639 codes in the order that BCP 47 (RFC 5646, 2.2.1) prefers: the short ones.
_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  The library's name.


def primary(language: str) -> str:
    """Cut a BCP 47 tag down to its language: `en-GB` is `en`."""
    return language.replace("_", "-").partition("-")[0].lower()


def beginning(word: str) -> str:
    """Fold a word that may go on; as long as an indexed one at the most."""
    return fold(word[:_LONGEST])


def forms_in(language: str) -> Forms:
    """Give the function that forms this language's words; unknown: unstemmed."""
    return _forms_by(_ALGORITHMS.get(language))


@cache
def _forms_by(algorithm: str | None) -> Forms:
    @lru_cache(maxsize=_REMEMBERED)
    def forms(word: str) -> tuple[str, ...]:
        word = word[:_LONGEST]
        plain = fold(word)
        if algorithm is None:
            return _distinct(plain)
        if plain == word:
            return _distinct(_stem(word, algorithm))
        return _distinct(_stem(word, algorithm), _stem(plain, algorithm))

    return forms


def _stem(word: str, algorithm: str) -> str:
    # A stemmer keeps its word in itself, so that no two threads may share one. A
    # new one costs less than 1 µs, a lock would be contended.
    stemmer: _Stemmer = snowballstemmer.stemmer(algorithm)
    return fold(stemmer.stemWord(word))


def _distinct(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, forms)))
