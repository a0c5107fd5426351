"""Going back to an earlier revision, by saving it again: nothing is taken back."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.kit.errors import Conflict
from app.newsroom.articles import editing, workflow
from app.newsroom.articles.models import Article, Revision
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.references import UnknownReference
from app.newsroom.revisions import history


class RevisionOutdated(Conflict):
    """An author, tag, picture or article that it names has been deleted since."""

    code = "revision-outdated"
    title = "The revision names what is no longer there"


def revert(
    session: Session, article: Article, number: int, *, by: str, now: datetime
) -> Article:
    """Save again what an earlier revision says."""
    workflow.check(article, "revert")
    history.check_number(article, number)
    earlier = session.get_one(Revision, (article.id, number))
    data = editing.as_input(Snapshot.model_validate(earlier.content))
    note = f"Reverted to revision {number}."
    try:
        return editing.save(
            session, article, data.model_copy(update={"note": note}), by=by, now=now
        )
    except UnknownReference:
        raise RevisionOutdated from None
