"""Handing a draft in: whoever publishes finds it among those in review."""

from datetime import datetime

from app.newsroom.articles import workflow
from app.newsroom.articles.models import Article


def submit(article: Article, *, by: str, now: datetime) -> Article:
    """Say that a draft is ready to be read by an editor."""
    workflow.check(article, "submit")
    article.state = "in_review"
    article.touch(now, by=by)
    return article
