"""The answers about everything that is not an article: one by name, and all."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request
from pydantic import Field
from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.content.vocabularies import TagKind
from app.delivery import answers, reading
from app.delivery.answers import ListPage
from app.delivery.store import keys
from app.delivery.store.documents import fold
from app.delivery.store.models import Document
from app.kit.pages import Paging, decode_cursor, encode_cursor, place, query_digest

PageOfAll = Annotated[Paging, Query()]

Ref = Annotated[str, Path(description="Its id, or its slug, key or path.")]
"""Which resource: what never changes of it, or what people call it."""


class TagFilters(Paging):
    """Which tags."""

    q: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        description="The beginning of a word in the name; accents do not matter.",
    )
    kind: TagKind | None = Field(default=None, description="Only tags of this kind.")


TagQuery = Annotated[TagFilters, Query()]


def get(request: Request, session: Session, kind: str, ref: str) -> Response:
    """Answer with one resource."""
    found = reading.get(session, kind, ref)
    return answers.document(request, found, keys=[keys.resource(kind, found.id)])


def list_all(request: Request, session: Session, kind: str, paging: Paging) -> Response:
    """Answer with a page of all resources of a kind, by name."""
    statement = select(Document).where(Document.kind == kind)
    return _page(request, session, kind, statement, paging)


def list_tags(request: Request, session: Session, query: TagFilters) -> Response:
    """Answer with a page of tags."""
    statement = select(Document).where(Document.kind == "tag")
    if query.kind is not None:
        statement = statement.where(Document.subkind == query.kind)
    if query.q is not None:
        begins = fold(query.q)
        statement = statement.where(
            or_(
                Document.label.startswith(begins, autoescape=True),
                Document.label.contains(f" {begins}", autoescape=True),
            )
        )
    return _page(request, session, "tag", statement, query)


def _page(
    request: Request,
    session: Session,
    kind: str,
    statement: Select[Document],
    paging: Paging,
) -> Response:
    position = reading.position(session)
    digest = query_digest(request)
    by = (Document.label, Document.id)
    if paging.cursor is not None:
        after = decode_cursor(paging.cursor, digest, kinds=(str, UUID))
        statement = statement.where(tuple_(*by) > place(by, after))
    columns = statement.with_only_columns(Document.label, Document.id, Document.summary)
    ordered = columns.order_by(Document.label, Document.id).limit(paging.limit + 1)
    rows: list[tuple[str, UUID, bytes]] = [
        (label, row_id, content) for label, row_id, content in session.execute(ordered)
    ]
    shown = rows[: paging.limit]
    more = len(rows) > paging.limit
    page = ListPage(
        [content for _, _, content in shown],
        encode_cursor(shown[-1][:2], digest) if more else None,
        paging.limit,
    )
    named = [keys.collection(kind)]
    return answers.listing(request, page, keys=named, position=position)
