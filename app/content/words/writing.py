"""Writes a question so that neither engine can misread it: every token is quoted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.content.words.querying import Question, Term


def fts5_match(asked: Sequence[Question]) -> str:
    """Write questions, of which an article meets one, for FTS5's MATCH."""
    # FTS5 takes an empty string for a mistake, an empty phrase for no hit.
    return _written(asked, _FTS5) or '""'


def tsquery(asked: Sequence[Question]) -> str:
    """Write them for PostgreSQL: `CAST(:query AS tsquery)`, not `to_tsquery`.

    Of a phrase it asks for all words, wherever they stand, and refuses none: what
    else it finds has to be looked through.
    """
    return _written(asked, _TSQUERY)


def term_in_tsquery(term: Term) -> str:
    """Write one term of a question for PostgreSQL."""
    marked = (_tsquery_token(each, in_title=term.in_title) for each in term.forms)
    return _joined(marked, " & " if term.is_phrase else " | ")


@dataclass(frozen=True)
class _Engine:
    every: str
    either: str
    without: str
    term: Callable[[Term], str]
    knows_phrases: bool


def _written(asked: Sequence[Question], engine: _Engine) -> str:
    return engine.either.join(_question(each, engine) for each in asked)


def _question(question: Question, engine: _Engine) -> str:
    groups = (
        _joined((_all(one, engine) for one in group), engine.either)
        for group in question.groups
    )
    wanted = _joined(groups, engine.every)
    refused = [
        _all(one, engine)
        for one in question.none_of
        if engine.knows_phrases or not any(term.is_phrase for term in one)
    ]
    if not refused:
        return wanted
    return f"({wanted}{engine.without}{_joined(refused, engine.either)})"


def _all(terms: Iterable[Term], engine: _Engine) -> str:
    return _joined(map(engine.term, terms), engine.every)


def _joined(parts: Iterable[str], by: str) -> str:
    several = list(parts)
    return f"({by.join(several)})" if len(several) > 1 else "".join(several)


def _fts5_term(term: Term) -> str:
    if term.is_phrase:
        written = f'"{" ".join(term.forms)}"'
    else:
        written = _joined(map(_fts5_token, term.forms), " OR ")
    return f"{{title}} : {written}" if term.in_title else written


def _fts5_token(token: str) -> str:
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def _tsquery_token(token: str, *, in_title: bool) -> str:
    is_beginning = token.endswith("*")
    marks = "*" * is_beginning + "A" * in_title
    plain = token[:-1] if is_beginning else token
    return f"'{plain}':{marks}" if marks else f"'{plain}'"


_FTS5 = _Engine(" AND ", " OR ", " NOT ", _fts5_term, knows_phrases=True)
_TSQUERY = _Engine(" & ", " | ", " & !", term_in_tsquery, knows_phrases=False)
