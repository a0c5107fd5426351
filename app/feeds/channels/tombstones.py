"""What has left a feed lately, so that its readers let go of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.changes.log import PUBLIC
from app.changes.models import Change
from app.delivery import naming
from app.delivery.store.models import Document
from app.feeds.channels.finding import Channel

LOOKED_THROUGH = 5_000
"""So many of the latest rows of the log are looked through."""
TOLD = 100

_ENDS = ("article.withdrawn", "article.expired", "article.killed", "article.legal")


@dataclass(frozen=True)
class Tombstone:
    """That an entry is gone, and since when; not what it was."""

    id: str
    at: datetime


def of_channel(session: Session, channel: Channel, position: int) -> list[Tombstone]:
    """List what was taken out of a feed, the latest first."""
    used, _ = naming.lists_of(session, channel.groups)
    ended = session.execute(
        select(Change.resource_id, Change.at, Change.facets_before)
        .outerjoin(Document, Document.id == Change.resource_id)
        .where(
            Change.stream == PUBLIC,
            Change.position > position - LOOKED_THROUGH,
            Change.event.in_(_ENDS),
            Document.id.is_(None),
        )
        .order_by(Change.position.desc())
    )
    stood = {
        resource_id: at
        for resource_id, at, before in reversed(ended.all())
        if _stood_there(before, used.driver)
    }
    newest = sorted(stood.items(), key=lambda one: one[1], reverse=True)[:TOLD]
    return [Tombstone(f"urn:uuid:{each}", at) for each, at in newest]


def _stood_there(before: Sequence[int], lists: frozenset[int]) -> bool:
    return not lists.isdisjoint(before)
