"""Emptying a story: the texts go from every revision; who saved it, and when, stays.

Its slug, and what its source calls it, are kept as digests: nothing new takes its
place, and the source does not bring it back.
"""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.content.story import Headlines, Rights, Sensitivity, SeoFields
from app.newsroom.articles import editing, links
from app.newsroom.articles.models import Article, Revision
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.slugs import buried

UNDETERMINED = "und"
"""The language of what says nothing (BCP 47, section 4.1)."""


def media_named(session: Session, article: Article) -> set[UUID]:
    """Name the media that any revision of the article has shown."""
    revisions = select(Revision.content).where(Revision.article_id == article.id)
    contents = session.scalars(revisions.execution_options(yield_per=100))
    return {
        media_id
        for content in contents
        for media_id in Snapshot.model_validate(content).media_ids
    }


def empty(session: Session, article: Article) -> None:
    """Take all texts out of an article and its revisions; once is enough."""
    # Only what was emptied has no headline.
    if not editing.latest(article).headline:
        return
    blank = _blank(article)
    article.slug = blank.slug
    article.path = None
    article.content = blank.model_dump(mode="json")
    if article.external_id is not None:
        article.external_id = buried(article.external_id)
    own = update(Revision).where(Revision.article_id == article.id)
    session.execute(own.values(content=article.content, note=None))
    links.replace(session, article.id, blank)


def _blank(article: Article) -> Snapshot:
    """Write the content of a story that says nothing, in the section it stood in."""
    return Snapshot(
        headline="",
        slug=buried(article.slug),
        type="article",
        genre="news",
        language=UNDETERMINED,
        access="free",
        kicker=None,
        standfirst=None,
        teaser=None,
        byline=None,
        headlines=Headlines(),
        section=article.section_id,
        sections=[],
        authors=[],
        tags=[],
        lead_media=None,
        sponsor=None,
        related=[],
        body=[],
        rights=Rights(),
        seo=SeoFields(),
        sensitivity=Sensitivity(),
        links=[],
        canonical_url=None,
        edition=None,
    )
