"""What a reader may have meant whose words are nowhere: one letter away, and somewhere.

A word that no story has is tried with a letter left out, added, changed or swapped for
its neighbour. Which of these there are is asked of the index in one question, and the
stories that it names say how the word is written.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from operator import eq

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.words.folding import fold
from app.content.words.querying import Question, Term, questions
from app.content.words.stemming import forms_in, primary
from app.delivery.searching import asking, matching
from app.delivery.store.models import Document

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, LONGEST = 4, 20
MOST_WORDS = 3
ENDING = 2
"""So many letters at the end may decide what the stem of a word is."""
STORIES = 20
"""How many stories are looked through for how a word is written."""

_WORD = re.compile(r"[^\W\d_]+")
_TRIED = re.compile(rf"[a-z]{{{SHORTEST},{LONGEST}}}")
_READ = 20_000


def meant(session: Session, text: str, asked: Sequence[Question]) -> str | None:
    """Correct what nothing has; None where something has it, or nothing is nearer."""
    if asking.finds(session, asked):
        return None
    languages = asking.languages(session)
    corrected = text
    typed = [word[0] for word in _WORD.finditer(text)]
    for word in typed[:MOST_WORDS] if len(typed) <= MOST_WORDS else []:
        alone = questions(word, languages)
        if not alone or asking.finds(session, alone):
            continue
        better = _nearest(session, word, languages)
        if better is None:
            return None
        corrected = corrected.replace(word, better, 1)
    return None if corrected == text else corrected


def _nearest(session: Session, word: str, languages: Sequence[str]) -> str | None:
    """Find the word next to this one that most stories have."""
    typed = fold(word.lower())
    if not _TRIED.fullmatch(typed):
        return None
    neighbours = [each for each in _neighbours(typed) if each[0] != typed]
    near = {each for each, _ in neighbours}
    forms = {
        form
        for language in languages
        for form in _forms(typed, neighbours, primary(language))
    }
    # Of a short word an ending may be all there is.
    term = Term(tuple(sorted(filter(None, forms))))
    found = matching.ids(session, [Question((((term,),),))]).limit(STORIES)
    stories = session.execute(
        select(Document.label, Document.body_text).where(Document.id.in_(found))
    )
    counted = Counter(
        each
        for label, body in stories
        for each in _written(f"{label} {(body or '')[:_READ]}", near)
    )
    # Who misspells a word begins it right; then the commonest, then the alphabet.
    return min(
        counted,
        key=lambda each: (fold(each)[0] != typed[0], -counted[each], each),
        default=None,
    )


def _forms(
    typed: str, neighbours: Iterable[tuple[str, int]], language: str
) -> Iterator[str]:
    """Give the stems of the neighbours; where the end stays, as of the word itself.

    To stem a word takes forty times as long as all else that is done with it. A few
    stems come out otherwise than they would: what is found is looked at anyway.
    """
    stem_of = forms_in(language)
    stem = next(iter(stem_of(typed)), typed)
    shared = sum(takewhile(bool, map(eq, typed, stem)))
    cut, change = len(typed) - shared, stem[shared:]
    for near, place in neighbours:
        if place < len(typed) - ENDING:
            yield near[: len(near) - cut] + change
        else:
            yield from stem_of(near)


def _written(text: str, near: set[str]) -> Iterable[str]:
    """List, once each, the words of a story that are among these."""
    return {
        lower for word in _WORD.finditer(text) if fold(lower := word[0].lower()) in near
    }


def _neighbours(word: str) -> Iterator[tuple[str, int]]:
    """Give each word a letter away, and the last place at which it differs."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from ((f"{before}{letter}{after}", place) for letter in LETTERS)
        if after:
            yield f"{before}{after[1:]}", place
            yield from ((f"{before}{letter}{after[1:]}", place) for letter in LETTERS)
        if len(after) > 1:
            yield f"{before}{after[1]}{after[0]}{after[2:]}", place + 1
