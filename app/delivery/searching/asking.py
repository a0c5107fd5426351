"""From what a reader types to what the index is asked, in every language there is."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.content.words.querying import Question, questions
from app.content.words.stemming import primary
from app.delivery import lists, naming
from app.delivery.filters import Filters, Group
from app.delivery.lists import Lists
from app.delivery.searching import matching
from app.delivery.store.models import Facet


def asked(session: Session, text: str) -> list[Question]:
    """Read a question in the languages of the articles: each was stemmed in its own."""
    return questions(text, languages(session))


def finds(session: Session, asked: Sequence[Question]) -> bool:
    """Tell whether any article at all has what is asked for."""
    found = matching.ids(session, asked).limit(1)
    return bool(asked) and session.scalars(found).first() is not None


def languages(session: Session) -> list[str]:
    """List the languages that articles are in, or have been."""
    tags = session.scalars(select(Facet.value).where(Facet.kind == "language"))
    return sorted({primary(tag) for tag in tags})


def narrowed(
    session: Session, groups: Sequence[Group], asked: Sequence[Question] | None
) -> tuple[Lists, list[str]]:
    """Find the lists to look in, and the keys of the answer; None: all matches."""
    used, named = naming.lists_of(session, groups)
    if asked is not None:
        used = replace(used, matching=matching.ids(session, asked))
    return used, named


def conditions(
    groups: Sequence[Group], used: Lists, filters: Filters, exclude: Sequence[UUID]
) -> Sequence[ColumnElement[bool]]:
    """Write what an article has to be besides a match; nothing: it is any."""
    drives = any(not group.is_none_of for group in groups)
    return lists.conditions_on_documents(used, filters, exclude, drives=drives)
