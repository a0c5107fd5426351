"""Turns what a reader types into a query that neither engine can misread.

The reader's language is unknown, each article was stemmed in its own: so the
words are put in every language asked for, and an article needs all the words in
any one of them. No operator gets through; every token is quoted.
"""

from collections.abc import Callable, Iterable, Sequence

from app.content.words.splitting import is_lone_character, words
from app.content.words.stemming import Forms, beginning, forms_in, primary

Clause = tuple[tuple[str, ...], ...]
"""Words that must all be there, each in any of its forms; `elec*` is a beginning."""

_MOST_WORDS = 16


def asked(text: str, languages: Sequence[str]) -> list[Clause]:
    """Give the clauses of which an article must meet one; none: nothing is asked."""
    return _distinct(_clause(text, primary(tag)) for tag in languages or ["und"])


def asked_so_far(text: str, languages: Sequence[str]) -> list[Clause]:
    """The same while the reader is typing: the last word may be a beginning."""
    if text[-1:].isspace():
        return asked(text, languages)
    return _distinct(_open_clause(text, primary(tag)) for tag in languages or ["und"])


def fts5_match(clauses: Sequence[Clause]) -> str:
    """Write clauses for FTS5's MATCH."""
    # FTS5 takes an empty string for a mistake, an empty phrase for no hit.
    return _query(clauses, " AND ", " OR ", _fts5_token) or '""'


def tsquery(clauses: Sequence[Clause]) -> str:
    """Write clauses for PostgreSQL: `CAST(:query AS tsquery)`, not `to_tsquery`."""
    return _query(clauses, " & ", " | ", _tsquery_token)


def _clause(text: str, language: str) -> Clause:
    forms = forms_in(language)
    said = words(text, language)[:_MOST_WORDS]
    return tuple(filter(None, [word_forms(word, forms) for word in said]))


def word_forms(word: str, forms: Forms) -> tuple[str, ...]:
    """Give the forms that find a word; one that ends in `*` is a beginning."""
    # The index has pairs: one character alone is asked for as the first of a pair.
    is_lone = is_lone_character(word)
    return (*forms(word), f"{beginning(word)}*") if is_lone else forms(word)


def _open_clause(text: str, language: str) -> Clause:
    clause = _clause(text, language)
    last = beginning(words(text, language)[:_MOST_WORDS][-1]) if clause else ""
    return (*clause[:-1], (*clause[-1], f"{last}*")) if last else clause


def _distinct(clauses: Iterable[Clause]) -> list[Clause]:
    return list(dict.fromkeys(filter(None, clauses)))


def _query(
    clauses: Sequence[Clause], every: str, either: str, write: Callable[[str], str]
) -> str:
    return either.join(
        f"({every.join(f'({either.join(map(write, word))})' for word in clause)})"
        for clause in clauses
    )


def _fts5_token(token: str) -> str:
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def _tsquery_token(token: str) -> str:
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"
