"""`POST /manage/v1/articles/{id}/…`: the verbs that readers notice."""

from fastapi import APIRouter, Response

from app.kit.preconditions import IfMatch, OptionalIfMatch
from app.manage import answers, changing
from app.manage.answers import Ref
from app.manage.desks import CorrectDesk, PublishDesk, RestoreDesk, WithdrawDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom.articles import views
from app.newsroom.articles.schemas import (
    ArticleCorrect,
    ArticleDetail,
    ArticlePublish,
    ArticleRestore,
    ArticleTakeDown,
)
from app.publishing import releasing
from app.publishing.releasing import Terms
from app.publishing.remedies import correcting

router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    route_class=OnceRoute,
    responses=answers.EVERY | answers.CHANGE,
)


@router.post("/publish")
def publish_article(
    response: Response,
    desk: PublishDesk,
    session: OnceSession,
    article: Ref,
    data: ArticlePublish,
    if_match: IfMatch,
) -> ArticleDetail:
    """Give readers the working content: all of it at once, or nothing."""
    row = changing.begin(session, article, if_match)
    terms = Terms(note=data.note, published_at=data.published_at, is_minor=data.minor)
    releasing.release(session, row, terms, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/correct")
def correct_article(
    response: Response,
    desk: CorrectDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleCorrect,
    if_match: IfMatch,
) -> ArticleDetail:
    """Correct what readers have, and say so: dated, in the story and in its list.

    `changes` are made to the released article and go out at once. Changes that are
    not released do not, and get the same correction for when they are.
    """
    row = changing.begin(session, article, if_match)
    correcting.correct(session, row, data, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/withdraw")
def withdraw_article(
    response: Response,
    desk: WithdrawDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleTakeDown,
    if_match: OptionalIfMatch,
) -> ArticleDetail:
    """Take an article from readers; its addresses answer 410 with the note."""
    row = changing.begin(session, article, if_match)
    releasing.withdraw(session, row, desk, reason=data.reason, note=data.note)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/restore")
def restore_article(
    response: Response,
    desk: RestoreDesk,
    session: OnceSession,
    article: Ref,
    _data: ArticleRestore,
    if_match: IfMatch,
) -> ArticleDetail:
    """Give readers back a withdrawn article as it was last released."""
    row = changing.begin(session, article, if_match)
    releasing.restore(session, row, desk)
    return answers.one(response, views.detail(row), version=row.version)
