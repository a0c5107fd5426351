"""Writing embargoed articles down for partners, and taking them back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.delivery.advance.models import AdvanceDocument
from app.delivery.store.documents import Rendering
from app.delivery.store.facets import FacetValue


def put(session: Session, made: Rendering, *, until: datetime) -> bool:
    """Store what partners get; answers whether that has changed."""
    document = session.get(AdvanceDocument, made.id)
    before = document and (document.etag, document.key, document.embargo_until)
    if document is None:
        document = AdvanceDocument(id=made.id, position=0)
        session.add(document)
    document.key = made.key
    document.embargo_until = until
    document.etag = made.etag
    document.shape = made.shape
    document.facets = sorted(map(_text, made.facets))
    document.linked = [str(each) for each in made.linked]
    document.summary = made.summary
    document.detail = made.detail
    document.body_html = made.body_html
    document.body_markdown = made.body_markdown
    document.body_text = made.body_text
    session.flush()
    return before != (made.etag, made.key, until)


def remove(session: Session, article_id: UUID) -> bool:
    """Take an article from partners; answers whether they had it."""
    document = session.get(AdvanceDocument, article_id)
    if document is None:
        return False
    session.delete(document)
    session.flush()
    return True


def stamp(session: Session, positions: Sequence[tuple[UUID, int]]) -> None:
    """Write into documents the position of their stream that last touched them."""
    for article_id, position in positions:
        session.execute(
            update(AdvanceDocument)
            .where(AdvanceDocument.id == article_id)
            .values(position=position)
        )


def naming(session: Session, facet: FacetValue) -> list[UUID]:
    """List the embargoed articles that will stand in a list. There are never many."""
    rows = session.execute(select(AdvanceDocument.id, AdvanceDocument.facets))
    return [article_id for article_id, facets in rows if _text(facet) in facets]


def of_other_shape(session: Session, shape: str, *, limit: int) -> list[UUID]:
    """List some that look other than they would be rendered now."""
    stale = select(AdvanceDocument.id).where(AdvanceDocument.shape != shape)
    return list(session.scalars(stale.order_by(AdvanceDocument.id).limit(limit)))


def count_of_other_shape(session: Session, shape: str) -> int:
    """Count those that look other than they would be rendered now."""
    counted = select(func.count()).select_from(AdvanceDocument)
    return session.scalar(counted.where(AdvanceDocument.shape != shape)) or 0


def _text(facet: FacetValue) -> str:
    return f"{facet.kind}:{facet.value}"
