"""An article as editors see it, from its rows."""

from app.newsroom.articles import editing
from app.newsroom.articles.finding import unreleased
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleDetail, ArticleItem, ArticleLock


def detail(article: Article) -> ArticleDetail:
    """Show an article with its working content."""
    snapshot = editing.latest(article)
    return ArticleDetail(
        id=article.id,
        state=article.state,
        version=article.version,
        revision=article.revision,
        released_revision=article.released_revision,
        release=article.release,
        has_unreleased_changes=unreleased(article),
        path=article.path,
        published_at=article.published_at,
        first_published_at=article.first_published_at,
        publish_at=article.publish_at,
        expire_at=article.expire_at,
        scheduled_revision=article.scheduled_revision,
        scheduled_by=article.scheduled_by,
        created_at=article.created_at,
        updated_at=article.updated_at,
        updated_by=article.updated_by,
        lock=lock(article),
        reason=article.reason,
        source=article.source,
        external_id=article.external_id,
        **{name: getattr(snapshot, name) for name in type(snapshot).model_fields},
    )


def lock(article: Article) -> ArticleLock | None:
    """Show who is at an article."""
    if article.locked_until is None:
        return None
    assert article.locked_by
    assert article.locked_at
    return ArticleLock(
        held_by=article.locked_by,
        taken_at=article.locked_at,
        until=article.locked_until,
    )


def item(article: Article) -> ArticleItem:
    """Show an article as a line of a list."""
    return ArticleItem(
        id=article.id,
        state=article.state,
        version=article.version,
        headline=str(article.content["headline"]),
        slug=article.slug,
        path=article.path,
        section=article.section_id,
        has_unreleased_changes=unreleased(article),
        published_at=article.published_at,
        created_at=article.created_at,
        updated_at=article.updated_at,
    )
