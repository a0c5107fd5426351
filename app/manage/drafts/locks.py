"""`/manage/v1/articles/{id}/lock`: who is at an article. It forbids nothing."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from app.access.callers import admitted
from app.kit.db import WriteSession
from app.manage import answers
from app.manage.answers import Ref
from app.manage.desks import LockDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.teamwork import locking
from app.newsroom.teamwork.locking import Colleague
from app.newsroom.teamwork.schemas import ArticleLockDetail, ArticleLockTake

router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    route_class=OnceRoute,
    responses=answers.EVERY | answers.CREATE | answers.READ,
)


def _colleague(request: Request) -> Colleague:
    caller = admitted(request)
    return Colleague(caller.key_id, caller.name)


Who = Annotated[Colleague, Depends(_colleague)]
"""The caller whom a desk before this one let in."""


@router.post("/lock")
def lock_article(
    desk: LockDesk,
    who: Who,
    session: OnceSession,
    article: Ref,
    data: ArticleLockTake,
) -> ArticleLockDetail:
    """Say that you are at an article, or say it again to stay; answers who is.

    Where somebody else holds the lock, that is the answer, and nothing changes. A
    lock ends by itself. It keeps nobody from saving, and the version stays.
    """
    row = references.get_for_update(session, Article, article)
    until = desk.now + timedelta(seconds=data.ttl_seconds)
    return locking.take(row, who, until=until, now=desk.now)


@router.delete("/lock", status_code=204)
def unlock_article(
    desk: LockDesk, who: Who, session: WriteSession, article: Ref
) -> None:
    """Give your lock back. Of somebody else's, 409 says so."""
    row = references.get_for_update(session, Article, article)
    locking.give_back(row, who, now=desk.now)
