"""Correcting a published story, in public: what was wrong, said with its date.

A new release of what readers have. Work that is unreleased does not slip out with it.
"""

from sqlalchemy.orm import Session

from app.newsroom.articles import workflow
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCorrect
from app.newsroom.revisions import correcting
from app.publishing import releasing
from app.publishing.desk import Desk


def correct(
    session: Session, article: Article, data: ArticleCorrect, desk: Desk
) -> Article:
    """Give readers the released story with a correction in it."""
    workflow.check(article, "correct")
    article.released_revision = correcting.save(
        session, article, data, by=desk.by, now=desk.now
    )
    article.note_change(desk.now)
    return releasing.put_out(
        session,
        article,
        event="article.corrected",
        change=data.kind,
        note=data.text,
        desk=desk,
    )
