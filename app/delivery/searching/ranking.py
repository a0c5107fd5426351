"""The best answers to a question: what the index finds best, the new before the old.

The index weighs words, headlines more. Of its best, an article a year older than the
newest of them counts three quarters, a very old one half. As with what is related,
no clock has a say, so that an answer changes only when something is released.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Float, Subquery, func, select, type_coerce
from sqlalchemy.orm import Session

from app.content.words.querying import Question
from app.delivery.lists import Item
from app.delivery.searching import matching
from app.delivery.store.models import Document
from app.kit.pages import Paging, decode_cursor, encode_cursor

BEST = 1000
"""How many are ranked, and can be paged through."""

FADING = timedelta(days=365)


@dataclass(frozen=True)
class Hit(Item):
    """An article that was found, and the text to show the words in."""

    text: str


def page(
    session: Session,
    asked: Sequence[Question],
    conditions: Sequence[ColumnElement[bool]],
    paging: Paging,
    digest: bytes,
    *,
    whole: bool,
) -> tuple[list[Hit], str | None]:
    """Read one page of the best answers, and the cursor of the next.

    The cursor is a place in the ranking of the moment.
    """
    begin = 0
    if paging.cursor is not None:
        [place] = decode_cursor(paging.cursor, digest, kinds=(int,))
        assert isinstance(place, int)
        begin = max(0, place)
    end = begin + paging.limit
    best = matching.best(session, asked, conditions, limit=BEST)
    worth = best.c.score * _freshness(session, best)
    ranked = (
        select(best.c.id)
        .order_by(worth.desc(), best.c.score.desc(), best.c.number.desc())
        .offset(begin)
        .limit(paging.limit + 1)
    )
    found = session.scalars(ranked).all()
    following = encode_cursor((end,), digest) if len(found) > paging.limit else None
    return hits(session, found[: paging.limit], whole=whole), following


def _freshness(session: Session, best: Subquery) -> ColumnElement[float]:
    """Weigh the age of each: from 1 for the newest of the best down to one half."""
    newest = func.max(best.c.published_at).over()
    age = matching.seconds_before(session, best.c.published_at, newest)
    return type_coerce(0.5 + 0.5 / (1 + age / FADING.total_seconds()), Float)


def hits(session: Session, wanted: Sequence[UUID], *, whole: bool) -> list[Hit]:
    """Read these articles, in this order."""
    content = (Document.detail if whole else Document.summary).label("content")
    rows = session.execute(
        select(Document.id, content, Document.linked, Document.body_text).where(
            Document.id.in_(wanted)
        )
    )
    found = {row.id: Hit(row.content, row.linked, row.body_text or "") for row in rows}
    return [found[each] for each in wanted if each in found]
