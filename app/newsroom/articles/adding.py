"""Adding many new stories at once: an archive, none of which is here yet.

What `editing.create` does for one, with a few statements for all. Two that take
the same slug at the same time fail together, by the table's own constraint.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.newsroom import slugs
from app.newsroom.articles import links
from app.newsroom.articles.composing import compose
from app.newsroom.articles.finding import taken_slugs
from app.newsroom.articles.models import Article, Revision
from app.newsroom.articles.schemas import ArticleCreate
from app.newsroom.articles.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class NewStory:
    """A story as it was sent, the source it comes from, and its id there."""

    data: ArticleCreate
    source: str
    external_id: str


@dataclass(frozen=True)
class Added:
    """A new draft and its content."""

    article: Article
    snapshot: Snapshot


def add(
    session: Session, stories: Sequence[NewStory], *, by: str, now: datetime
) -> list[Added]:
    """Make a draft of each story, in order."""
    taken = taken_slugs(session, [each.data.slug for each in stories if each.data.slug])
    added = [_add(session, story, taken, by=by, now=now) for story in stories]
    session.add_all(each.article for each in added)
    session.flush()
    links.add(session, [(each.article.id, each.snapshot) for each in added])
    rows = [
        first_revision(each, story, by=by, now=now)
        for each, story in zip(added, stories, strict=True)
    ]
    session.execute(insert(Revision), rows)
    return added


def _add(
    session: Session, story: NewStory, taken: set[str], *, by: str, now: datetime
) -> Added:
    slug = slugs.choose(
        session,
        story.data.slug,
        story.data.headline,
        is_taken=lambda slug: (
            slug in taken
            or (slug != story.data.slug and bool(taken_slugs(session, [slug])))
        ),
    )
    taken.add(slug)
    return draft(session, story, slug, by=by, now=now)


def draft(
    session: Session, story: NewStory, slug: str, *, by: str, now: datetime
) -> Added:
    """Make a draft under this slug, which nothing is written of yet."""
    snapshot = compose(session, story.data, slug=slug)
    article = Article(
        state="draft",
        version=1,
        slug=slug,
        section_id=snapshot.section,
        updated_by=by,
        content=snapshot.model_dump(mode="json"),
        revision=1,
        released_revision=None,
        release=0,
        last_change=None,
        source=story.source,
        external_id=story.external_id,
        created_at=now,
        updated_at=now,
    )
    return Added(article, snapshot)


def first_revision(
    added: Added, story: NewStory, *, by: str, now: datetime
) -> dict[str, object]:
    """Write down the first saved state of a draft, as a row."""
    return {
        "article_id": added.article.id,
        "number": 1,
        "content": added.article.content,
        "saved_at": now,
        "saved_by": by,
        "note": story.data.note,
        "version": 1,
    }
