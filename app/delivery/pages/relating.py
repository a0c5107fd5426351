"""What stands beside an article: the editors' picks, and what has most in common.

Of the newest articles in each of its lists the best come first, by

    (4 if an author is the same + 3 for each tag that is, at most three of them
     + 2 if the section is) ÷ (1 + days ÷ 30)

Days are counted back from the newest of them and not from now: the answer changes
only when something is released, and is the same wherever it is asked for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import orjson
from fastapi import Query, Request
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, articles, filters, reading
from app.delivery.answers import ListPage
from app.delivery.filters import ArticleFilters, Group
from app.delivery.pages import candidates
from app.delivery.pages.candidates import Candidate
from app.delivery.reading import Found
from app.delivery.store import facets, keys
from app.delivery.store.facets import FacetValue
from app.delivery.store.models import Document
from app.kit.errors import Fault, Invalid
from app.kit.pages import Paging

NEWEST = 50
"""How many of each list are looked at: what is older is hardly ever wanted."""

AUTHOR, TAG, SECTION = 4, 3, 2
MOST_TAGS = 3
FADING = timedelta(days=30)


class RelatedFilters(Paging):
    """Which articles may stand beside one."""

    by: Literal["editors", "author", "section", "tags"] | None = Field(
        default=None,
        description="The editors' picks, any of its authors, its section, or any of"
        " its tags. Without it: the picks, then what has most in common.",
    )
    exclude: str | None = Field(
        default=None,
        max_length=4000,
        description="At most 100 ids, comma-separated: those already on the page.",
    )


Beside = tuple[list[bytes], list[str]]
"""Summaries of articles, and the keys that these depend on."""

RelatedQuery = Annotated[RelatedFilters, Query()]


@dataclass(frozen=True)
class _Shared:
    """The lists an article stands in, as numbers, and how they are called."""

    authors: frozenset[int]
    tags: frozenset[int]
    section: frozenset[int]
    keys: list[str]

    @property
    def numbers(self) -> frozenset[int]:
        return self.authors | self.tags | self.section

    def weight(self, candidate: Candidate) -> int:
        """Weigh what another article has in common with this one."""
        tags = min(MOST_TAGS, len(self.tags & candidate.facets))
        return (
            AUTHOR * bool(self.authors & candidate.facets)
            + TAG * tags
            + SECTION * bool(self.section & candidate.facets)
        )


def related(
    request: Request, session: Session, ref: str, query: RelatedFilters
) -> Response:
    """Answer with the articles that belong beside one."""
    exclude = filters.ids(query.exclude, parameter="exclude") or []
    found = reading.get(session, "article", ref)
    if query.by is None or query.by == "editors":
        page, named = _one_page(session, found, query, exclude)
    else:
        page, named = _newest(request, session, found, query, [found.id, *exclude])
    named = [keys.resource("article", found.id), *named]
    return answers.listing(request, page, keys=named, position=found.position)


def _one_page(
    session: Session, found: Found, query: RelatedFilters, exclude: Sequence[UUID]
) -> tuple[ListPage, list[str]]:
    if query.cursor is not None:
        fault = Fault(detail="The best are one page.", parameter="cursor")
        raise Invalid(faults=[fault])
    limit = query.limit
    if query.by == "editors":
        items, named = _picked(session, found.id, limit=limit, exclude=exclude)
    else:
        items, named = best(
            session, found.id, found.content, limit=limit, exclude=exclude
        )
    return ListPage(items, None, limit), named


def _newest(
    request: Request,
    session: Session,
    found: Found,
    query: RelatedFilters,
    exclude: Sequence[UUID],
) -> tuple[ListPage, list[str]]:
    """Read the newest that share one thing with an article, page by page."""
    assert query.by is not None
    values = tuple(_values(found.content)[query.by])
    group = Group(query.by.removesuffix("s"), values, is_none_of=False)
    asked = ArticleFilters(limit=query.limit, cursor=query.cursor)
    return articles.read_page(
        request, session, asked, [group], exclude=exclude, whole=False
    )


def best(
    session: Session,
    article_id: UUID,
    content: bytes,
    *,
    limit: int,
    exclude: Sequence[UUID] = (),
) -> Beside:
    """Read the picks, and then what has most in common with an article."""
    picks, shared = _picks(session, article_id), _shared(session, content)
    left_out = list(dict.fromkeys([article_id, *exclude, *picks]))
    rest = candidates.newest_of_each(
        session, shared.numbers, limit=NEWEST, exclude=left_out
    )
    ranked = [each.id for each in _ranked(rest, shared)]
    found, named = _shown(session, picks, ranked[:limit], exclude)
    return found[:limit], [*shared.keys, *named]


def _picked(
    session: Session, article_id: UUID, *, limit: int, exclude: Sequence[UUID]
) -> Beside:
    found, named = _shown(session, _picks(session, article_id), [], exclude)
    return found[:limit], named


def _shown(
    session: Session,
    picks: Sequence[UUID],
    others: Sequence[UUID],
    exclude: Sequence[UUID],
) -> Beside:
    """Read those of both that are public, and name what picks depend on."""
    wanted = [each for each in picks if each not in exclude]
    summaries = candidates.summaries(session, [*wanted, *others])
    found = [summaries[each] for each in [*wanted, *others] if each in summaries]
    return found, keys.shown([("article", each) for each in wanted], summaries)


def _picks(session: Session, article_id: UUID) -> list[UUID]:
    chosen = select(Document.picks).where(Document.id == article_id)
    picks = [UUID(each) for each in session.scalars(chosen).one()]
    return [each for each in picks if each != article_id]


def _ranked(found: Collection[Candidate], shared: _Shared) -> list[Candidate]:
    """Put the best first; of two that are as good, the newer."""
    newest = max((each.published_at for each in found), default=None)

    def place(candidate: Candidate) -> tuple[float, datetime, UUID]:
        assert newest is not None
        fading = 1 + (newest - candidate.published_at) / FADING
        return shared.weight(candidate) / fading, candidate.published_at, candidate.id

    return sorted(found, key=place, reverse=True)


def _values(content: bytes) -> dict[str, list[str]]:
    summary = orjson.loads(content)
    return {
        "author": [author["id"] for author in summary["authors"]],
        "section": [summary["section"]["id"]],
        "tags": [tag["id"] for tag in summary["tags"]],
    }


def _shared(session: Session, content: bytes) -> _Shared:
    values = {
        by: [FacetValue(by.removesuffix("s"), each) for each in ids]
        for by, ids in _values(content).items()
    }
    every = [value for each in values.values() for value in each]
    numbers = facets.find(session, every)
    by = {
        name: frozenset(numbers[value] for value in each if value in numbers)
        for name, each in values.items()
    }
    named = keys.listings((value.kind, value.value) for value in every)
    return _Shared(by["author"], by["tags"], by["section"], named)
