"""What differs between two releases, told field by field and block by block."""

from collections.abc import Mapping
from typing import Annotated, cast
from uuid import UUID

import orjson
from fastapi import Query, Request
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.content.comparing import Block, compare_blocks, compare_fields
from app.delivery import answers, reading
from app.delivery.history import versions
from app.delivery.history.schemas import ArticleDiff
from app.delivery.history.versions import Content
from app.delivery.store import keys
from app.delivery.store.models import Version
from app.kit.errors import Fault, Invalid
from app.kit.numbers import Ordinal

COMPARED = (
    "headline",
    "headlines",
    "kicker",
    "standfirst",
    "teaser",
    "byline",
    "slug",
    "type",
    "genre",
    "language",
    "access",
    "authors",
    "section",
    "sections",
    "tags",
    "lead_media",
    "sensitivity",
    "sponsorship",
    "rights",
    "links",
    "edition",
)
"""What an editor writes; the rest is made from it, or says which release it is."""

Earlier = Annotated[
    Ordinal | None,
    Query(alias="from", description="The earlier version; else the one before `to`."),
]
Later = Annotated[
    Ordinal | None, Query(alias="to", description="The later version; else the latest.")
]


def compare(
    request: Request,
    session: Session,
    ref: str,
    earlier: int | None,
    later: int | None,
) -> Response:
    """Answer with what became of an article between two of its releases."""
    found = reading.get(session, "article", ref)
    last = orjson.loads(found.content)["version"] if later is None else later
    first = max(last - 1, 1) if earlier is None else earlier
    details = _details(session, found.id, {"from": first, "to": last})
    [before, after], linked = versions.filled(session, [details[first], details[last]])
    diff = ArticleDiff(
        from_version=first,
        to_version=last,
        fields=compare_fields(_fields(before), _fields(after)),
        blocks=compare_blocks(_blocks(before), _blocks(after)),
    )
    return answers.answer(
        request,
        diff.model_dump_json().encode(),
        position=found.position,
        keys=[keys.resource("article", found.id), *linked],
    )


def _details(
    session: Session, article_id: UUID, asked: Mapping[str, int]
) -> dict[int, bytes]:
    """Read the versions that these parameters name; each has to be there."""
    rows = session.execute(
        select(Version.version, Version.detail).where(
            Version.article_id == article_id, Version.version.in_(asked.values())
        )
    )
    details = dict(rows.all())
    unknown = [name for name, number in asked.items() if number not in details]
    if unknown:
        raise Invalid(
            faults=[Fault(detail="There is no such version.", parameter=unknown[0])]
        )
    return details


def _fields(content: Content) -> dict[str, JsonValue]:
    # What was rendered long ago may lack a field that came later.
    return {name: content.get(name) for name in COMPARED}


def _blocks(content: Content) -> list[Block]:
    return cast("list[Block]", content["body"])
