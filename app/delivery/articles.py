"""The answers about articles: one, a list, and what stands beside one."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from fastapi import Query, Request
from pydantic import Field
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, filters, linking, lists, naming, reading
from app.delivery.advertising import answering as advertising
from app.delivery.advertising import catalogue
from app.delivery.advertising.answering import WithAds
from app.delivery.answers import ListPage
from app.delivery.filters import ArticleFilters, Group
from app.delivery.history import versions
from app.delivery.lists import Item
from app.delivery.reading import BodyColumn
from app.delivery.schemas.articles import ArticleDetail, ArticleSummary
from app.delivery.searching import asking, ranking
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.kit import fields
from app.kit.errors import Fault, Invalid
from app.kit.pages import query_digest
from app.kit.schemas import Input, Moment

BodyForm = Literal["blocks", "html", "markdown", "text"]


class ArticleForm(Input):
    """In which form one article is answered."""

    body: BodyForm = Field(
        default="blocks",
        description="The form of the body; but for blocks, `body` is left empty.",
    )
    fields: str | None = Field(
        default=None,
        max_length=2000,
        description="Only these fields: `headline,section.name,authors.name`.",
    )


class ArticleView(ArticleForm, WithAds):
    """In which form one article is answered, as of when, and with what beside it."""

    at: Moment | None = Field(
        default=None,
        description="As it stood at this time; before its first release: 404.",
    )


_COLUMNS: dict[str, BodyColumn] = {
    "html": Document.body_html,
    "markdown": Document.body_markdown,
    "text": Document.body_text,
}

ArticleFormQuery = Annotated[ArticleForm, Query()]
ArticleViewQuery = Annotated[ArticleView, Query()]


def get(request: Request, session: Session, ref: str, view: ArticleView) -> Response:
    """Answer with one article."""
    wanted = fields.parse(view.fields, ArticleDetail)
    has_ads = _has_ads(view)
    if view.at is not None:
        return _earlier(request, session, ref, view, wanted)
    found = reading.get(session, "article", ref, body=_COLUMNS.get(view.body))
    content, linked = in_form(
        session, found.content, found.linked, form=view.body, body=found.body
    )
    if wanted is not None:
        content = fields.pick(content, wanted)
    named = [keys.resource("article", found.id), *linked]
    if has_ads:
        content = advertising.beside(request, session, found.content, content, view)
        named += catalogue.NAMED
        # They change when the article does not.
        return answers.answer(request, content, position=found.position, keys=named)
    return answers.document(request, found, keys=named, content=content)


def glance(request: Request, connection: Connection, ref: str) -> Response | None:
    """Answer with an article as it lies there; None where that would not be all."""
    found = reading.find(connection, "article", ref)
    if found is None or found.linked:
        return None
    named = [keys.resource("article", found.id)]
    return answers.document(request, found, keys=named)


def _has_ads(view: ArticleView) -> bool:
    """Tell whether advertisements are asked for, where there can be any."""
    if view.ads and view.body != "blocks":
        fault = Fault(detail="Only a body of blocks takes slots.", parameter="ads")
        raise Invalid(faults=[fault])
    has_ads = bool(view.ads or view.include)
    if has_ads and view.at is not None:
        fault = Fault(detail="What was earlier carries none now.", parameter="at")
        raise Invalid(faults=[fault])
    return has_ads


def _earlier(
    request: Request,
    session: Session,
    ref: str,
    view: ArticleView,
    wanted: fields.Wanted | None,
) -> Response:
    """Answer with the article as it stood at a time."""
    assert view.at is not None
    past = versions.standing_at(session, ref, view.at, form=view.body)
    content = past.content if wanted is None else fields.pick(past.content, wanted)
    return answers.answer(request, content, position=past.position, keys=past.keys)


def in_form(
    session: Session,
    content: bytes,
    linked: Sequence[str],
    *,
    form: BodyForm,
    body: str | None,
) -> tuple[bytes, list[str]]:
    """Give an article its body in a form, and the keys of what that leads to."""
    if form == "blocks":
        [filled], named = linking.fill(session, [content], linked)
        return filled, named
    whole: dict[str, Any] = orjson.loads(content)
    return orjson.dumps({**whole, "body": [], f"body_{form}": body}), []


def list_page(request: Request, session: Session, query: ArticleFilters) -> Response:
    """Answer with one page of a list."""
    wanted = fields.parse(query.fields, ArticleDetail)
    groups = filters.groups(query)
    whole = _needs_whole(wanted)
    if query.order == "relevance" and query.q is None:
        fault = Fault(detail="Without q nothing is relevant.", parameter="order")
        raise Invalid(faults=[fault])
    position = reading.position(session)
    batch = filters.ids(query.ids, parameter="ids")
    if batch is not None:
        if query.cursor is not None:
            fault = Fault(detail="A batch of ids is one page.", parameter="cursor")
            raise Invalid(faults=[fault])
        page, named = _batch(session, query, groups, batch, whole=whole)
    else:
        exclude = filters.ids(query.exclude, parameter="exclude") or []
        page, named = read_page(
            request, session, query, groups, exclude=exclude, whole=whole
        )
    if wanted is not None:
        picked = [fields.pick(item, wanted) for item in page.items]
        page = ListPage(picked, page.next, page.limit, page.total, page.total_is_capped)
    return answers.listing(request, page, keys=named, position=position)


def read_page(
    request: Request,
    session: Session,
    query: ArticleFilters,
    groups: Sequence[Group],
    *,
    exclude: Sequence[UUID],
    whole: bool,
) -> tuple[ListPage, list[str]]:
    """Read one page of the articles that pass, and the keys that it depends on."""
    digest = query_digest(request)
    asked = asking.asked(session, query.q) if query.q is not None else None
    used, named = asking.narrowed(session, groups, asked)
    rows: Sequence[Item]
    if asked is not None and query.order == "relevance":
        conditions = asking.conditions(groups, used, query, exclude)
        rows, following = ranking.page(
            session, asked, conditions, query, digest, whole=whole
        )
    else:
        rows, following = lists.slice_of(
            session, used, query, digest, exclude=exclude, whole=whole
        )
    total = None
    if query.total:
        total = lists.count(session, used, query, exclude=exclude)
    items, linked = _items(session, rows, whole=whole)
    return lists.written(items, following, query, total), [*named, *linked]


def _batch(
    session: Session,
    query: ArticleFilters,
    groups: Sequence[Group],
    batch: Sequence[UUID],
    *,
    whole: bool,
) -> tuple[ListPage, list[str]]:
    """Answer with the articles of a list of ids that pass the other filters."""
    asked = asking.asked(session, query.q) if query.q is not None else None
    used, _ = asking.narrowed(session, groups, asked)
    exclude = filters.ids(query.exclude, parameter="exclude") or []
    rows = lists.by_ids(session, batch, used, query, exclude=exclude, whole=whole)
    items, linked = _items(session, rows, whole=whole)
    total = len(items) if query.total else None
    capped = False if query.total else None
    wanted = keys.resources([("article", each) for each in batch])
    page = ListPage(items, None, query.limit, total, capped)
    return page, [*wanted, *naming.names(groups), *linked]


def _items(
    session: Session, rows: Sequence[Item], *, whole: bool
) -> tuple[list[bytes], list[str]]:
    """Give the bytes of each row, and the keys of the articles its body leads to."""
    if not whole:
        return [row.content for row in rows], []
    linked = sorted({each for row in rows for each in row.linked})
    return linking.fill(session, [row.content for row in rows], linked)


def _needs_whole(wanted: fields.Wanted | None) -> bool:
    return (
        wanted is not None and not wanted.keys() <= ArticleSummary.model_fields.keys()
    )
