"""What a reader may mean while still typing: people, sections, topics and stories."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import orjson
from fastapi import Query, Request
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.content.words.querying import Question, questions_so_far
from app.delivery import answers, reading
from app.delivery.filters import MAX_QUESTION
from app.delivery.searching import asking, matching
from app.delivery.searching.schemas import Suggestion, Suggestions
from app.delivery.store import keys
from app.delivery.store.documents import fold
from app.delivery.store.models import Document
from app.kit.numbers import PlainNumber
from app.kit.schemas import Input

SHORTEST = 3
"""How many characters the words of a headline are looked up by: with fewer of them
most of the index would be read."""

NAMED = ("section", "author", "tag")
_LAST = "\U0010ffff"


class SuggestFilters(Input):
    """What has been typed."""

    q: str = Field(max_length=MAX_QUESTION, description="What has been typed so far.")
    limit: PlainNumber = Field(
        default=8, ge=1, le=20, description="Suggestions, at most 20."
    )


SuggestQuery = Annotated[SuggestFilters, Query()]


def suggest(request: Request, session: Session, query: SuggestFilters) -> Response:
    """Answer names that begin so, and then stories whose headlines have the words."""
    position = reading.position(session)
    asked: list[Question] = []
    if len(query.q.strip()) >= SHORTEST:
        languages = asking.languages(session)
        asked = _in_headlines(questions_so_far(query.q, languages))
    found = [*_names(session, query), *_stories(session, asked, query.limit)]
    site_url = request.app.state.settings.site_url
    shown = [_shown(row, site_url) for row in found[: query.limit]]
    content = Suggestions(data=shown).model_dump_json().encode()
    named = [keys.ARTICLES, *map(keys.collection, NAMED)]
    return answers.answer(request, content, position=position, keys=named)


def _in_headlines(asked: Sequence[Question]) -> list[Question]:
    return [
        replace(
            question,
            groups=tuple(
                tuple(
                    tuple(replace(term, in_title=True) for term in one) for one in group
                )
                for group in question.groups
            ),
        )
        for question in asked
    ]


def _names(session: Session, query: SuggestFilters) -> Sequence[Document]:
    begins = fold(query.q.strip())
    if not begins:
        return []
    # Kinds in order: there are few sections, and many tags.
    return [
        row
        for kind in NAMED
        for row in session.scalars(
            select(Document)
            .where(
                Document.kind == kind,
                Document.label >= begins,
                Document.label < begins + _LAST,
            )
            .order_by(Document.label, Document.id)
            .limit(query.limit)
        )
    ]


def _stories(
    session: Session, asked: Sequence[Question], limit: int
) -> Sequence[Document]:
    if not asked:
        return []
    best = matching.best(session, asked, (), limit=limit)
    ordered = best.c.score.desc(), best.c.number.desc()
    return session.scalars(
        select(Document).join(best, best.c.id == Document.id).order_by(*ordered)
    ).all()


def _shown(row: Document, site_url: str) -> Suggestion:
    said = orjson.loads(row.summary)
    name = said["headline"] if row.kind == "article" else said["name"]
    made = {"kind": row.kind, "id": row.id, "name": name, "path": row.path}
    return Suggestion.model_validate(made | {"url": f"{site_url}{row.path}"})
