"""`POST /manage/v1/articles/{id}/…`: the verbs that only the newsroom notices."""

from fastapi import APIRouter, Response

from app.kit.preconditions import IfMatch
from app.manage import answers, changing
from app.manage.answers import Ref
from app.manage.desks import RevertDesk, SubmitDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom.articles import views
from app.newsroom.articles.schemas import ArticleDetail, ArticleSubmit
from app.newsroom.revisions import reverting
from app.newsroom.revisions.schemas import ArticleRevert
from app.newsroom.teamwork import submitting

router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    route_class=OnceRoute,
    responses=answers.EVERY | answers.CHANGE,
)


@router.post("/submit")
def submit_article(
    response: Response,
    desk: SubmitDesk,
    session: OnceSession,
    article: Ref,
    _data: ArticleSubmit,
    if_match: IfMatch,
) -> ArticleDetail:
    """Hand a draft in, to be read by whoever publishes."""
    row = changing.begin(session, article, if_match)
    submitting.submit(row, by=desk.by, now=desk.now)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/revert")
def revert_article(
    response: Response,
    desk: RevertDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleRevert,
    if_match: IfMatch,
) -> ArticleDetail:
    """Save again what an earlier revision says, as a new one. Readers see nothing."""
    row = changing.begin(session, article, if_match)
    reverting.revert(session, row, data.revision, by=desk.by, now=desk.now)
    return answers.one(response, views.detail(row), version=row.version)
