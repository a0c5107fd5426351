"""Burying an article: what a kill takes that a withdrawal leaves where it is.

The stored versions and the previews go, and the texts of its addresses, since a slug
is a headline. The addresses go on answering, found by their digests.
"""

from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.delivery.store import documents, previews
from app.delivery.store.documents import Removed
from app.delivery.store.models import Address, Version


def bury(
    session: Session, article_id: UUID, *, reason: str, note: str | None
) -> Removed:
    """Take an article from readers with all that was ever kept of it here."""
    removed = documents.remove(session, article_id, reason=reason, note=note)
    session.execute(delete(Version).where(Version.article_id == article_id))
    previews.revoke(session, article_id)
    own = Address.resource_id == article_id
    session.execute(update(Address).where(own).values(text=None))
    return removed
