"""The release loop: what the clock has made due is done, the longest due first.

Every server process and every worker runs it. Each article is claimed, judged by
the database's clock and released in one transaction, so that two processes and a
crash give one release and one row of the log.

Reference data that a time switches comes after the articles: see `switching`.
"""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.kit.clock import database_now
from app.kit.db import Database
from app.newsroom.articles.models import Article
from app.publishing import releasing
from app.publishing.desk import Desk
from app.publishing.site import Site
from app.publishing.timing import due, setbacks, switching

logger = logging.getLogger("broadsheet.clockwork")

LONGEST_WAIT_SECONDS = 1.0
BUSY_SECONDS = 0.05
LONGEST_NAME = 200


def run(database: Database, site: Site) -> float:
    """Do all that is due; answers in how many seconds to look again.

    What another process sets is noticed in a second, since nobody sleeps longer.
    """
    with database.read_primary() as session:
        now = database_now(session)
        waits = (
            due.seconds_to_next(session, now),
            switching.seconds_to_next(session, now),
        )
    wait = min(each for each in (*waits, LONGEST_WAIT_SECONDS) if each is not None)
    if wait > 0:
        return wait
    done = 0
    while _take_turn(database, site):
        done += 1
    while switching.take_turn(database, site):
        done += 1
    # Others may be at what is left; they may also be killed at it.
    return 0.0 if done else BUSY_SECONDS


def _take_turn(database: Database, site: Site) -> bool:
    """Do what has been due for longest; False when there is nothing to claim."""
    claimed: UUID | None = None
    try:
        with database.write() as session:
            now = database_now(session)
            article = due.claim(session, now)
            if article is None:
                return False
            claimed = article.id
            _act(session, article, now, site)
            setbacks.forget(session, claimed)
    except Exception as error:
        if claimed is None:
            raise
        logger.warning("article %s was due and failed", claimed, exc_info=True)
        with database.write() as session:
            setbacks.note(session, claimed, error, now=database_now(session))
    return True


def _act(session: Session, article: Article, now: datetime, site: Site) -> None:
    """Release it, take it back, or both where both times have passed.

    Then readers never get it, and the log says what became of it.
    """
    by = f"system (scheduled by {article.scheduled_by})"[:LONGEST_NAME]
    desk = Desk(now=now, by=by, site=site)
    if article.publish_at is not None and article.publish_at <= now:
        releasing.release_scheduled(session, article, desk)
        session.flush()
    if article.expire_at is not None and article.expire_at <= now:
        releasing.expire(session, article, desk)
