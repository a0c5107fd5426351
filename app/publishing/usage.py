"""What is in use cannot be deleted: 409 names those that use it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from app.kit.errors import Fault
from app.newsroom.ad_policies import views as ad_policies
from app.newsroom.ad_slots import finding as ad_slots
from app.newsroom.articles.models import (
    Article,
    ArticleAuthor,
    ArticleMedia,
    ArticleSection,
    ArticleSponsor,
    ArticleTag,
    ArticleTarget,
)
from app.newsroom.authors.models import Author
from app.newsroom.fronts import finding as fronts
from app.newsroom.menus import views as menus
from app.newsroom.references import InUse
from app.newsroom.sponsors import finding as sponsors
from app.newsroom.tags.models import Tag

SHOWN = 10


def check_unused(session: Session, resource_id: UUID) -> None:
    """Refuse when anything refers to it: what readers have, or what is written."""
    articles = union(*_naming(resource_id)).limit(SHOWN).subquery()
    rows = session.execute(
        select(Article.id, Article.slug).where(Article.id.in_(select(articles.c[0])))
    )
    refuse(
        [
            *(f"article {article_id}: {slug}" for article_id, slug in rows),
            *(f"menu {key}" for key in menus.leading_to(session, resource_id)),
            *(f"ad slot {key}" for key in ad_slots.naming(session, resource_id)),
            *(f"ad policy {key}" for key in ad_policies.naming(session, resource_id)),
            *(f"front {front.key}" for front in fronts.naming(session, resource_id)),
            *(
                f"section {section.path}"
                for section in sponsors.sections_of(session, resource_id)
            ),
            *(f"tag {tag.slug}" for tag in sponsors.tags_of(session, resource_id)),
        ]
    )


def refuse(users: Iterable[str]) -> None:
    """Refuse a deletion if there is any user, naming each."""
    faults = [Fault(detail=user) for user in users]
    if faults:
        raise InUse(faults=faults)


def _naming(resource_id: UUID) -> list[Select[UUID]]:
    """Select the articles that link to it, in working or released content."""
    return [
        select(Article.id).where(Article.section_id == resource_id),
        select(ArticleAuthor.article_id).where(
            ArticleAuthor.author_id.in_(_with_merged(Author, resource_id))
        ),
        select(ArticleSection.article_id).where(
            ArticleSection.section_id == resource_id
        ),
        select(ArticleTag.article_id).where(
            ArticleTag.tag_id.in_(_with_merged(Tag, resource_id))
        ),
        select(ArticleMedia.article_id).where(ArticleMedia.media_id == resource_id),
        select(ArticleSponsor.article_id).where(
            ArticleSponsor.sponsor_id == resource_id
        ),
        select(ArticleTarget.article_id).where(
            ArticleTarget.target_id == resource_id,
            ArticleTarget.article_id != resource_id,
        ),
    ]


def _with_merged(kind: type[Author | Tag], resource_id: UUID) -> Select[UUID]:
    """Select it with those merged into it, which articles may still be linked to."""
    itself = kind.id == resource_id
    return select(kind.id).where(itself | (kind.merged_into_id == resource_id))
