"""A timetable of what the clock has to do, and the account of what came of it.

The database is the judge: its clock says what was early, its log what was done.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Self
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.changes.log import ADVANCE, PUBLIC
from app.changes.models import Change
from app.delivery.store.models import Document
from app.kit.clock import database_now
from app.kit.db import Database
from app.newsroom.articles.models import Article
from tests.newsroom import Json, Newsroom

FAR = "2199-01-01T00:00:00Z"
PROBED_SECONDS = 0.02

Deed = Literal["publish", "lift", "expire"]
Event = tuple[str, str]


@dataclass
class Item:
    """One article, what the clock has to do with it, and when."""

    id: UUID
    deed: Deed
    due: datetime
    is_cancelled: bool = False

    @property
    def events_before(self) -> list[Event]:
        """What the log says of it until its time comes."""
        if self.is_cancelled:
            return []
        before: dict[Deed, list[Event]] = {
            "publish": [],
            "lift": [(ADVANCE, "article.embargoed")],
            "expire": [(PUBLIC, "article.published")],
        }
        return before[self.deed]

    @property
    def events(self) -> list[Event]:
        """What the log has to say of it, by stream."""
        if self.is_cancelled:
            return []
        released = [(PUBLIC, "article.published")]
        return {
            "publish": released,
            "lift": [
                (ADVANCE, "article.embargoed"),
                (ADVANCE, "article.published"),
                *released,
            ],
            "expire": [*released, (PUBLIC, "article.expired")],
        }[self.deed]


def write_down(newsroom: Newsroom, deed: Deed, number: int) -> Json:
    """Have an editor leave something to the clock, for a time that is far away."""
    draft = newsroom.draft(f"Item {number}", section="world")
    match deed:
        case "publish":
            return newsroom.schedule(draft, publish_at=FAR)
        case "lift":
            return newsroom.embargo(draft, until=FAR)
        case "expire":
            return newsroom.schedule(newsroom.publish(draft), expire_at=FAR)


def bring_near(
    database: Database,
    written: Sequence[tuple[Deed, Json]],
    *,
    first: float,
    gap: float,
) -> list[Item]:
    """Let the times come, one after the other, as if they had been far away once."""
    with database.write() as session:
        begin = database_now(session) + timedelta(seconds=first)
        items = [
            Item(UUID(article["id"]), deed, begin + timedelta(seconds=number * gap))
            for number, (deed, article) in enumerate(written)
        ]
        for item in items:
            column = "expire_at" if item.deed == "expire" else "publish_at"
            row = update(Article).where(Article.id == item.id)
            session.execute(row.values({column: item.due}))
    return items


class Watch:
    """A reader who looks all the time, and notes when each deed is seen first."""

    def __init__(self, database: Database, items: Sequence[Item]):
        self.seen: dict[UUID, datetime] = {}
        self._database = database
        self._items = items
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look_on)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def lateness(self) -> list[float]:
        """List after how many seconds each was seen, the smallest first."""
        known = [each for each in self._items if each.id in self.seen]
        return sorted((self.seen[each.id] - each.due).total_seconds() for each in known)

    def wait(self, seconds: float) -> None:
        """Wait until everything that is not cancelled was seen, but not for ever."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and any(
            each.id not in self.seen and not each.is_cancelled for each in self._items
        ):
            time.sleep(0.05)

    def _look_on(self) -> None:
        while not self._stopping.wait(PROBED_SECONDS):
            with self._database.read() as session:
                public = set(session.scalars(select(Document.id)))
                # After the look: what was seen was there by then, and not later.
                now = database_now(session)
            for item in self._items:
                if (item.id in public) != (item.deed == "expire"):
                    self.seen.setdefault(item.id, now)


def early(session: Session, items: Sequence[Item], watch: Watch) -> Iterator[str]:
    """Say what was seen or logged before its time."""
    rows = select(Change).where(Change.resource_id.in_([each.id for each in items]))
    logged: dict[UUID, datetime] = {}
    for row in session.scalars(rows.order_by(Change.position)):
        if row.stream == PUBLIC:
            logged[row.resource_id] = row.at
    for item in items:
        for what, at in (("seen", watch.seen), ("logged", logged)):
            if not item.is_cancelled and item.due > at.get(item.id, item.due):
                yield f"{what} {item.due - at[item.id]} early: {item}"


def done(session: Session, items: Sequence[Item]) -> Iterator[str]:
    """Say of which more is in the log than there was before their time."""
    told = _told(session, items)
    for item in items:
        if told[item.id] != Counter(item.events_before):
            yield f"{dict(told[item.id])}: {item}"


def _told(session: Session, items: Sequence[Item]) -> dict[UUID, Counter[Event]]:
    """Count what the log says of each."""
    told: dict[UUID, Counter[Event]] = {each.id: Counter() for each in items}
    rows = session.execute(select(Change.resource_id, Change.stream, Change.event))
    for about, stream, event in rows:
        if about in told:
            told[about][stream, event] += 1
    return told


def undone(session: Session, items: Sequence[Item]) -> Iterator[str]:
    """Say what was not done once, or not as of its time."""
    told = _told(session, items)
    by_id = {each.id: each for each in items}
    for article in session.scalars(select(Article).where(Article.id.in_(by_id))):
        item = by_id[article.id]
        if told[item.id] != Counter(item.events):
            yield f"{dict(told[item.id])}: {item}"
        public = session.get(Document, article.id) is not None
        if public != (item.deed != "expire" and not item.is_cancelled):
            yield f"public: {public}: {item}"
        if public and article.published_at != item.due:
            yield f"published at {article.published_at}: {item}"
