"""Giving released articles the path that their section has now.

An article's path is fixed at its first release, and a section that moves takes none
with it: links stay what they were. This is the explicit act. Old paths answer 308.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.store.addresses import AddressTaken
from app.kit.db import Database
from app.newsroom.articles import editing
from app.newsroom.articles.models import Article
from app.newsroom.sections.models import Section
from app.publishing import rerendering
from app.publishing.desk import Desk

BATCH = 100

Pause = Callable[[float], object]


@dataclass(frozen=True)
class Move:
    """An article that stands elsewhere than its section, and where it belongs."""

    article_id: UUID
    path: str
    home: str


def misplaced(database: Database) -> Iterator[Move]:
    """Find the published articles that do not stand below their section's path."""
    after: UUID | None = None
    while True:
        with database.read_primary() as session:
            articles = _published(session, after)
            moves = [_move_of(session, article) for article in articles]
        yield from (move for move in moves if move.home != move.path)
        if len(articles) < BATCH:
            return
        after = articles[-1].id


def repath(
    database: Database,
    moves: Sequence[Move],
    desk: Callable[[], Desk],
    *,
    pause: Pause = time.sleep,
) -> Iterator[tuple[Move, bool]]:
    """Move one article after the other; tells of each whether its path was free.

    Each is a transaction of its own, with a pause as long after it, so that nothing
    urgent waits behind them.
    """
    for move in moves:
        started = time.monotonic()
        try:
            with database.write() as session:
                _move(session, move.article_id, desk())
        except AddressTaken:
            yield move, False
        else:
            yield move, True
        pause(min(time.monotonic() - started, 1.0))


def _published(session: Session, after: UUID | None) -> Sequence[Article]:
    statement = select(Article).where(Article.state == "published")
    if after is not None:
        statement = statement.where(Article.id > after)
    return session.scalars(statement.order_by(Article.id).limit(BATCH)).all()


def _move_of(session: Session, article: Article) -> Move:
    """Say where an article belongs by the revision that readers have."""
    assert article.path
    [snapshot] = editing.released(session, article)
    section = session.get_one(Section, snapshot.section)
    return Move(article.id, article.path, f"/{section.path}/{snapshot.slug}")


def _move(session: Session, article_id: UUID, desk: Desk) -> None:
    article = session.get(Article, article_id, with_for_update=True)
    if article is None or article.state != "published":
        return
    article.path = _move_of(session, article).home
    article.touch(desk.now, by=desk.by)
    session.flush()
    rerendering.store(session, [article_id], {}, desk)
