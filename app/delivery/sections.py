"""The answers about sections: the tree, the flat list, one with its children."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Query, Request
from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.answers import ListPage
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.kit.schemas import Input

Branch = dict[str, Any]
Children = dict[UUID | None, list[tuple[UUID, Branch]]]


class SectionView(Input):
    """How the sections are arranged."""

    flat: bool = Field(
        default=False,
        strict=False,
        description="Whether to list all in one row instead of a tree.",
    )


SectionViewQuery = Annotated[SectionView, Query()]


def list_all(request: Request, session: Session, view: SectionView) -> Response:
    """Answer with every section, in the newspaper's order, as one page."""
    position = reading.position(session)
    children = _children(session)
    branches = _flat(children, None) if view.flat else _tree(children, None)
    items = [orjson.dumps(branch) for branch in branches]
    whole = ListPage(items, next=None, limit=len(items))
    return answers.listing(
        request, whole, keys=[keys.collection("section")], position=position
    )


def get(request: Request, session: Session, ref: str) -> Response:
    """Answer with one section and those directly below it."""
    found = reading.get(session, "section", ref.strip("/"))
    content, named = with_children(session, found.id, found.content)
    return answers.answer(request, content, position=found.position, keys=named)


def with_children(
    session: Session, section_id: UUID, content: bytes
) -> tuple[bytes, list[str]]:
    """Name in a section those directly below it, and the keys that they depend on."""
    below = [
        {"id": str(child_id), "path": f"/{key}", "name": orjson.loads(detail)["name"]}
        for child_id, key, detail in session.execute(
            select(Document.id, Document.key, Document.detail)
            .where(Document.kind == "section", Document.parent_id == section_id)
            .order_by(Document.ordinal, Document.label)
        )
    ]
    filled = orjson.dumps({**orjson.loads(content), "children": below})
    # A child that comes or goes changes this answer, and is named by the list.
    return filled, [keys.resource("section", section_id), keys.collection("section")]


def _children(session: Session) -> Children:
    children: Children = defaultdict(list)
    rows = session.execute(
        select(Document.id, Document.parent_id, Document.detail)
        .where(Document.kind == "section")
        .order_by(Document.ordinal, Document.label)
    )
    for section_id, parent_id, detail in rows:
        children[parent_id].append((section_id, orjson.loads(detail)))
    return children


def _tree(children: Children, parent_id: UUID | None) -> Sequence[Branch]:
    return [
        {**section, "children": _tree(children, section_id)}
        for section_id, section in children.get(parent_id, [])
    ]


def _flat(children: Children, parent_id: UUID | None) -> Iterator[Branch]:
    for section_id, section in children.get(parent_id, []):
        yield section
        yield from _flat(children, section_id)
