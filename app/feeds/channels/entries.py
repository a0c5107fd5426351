"""The stories of a feed, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery import lists, naming
from app.delivery.filters import Filters
from app.delivery.store.models import Document
from app.feeds import stories
from app.feeds.channels.finding import Channel
from app.feeds.stories import Story
from app.kit.pages import query_digest

ENTRIES = 30
"""How many stories a page of a feed has; Flipboard asks for as many."""


@dataclass(frozen=True)
class Feed:
    """A page of a feed: its stories, where it begins, and the cursor of the next."""

    channel: Channel
    stories: Sequence[Story]
    cursor: str | None
    following: str | None
    keys: Sequence[str]

    @property
    def newest(self) -> datetime | None:
        """When the latest change of any of them was."""
        return max((each.updated_at for each in self.stories), default=None)


def read(
    request: Request, session: Session, channel: Channel, cursor: str | None
) -> Feed:
    """Read a page of stories, newest first."""
    used, named = naming.lists_of(session, channel.groups)
    rows, following = lists.slice_of(
        session,
        used,
        Filters(limit=ENTRIES, cursor=cursor),
        query_digest(request),
        exclude=[],
        whole=True,
    )
    htmls = _htmls(session, [row.id for row in rows])
    found = [stories.read(row.content, htmls.get(row.id)) for row in rows]
    return Feed(channel, found, cursor, following, [*channel.keys, *named])


def _htmls(session: Session, ids: Sequence[UUID]) -> dict[UUID, str | None]:
    rows = session.execute(
        select(Document.id, Document.body_html).where(Document.id.in_(ids))
    )
    return {row.id: row.body_html for row in rows}
