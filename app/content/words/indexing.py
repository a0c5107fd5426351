"""Makes the tokens of a text, and of tokens what each engine stores.

A token is of a-z and 0-9, or of letters that are not Latin: no space, quote or
operator of either engine can be in one.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Literal

from app.content.words.splitting import words
from app.content.words.stemming import forms_in, primary

Weight = Literal["A", "B", "C", "D"]
"""How much a field counts in PostgreSQL's ranking; A is the most."""

FTS5_TOKENIZER = "ascii"
"""The `tokenize` of the FTS5 table: it leaves everything beyond ASCII alone."""

# A tsvector holds at most 1 MiB (PostgreSQL docs, 12.11). A token takes up to four
# bytes a character and eight around it, which allows about 30,000 words. What goes
# beyond is left out on both engines, so that both find the same.
_ROOM = 900_000
_AROUND = 8


def tokens(text: str, language: str) -> list[str]:
    """List what a text is found by, in its order; `language` is a BCP 47 tag.

    A word whose accents change its stem gives two tokens: in its place the one
    without accents, so that phrases are found however they are typed, and the other
    after the end of the text. To ask for words, use `questions`, which takes either
    for a hit.
    """
    code = primary(language)
    forms = [each for each in map(forms_in(code), words(text, code)) if each]
    others = chain.from_iterable(each[:-1] for each in forms)
    found = [*(each[-1] for each in forms), *others]
    cost = 4 * sum(map(len, found)) + _AROUND * len(found)
    return found if cost <= _ROOM else _that_fit(found)


def index_text(text: str, language: str) -> str:
    """Give the tokens as one text for FTS5, which splits it at the spaces."""
    return " ".join(tokens(text, language))


def tsvector(fields: Sequence[tuple[Weight, Sequence[str]]]) -> str:
    """Write the tokens of some fields as the text of a PostgreSQL tsvector.

    Bind it as text and cast it: `CAST(:vector AS tsvector)`, not `to_tsvector`.
    """
    places: dict[str, list[str]] = defaultdict(list)
    first = 1
    for weight, found in fields:
        for position, token in enumerate(found, start=first):
            places[token].append(f"{position}{weight}")
        # The gap keeps a phrase from reaching out of one field into the next.
        first += len(found) + 1
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())


def _that_fit(found: list[str]) -> list[str]:
    room = _ROOM
    for count, token in enumerate(found):
        room -= 4 * len(token) + _AROUND
        if room < 0:
            return found[:count]
    return found
