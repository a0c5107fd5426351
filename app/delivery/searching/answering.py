"""The answer of `/v1/search`: articles as in their list, and where the words are."""

from collections.abc import Sequence
from dataclasses import replace
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
from app.delivery.searching import asking, correcting, counting, marking, ranking
from app.delivery.searching.marking import Finds
from app.delivery.searching.ranking import Hit
from app.delivery.store import keys
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
    facets: str | None = Field(
        default=None,
        max_length=100,
        description="How what was found is spread, comma-separated: `section`,"
        " `author`, `tag`, `type`, `year`.",
    )


SearchQuery = Annotated[SearchFilters, Query()]


def search(request: Request, session: Session, query: SearchFilters) -> Response:
    """Answer with one page of what was found."""
    wanted = fields.parse(query.fields, ArticleHit)
    groups = filters.groups(query)
    facets = counting.names(query.facets)
    exclude = filters.ids(query.exclude, parameter="exclude") or []
    position = reading.position(session)
    asked = asking.asked(session, query.q)
    digest = query_digest(request)
    used, named = asking.narrowed(session, groups, asked)
    conditions = asking.conditions(groups, used, query, exclude)
    if query.order == "relevance":
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
    told: dict[str, object] = {"did_you_mean": None}
    if not hits and query.cursor is None:
        told["did_you_mean"] = correcting.meant(session, query.q, asked)
        named = [*named, keys.ARTICLES]
    if facets:
        counts, shown = counting.counted(session, used, conditions, facets)
        told["facets"] = counts
        named = [*named, *shown]
    page = replace(lists.written(items, following, query, total), told=told)
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
