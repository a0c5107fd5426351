"""`POST /manage/v1/articles/{id}/…`: the verbs that leave something to the clock."""

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from app.kit.preconditions import IfMatch
from app.manage import answers, changing
from app.manage.answers import Ref
from app.manage.desks import EmbargoDesk, ScheduleDesk, UnscheduleDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom.articles import views
from app.newsroom.articles.schemas import (
    ArticleDetail,
    ArticleEmbargo,
    ArticleSchedule,
    ArticleUnschedule,
)
from app.publishing import embargoing
from app.publishing.timing import scheduling


async def ring(request: Request, later: BackgroundTasks) -> None:
    """Wake the release loop of this process once the new time is committed."""
    later.add_task(request.app.state.alarm.set)


router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    route_class=OnceRoute,
    responses=answers.EVERY | answers.CHANGE,
)


@router.post("/schedule", dependencies=[Depends(ring)])
def schedule_article(
    response: Response,
    desk: ScheduleDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleSchedule,
    if_match: IfMatch,
) -> ArticleDetail:
    """Set when an article goes out, when it is taken back, or both.

    What goes out is its working revision of now, whatever is saved later. Scheduling
    again moves the times; a published article can have an update scheduled.
    """
    row = changing.begin(session, article, if_match)
    scheduling.schedule(session, row, data, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/embargo", dependencies=[Depends(ring)])
def embargo_article(
    response: Response,
    desk: EmbargoDesk,
    session: OnceSession,
    article: Ref,
    data: ArticleEmbargo,
    if_match: IfMatch,
) -> ArticleDetail:
    """Give an article to entitled partners, and to readers when the embargo ends.

    Both get its working revision of now, whatever is saved later. Again: the end
    moves, and partners get what has been written since.
    """
    row = changing.begin(session, article, if_match)
    embargoing.embargo(session, row, data.until, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.post("/unschedule")
def unschedule_article(
    response: Response,
    desk: UnscheduleDesk,
    session: OnceSession,
    article: Ref,
    _data: ArticleUnschedule,
    if_match: IfMatch,
) -> ArticleDetail:
    """Cancel both times of an article, up to the moment that they come.

    What is under embargo is recalled from partners, and is a draft again.
    """
    row = changing.begin(session, article, if_match)
    scheduling.unschedule(session, row, desk)
    return answers.one(response, views.detail(row), version=row.version)
