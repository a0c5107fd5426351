"""Setting the times of an article, and cancelling them: the release loop does the rest.

A schedule pins a revision. What is saved later was seen by nobody who may
publish, and does not go out by itself.
"""

from sqlalchemy.orm import Session

from app.kit.errors import Conflict
from app.newsroom.articles import editing, workflow
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleSchedule
from app.publishing import embargoing
from app.publishing.desk import Desk
from app.publishing.timing import pinning, setbacks


class EmbargoSetsTheTime(Conflict):
    """An embargoed article goes out when its embargo ends: embargo it anew for that."""

    code = "embargo-sets-the-time"
    title = "It goes out when its embargo ends"


def schedule(
    session: Session, article: Article, times: ArticleSchedule, desk: Desk
) -> Article:
    """Set when the article goes out, when it is taken back, or both."""
    workflow.check(article, "schedule")
    if article.state == "embargoed" and times.publish_at is not None:
        raise EmbargoSetsTheTime
    named = times.model_fields_set
    publish_at = times.publish_at if "publish_at" in named else article.publish_at
    expire_at = times.expire_at if "expire_at" in named else article.expire_at
    if article.state == "embargoed":
        publish_at = article.publish_at
    pinning.check_future(session, times.publish_at, pointer="/publish_at")
    pinning.check_future(session, times.expire_at, pointer="/expire_at")
    pinning.check_order(publish_at, expire_at, pointer="/expire_at")
    if times.publish_at is not None:
        pinning.pin(session, article, times.publish_at)
    elif publish_at is None:
        article.publish_at = article.scheduled_revision = None
    setbacks.forget(session, article.id)
    article.expire_at = expire_at
    article.scheduled_by = desk.by
    article.touch(desk.now, by=desk.by)
    return article


def unschedule(session: Session, article: Article, desk: Desk) -> Article:
    """Cancel what was to happen; where nothing was, nothing changes.

    What is under embargo is recalled from those who have it, and is a draft again.
    """
    workflow.check(article, "unschedule")
    if article.state == "embargoed":
        embargoing.recall(session, article, event=embargoing.RECALLED, desk=desk)
        article.state = "draft"
    elif article.publish_at is None and article.expire_at is None:
        return article
    article.clear_times()
    editing.relink(session, article)
    article.touch(desk.now, by=desk.by)
    return article
