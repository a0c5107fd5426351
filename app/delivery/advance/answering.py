"""The answers about embargoed articles: for one caller each, kept by nobody."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import orjson
from fastapi import Request
from sqlalchemy import null, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session
from starlette.responses import Response

from app.delivery import answers, articles
from app.delivery.advance.models import AdvanceDocument
from app.delivery.advance.schemas import AdvanceDetail
from app.delivery.answers import PRIVATE, ListPage
from app.delivery.articles import ArticleForm
from app.delivery.reading import parse_id
from app.kit import fields
from app.kit.errors import NotFound
from app.kit.pages import Paging, decode_cursor, encode_cursor, place, query_digest

_BODIES: Mapping[str, InstrumentedAttribute[str | None]] = {
    "html": AdvanceDocument.body_html,
    "markdown": AdvanceDocument.body_markdown,
    "text": AdvanceDocument.body_text,
}


def get(session: Session, ref: str, view: ArticleForm) -> Response:
    """Answer with one embargoed article."""
    wanted = fields.parse(view.fields, AdvanceDetail)
    row_id = parse_id(ref)
    row = session.execute(
        select(
            AdvanceDocument.embargo_until,
            AdvanceDocument.detail,
            AdvanceDocument.linked,
            _BODIES.get(view.body, null()),
        ).where(AdvanceDocument.id == row_id if row_id else AdvanceDocument.key == ref)
    ).one_or_none()
    if row is None:
        raise NotFound
    until, detail, linked, body = row
    content, _ = articles.in_form(session, detail, linked, form=view.body, body=body)
    content = _with_end(content, until)
    return _answer(content if wanted is None else fields.pick(content, wanted))


def list_page(request: Request, session: Session, paging: Paging) -> Response:
    """Answer with a page of what is embargoed, what ends first first."""
    digest = query_digest(request)
    by = (AdvanceDocument.embargo_until, AdvanceDocument.id)
    statement = select(*by, AdvanceDocument.summary)
    if paging.cursor is not None:
        after = decode_cursor(paging.cursor, digest, kinds=(datetime, UUID))
        statement = statement.where(tuple_(*by) > place(by, after))
    rows = session.execute(statement.order_by(*by).limit(paging.limit + 1)).all()
    shown = rows[: paging.limit]
    more = len(rows) > paging.limit
    page = ListPage(
        [_with_end(summary, until) for until, _, summary in shown],
        encode_cursor(tuple(shown[-1][:2]), digest) if more else None,
        paging.limit,
    )
    return _answer(*answers.written(request, page))


def _with_end(content: bytes, until: datetime) -> bytes:
    end = orjson.dumps({"embargo_until": until}, option=orjson.OPT_UTC_Z)
    return end[:-1] + b"," + content[1:]


def _answer(content: bytes, headers: Mapping[str, str] | None = None) -> Response:
    all_headers = {
        "ETag": f'"{answers.digest(content)}"',
        "Cache-Control": PRIVATE,
        "Vary": "Accept-Encoding, Authorization",
        "X-Content-Type-Options": "nosniff",
        **(headers or {}),
    }
    return Response(content, media_type="application/json", headers=all_headers)
