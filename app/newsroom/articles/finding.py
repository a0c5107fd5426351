"""Finding articles in the newsroom: its own list of them, and who has which name.

What was purged is known by the digests of its names.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from pydantic import Field
from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from app.content.vocabularies import ArticleState
from app.kit.pages import Paging
from app.newsroom.articles.models import Article, Revision
from app.newsroom.slugs import buried

# A range finds the few that wait by the index on their time, on both databases.
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class ArticleFilters(Paging):
    """What the newsroom's list can be narrowed by."""

    state: ArticleState | None = Field(default=None, description="Only this state.")


def matching(filters: ArticleFilters) -> Select[Article]:
    """Select the articles that the newsroom asked for."""
    statement = select(Article)
    if filters.state is not None:
        statement = statement.where(Article.state == filters.state)
    return statement


def of_origin(source: str, external_id: str) -> Select[Article]:
    """Select the article that a source calls by this id."""
    known_as = [external_id, buried(external_id)]
    return select(Article).where(
        Article.source == source, Article.external_id.in_(known_as)
    )


def unreleased(article: Article) -> bool:
    """Tell whether readers have another revision than the latest."""
    return (
        article.released_revision is not None
        and article.revision != article.released_revision
    )


def taken_slugs(
    session: Session, slugs: Collection[str], *, but: UUID | None = None
) -> set[str]:
    """Find those of these slugs that an article has, other than this one.

    A story that waits for its time goes out under the slug it had when it was
    scheduled. Had another one taken that meanwhile, it could not be released.
    """
    names = {name: slug for slug in slugs for name in (slug, buried(slug))}
    written = select(Article.slug).where(Article.slug.in_(names))
    slug = Revision.content["slug"].as_string()
    waiting = (
        select(slug)
        .join(
            Article,
            and_(
                Article.id == Revision.article_id,
                Article.scheduled_revision == Revision.number,
            ),
        )
        .where(Article.publish_at > _LONG_AGO, slug.in_(slugs))
    )
    if but is not None:
        written = written.where(Article.id != but)
        waiting = waiting.where(Article.id != but)
    found = {*session.scalars(written), *session.scalars(waiting)}
    return {names[name] for name in found}
