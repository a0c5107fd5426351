"""`POST /manage/v1/articles/{id}/kill`, `/legal` and `/purge`: the end of a story."""

from fastapi import APIRouter, Response

from app.kit.preconditions import IfMatch, OptionalIfMatch
from app.manage import answers, changing
from app.manage.answers import Ref
from app.manage.desks import KillDesk, LegalDesk, PurgeDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom.articles import views
from app.newsroom.articles.schemas import (
    ArticleDetail,
    ArticleKill,
    ArticlePurge,
    ArticleTakeDown,
)
from app.publishing.remedies import killing, purging
from app.publishing.remedies.killing import Grounds

router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    route_class=OnceRoute,
    responses=answers.EVERY | answers.CHANGE,
)


@router.post("/kill")
def kill_article(
    response: Response,
    desk: KillDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleKill,
    if_match: OptionalIfMatch,
) -> ArticleDetail:
    """Take a story from everybody, at once and for good.

    Its addresses answer 410 with the note; stored versions, schedule and embargo
    are gone. What readers never had answers 404, as if it had never been. With
    `purge` the newsroom keeps no word of it either.
    """
    row = changing.begin(session, article, if_match)
    grounds = Grounds(reason=data.reason, note=data.note)
    killing.end(session, row, "kill", grounds, desk)
    if data.purge:
        purging.erase(session, row, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/legal")
def withhold_article(
    response: Response,
    desk: LegalDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleTakeDown,
    if_match: OptionalIfMatch,
) -> ArticleDetail:
    """Withhold a story for legal reasons: as `kill`, but it answers 451."""
    row = changing.begin(session, article, if_match)
    grounds = Grounds(reason=data.reason, note=data.note)
    killing.end(session, row, "legal", grounds, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/purge")
def purge_article(
    response: Response,
    desk: PurgeDesk,
    session: OnceSession,
    article: Ref,
    _data: ArticlePurge,
    if_match: IfMatch,
) -> ArticleDetail:
    """Empty every revision of a story that was killed or withheld, for good.

    Their numbers stay, who saved them and when, and the reason why it went.
    """
    row = changing.begin(session, article, if_match)
    purging.purge(session, row, desk)
    return answers.one(response, views.detail(row), version=row.version)
