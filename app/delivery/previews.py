"""The answer of a preview: one revision for whoever has its token, kept by nobody.

Unknown, expired and taken back are one and the same 404. No table of the newsroom is
read, so that a reading process needs no right to one.
"""

from datetime import datetime

from sqlalchemy.orm import Session
from starlette.responses import Response

from app.access import tokens
from app.delivery import articles
from app.delivery.articles import ArticleForm
from app.delivery.schemas.articles import ArticleDetail
from app.delivery.store import previews
from app.kit import fields
from app.kit.errors import NotFound

FOR_ONE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def get(session: Session, token: str, form: ArticleForm, *, now: datetime) -> Response:
    """Answer with the revision that a token opens."""
    wanted = fields.parse(form.fields, ArticleDetail)
    found = previews.find(session, tokens.digest(token), now=now)
    if found is None:
        raise NotFound(headers=FOR_ONE)
    bodies = {
        "html": found.body_html,
        "markdown": found.body_markdown,
        "text": found.body_text,
    }
    content, _ = articles.in_form(
        session,
        found.detail,
        found.linked,
        form=form.body,
        body=bodies.get(form.body),
    )
    if wanted is not None:
        content = fields.pick(content, wanted)
    return Response(content, media_type="application/json", headers=FOR_ONE)
