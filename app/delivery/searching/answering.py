"""The answer of `/v1/search`: articles as in their list, and where the words are."""

from collections.abc import Sequence
from typing import Annotated

import orjson
from fastapi import Query, Request
from pydantic import Field, JsonValue
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.content.words.querying import wanted_forms
from app.delivery import answers, filters, lists, reading
from app.delivery.filters import MAX_QUESTION, Filters, Order
from app.delivery.schemas.articles import ArticleHit
from app.delivery.searching import asking, marking, ranking
from app.delivery.searching.marking import Finds
from app.delivery.searching.ranking import Hit
from app.kit import fields
from app.kit.pages import query_digest


class SearchFilters(Filters):
    """What to find, and in which of the articles."""

    q: str = Field(
        max_length=MAX_QUESTION,
        description='Words to find, in any form; `"a phrase"`, `-not`, `this OR that`,'
        " `headline:word`. Any text is a question.",
    )
    order: Order = Field(default="relevance", description="The best first, or by time.")


SearchQuery = Annotated[SearchFilters, Query()]


def search(request: Request, session: Session, query: SearchFilters) -> Response:
    """Answer with one page of what was found."""
    wanted = fields.parse(query.fields, ArticleHit)
    groups = filters.groups(query)
    exclude = filters.ids(query.exclude, parameter="exclude") or []
    position = reading.position(session)
    asked = asking.asked(session, query.q)
    digest = query_digest(request)
    used, named = asking.narrowed(session, groups, asked)
    if query.order == "relevance":
        conditions = asking.conditions(groups, used, query, exclude)
        hits, following = ranking.page(
            session, asked, conditions, query, digest, whole=False
        )
    else:
        rows, following = lists.slice_of(session, used, query, digest, exclude=exclude)
        hits = ranking.hits(session, [row.id for row in rows], whole=False)
    total = None
    if query.total:
        total = lists.count(session, used, query, exclude=exclude)
    items = _items(hits, wanted_forms(asked))
    if wanted is not None:
        items = [fields.pick(item, wanted) for item in items]
    page = lists.written(items, following, query, total)
    return answers.listing(request, page, keys=named, position=position)


def _items(hits: Sequence[Hit], words: set[str]) -> list[bytes]:
    """Write hits as their list does, and where the words are in each."""
    summaries = [orjson.loads(hit.content) for hit in hits]
    finders = {
        language: marking.finder(words, language)
        for language in {summary["language"] for summary in summaries}
    }
    return [
        _item(summary, hit.text, finders[summary["language"]])
        for summary, hit in zip(summaries, hits, strict=True)
    ]


def _item(summary: dict[str, JsonValue], text: str, finds: Finds) -> bytes:
    headline, standfirst = summary["headline"], summary["standfirst"]
    highlights = {
        "headline": marking.marked(str(headline), finds),
        "standfirst": marking.marked(str(standfirst or ""), finds),
        "body": marking.piece(text, finds),
    }
    return orjson.dumps({**summary, "highlights": highlights})
