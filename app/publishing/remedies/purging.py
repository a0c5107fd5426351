"""Purging what was killed: no word of it is left in the newsroom either.

What stays is that there was something: the numbers of its revisions, who saved and
who released them and when, and the reason why it went.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import outcomes
from app.newsroom.articles import workflow
from app.newsroom.articles.models import Article
from app.newsroom.media.models import Media
from app.newsroom.revisions import purging
from app.publishing import opening
from app.publishing.desk import Desk


def purge(session: Session, article: Article, desk: Desk) -> Article:
    """Take all texts and pictures of an ended story out of the newsroom."""
    workflow.check(article, "purge")
    erase(session, article, desk)
    article.touch(desk.now, by=desk.by)
    return article


def erase(session: Session, article: Article, desk: Desk) -> None:
    """Empty a story that has just ended, and what was answered about it."""
    named = purging.media_named(session, article)
    opening.delete_own(session, article.id, named, desk)
    purging.empty(session, article)
    outcomes.forget(session, kind="articles", resource_id=article.id)
    _forget_media(session, named)


def _forget_media(session: Session, media_ids: Collection[UUID]) -> None:
    """Forget what was answered about media that are not there any more."""
    kept = set(session.scalars(select(Media.id).where(Media.id.in_(media_ids))))
    for media_id in set(media_ids) - kept:
        for kind in ("media", "uploads"):
            outcomes.forget(session, kind=kind, resource_id=media_id)
