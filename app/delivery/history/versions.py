"""What readers got of an article earlier: its releases, and one as it was then.

The first SELECT is always that of the article itself. So what is withdrawn or
killed has no past either, and an old slug leads on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from fastapi import Request
from pydantic import JsonValue, TypeAdapter
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, load_only
from starlette.responses import Response

from app.content.blocks.element import Element
from app.content.blocks.reading import Block
from app.content.forms.html import to_html
from app.content.forms.markdown import to_markdown
from app.content.forms.text import to_text
from app.delivery import answers, linking, reading
from app.delivery.answers import ListPage
from app.delivery.history.schemas import ArticleVersion
from app.delivery.reading import SHORT_LIVED
from app.delivery.store import keys
from app.delivery.store.models import Version
from app.kit.errors import NotFound
from app.kit.pages import Paging, paginate, query_digest

Content = dict[str, JsonValue]

_FORMS: Mapping[str, Callable[[Sequence[Element]], str]] = {
    "html": to_html,
    "markdown": to_markdown,
    "text": to_text,
}
_BODY: TypeAdapter[list[Block]] = TypeAdapter(list[Block])


def list_all(request: Request, session: Session, ref: str, paging: Paging) -> Response:
    """Answer with a page of an article's releases, latest first."""
    found = reading.get(session, "article", ref)
    part = paginate(
        session,
        select(Version)
        .where(Version.article_id == found.id)
        .options(load_only(Version.at, Version.change, Version.note)),
        by=(Version.version,),
        key=lambda version: (version.version,),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(ArticleVersion.model_validate)
    items = [version.model_dump_json().encode() for version in shown.rows]
    return answers.listing(
        request,
        ListPage(items, part.next, paging.limit),
        keys=[keys.resource("article", found.id)],
        position=found.position,
    )


def get(request: Request, session: Session, ref: str, number: int) -> Response:
    """Answer with an article as it was at one of its releases."""
    found = reading.get(session, "article", ref)
    own = select(Version.detail).where(Version.article_id == found.id)
    detail = _one(session, own.where(Version.version == number))
    [content], linked = filled(session, [detail])
    return answers.answer(
        request,
        orjson.dumps(content),
        position=found.position,
        keys=[keys.resource("article", found.id), *linked],
    )


@dataclass(frozen=True)
class Past:
    """An earlier form of an article, and what its answer is made from."""

    content: bytes
    position: int
    keys: list[str]


def standing_at(session: Session, ref: str, at: datetime, *, form: str) -> Past:
    """Find an article as it stood at a time, its body in a form."""
    found = reading.get(session, "article", ref)
    own = select(Version.detail).where(Version.article_id == found.id)
    latest = own.where(Version.at <= at).order_by(Version.version.desc()).limit(1)
    [content], linked = filled(session, [_one(session, latest)])
    if form != "blocks":
        content |= {"body": [], f"body_{form}": _written(content["body"], form)}
    named = [keys.resource("article", found.id), *linked]
    return Past(orjson.dumps(content), found.position, named)


def filled(
    session: Session, details: Sequence[bytes]
) -> tuple[list[Content], list[str]]:
    """Show the articles that old bodies lead to as readers get them now.

    Other articles' words are kept in no version, so a link to what has been killed
    since is not there.
    """
    contents: list[Content] = [orjson.loads(detail) for detail in details]
    targets = sorted({each for one in contents for each in linking.targets(one)})
    bodies, named = linking.fill(session, details, targets)
    if targets:
        contents = [orjson.loads(body) for body in bodies]
    return contents, named


def _one(session: Session, statement: Select[bytes]) -> bytes:
    detail = session.scalar(statement)
    if detail is None:
        raise NotFound(headers=SHORT_LIVED)
    return detail


def _written(body: JsonValue, form: str) -> str:
    """Write stored blocks in another form, as their release did."""
    return _FORMS[form](_BODY.validate_python(body))
