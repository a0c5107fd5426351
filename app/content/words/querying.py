"""Reads what a person types as a question: words, "phrases", -not, OR, headline:words.

Whatever is typed is a question: a quote without an end ends where the text does, an
OR between nothing joins nothing, a minus alone is nothing. The reader's language is
unknown, each article was stemmed in its own: so a question is read in every language
asked for, and an article needs what one of these readings asks for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.content.words.splitting import is_lone_character, words
from app.content.words.stemming import Forms, beginning, forms_in, primary

MOST_WORDS = 16

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PIECE = re.compile(r'(-?)(headline:)?(?:"([^"]*)"?|([^\s"]+))', re.IGNORECASE)
_OR = "OR"


@dataclass(frozen=True)
class Term:
    """One word in any of its forms, or a phrase of several tokens as they stand.

    A form that ends in `*` is a beginning.
    """

    forms: tuple[str, ...]
    is_phrase: bool = False
    in_title: bool = False


All = tuple[Term, ...]
"""Terms that must all be there."""


@dataclass(frozen=True)
class Question:
    """What an article needs: one of each group, and none of the others."""

    groups: tuple[tuple[All, ...], ...]
    none_of: tuple[All, ...] = ()

    @property
    def has_phrases(self) -> bool:
        """Whether words have to stand together anywhere in it."""
        every = [one for group in self.groups for one in group]
        return any(term.is_phrase for one in (*every, *self.none_of) for term in one)


def questions(text: str, languages: Sequence[str]) -> list[Question]:
    """Read a text in each of these languages; none: nothing is asked for.

    What is not wanted is not wanted in any of them.
    """
    plain = text.translate(_QUOTES)
    read = [_question(plain, primary(tag)) for tag in languages or ["und"]]
    refused = tuple(dict.fromkeys(one for each in read for one in each.none_of))
    wanted = dict.fromkeys(each.groups for each in read if each.groups)
    return [Question(groups, refused) for groups in wanted]


def questions_so_far(text: str, languages: Sequence[str]) -> list[Question]:
    """Read the same while it is typed: the last word may be a beginning."""
    read = questions(text, languages)
    typed, last = words(text, "und"), text.rpartition(" ")[2]
    if not typed or len(typed) > MOST_WORDS or last == _OR or not last.isalnum():
        return read
    last = beginning(typed[-1])
    return list(dict.fromkeys(_opened(each, f"{last}*") for each in read))


def _opened(question: Question, open_form: str) -> Question:
    *groups, last = question.groups
    *others, one = last
    *terms, term = one
    if term.is_phrase or question.none_of:
        return question
    opened = replace(term, forms=(*term.forms, open_form))
    return Question((*groups, (*others, (*terms, opened))))


def wanted_forms(asked: Iterable[Question]) -> set[str]:
    """List the tokens that a hit may have been found by."""
    return {
        form
        for question in asked
        for group in question.groups
        for one in group
        for term in one
        for form in term.forms
    }


def _question(text: str, language: str) -> Question:
    groups: list[tuple[All, ...]] = []
    none_of: list[All] = []
    joins = False
    for is_not, terms in _pieces(text, language):
        if terms is None:
            joins = bool(groups)
        elif is_not:
            none_of.append(terms)
            joins = False
        elif joins:
            groups[-1] = (*groups[-1], terms)
            joins = False
        else:
            groups.append((terms,))
    return Question(tuple(groups), tuple(none_of))


def _pieces(text: str, language: str) -> Iterator[tuple[bool, All | None]]:
    """Take a text apart; an OR is a piece without terms."""
    left = MOST_WORDS
    for minus, field, phrase, plain in _PIECE.findall(text):
        if plain == _OR and not minus and not field:
            yield False, None
            continue
        in_title = bool(field)
        terms = (
            _words(plain, language, in_title=in_title)
            if plain
            else _phrase(phrase, language, in_title=in_title)
        )
        if terms and left > 0:
            left -= len(terms)
            yield bool(minus), terms


def _words(text: str, language: str, *, in_title: bool) -> All:
    forms = forms_in(language)
    found = (_forms(word, forms) for word in words(text, language)[:MOST_WORDS])
    return tuple(Term(each, in_title=in_title) for each in found if each)


def _phrase(text: str, language: str, *, in_title: bool) -> All:
    spoken = words(text, language)[:MOST_WORDS]
    # As the index has them in their places: without accents.
    found = tuple(each[-1] for each in map(forms_in(language), spoken) if each)
    if len(found) < 2:
        return _words(text, language, in_title=in_title)
    return (Term(found, is_phrase=True, in_title=in_title),)


def _forms(word: str, forms: Forms) -> tuple[str, ...]:
    # The index has pairs: one character alone is asked for as the first of a pair.
    is_lone = is_lone_character(word)
    return (*forms(word), f"{beginning(word)}*") if is_lone else forms(word)
