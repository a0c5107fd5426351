"""The links of an article: what its working and released contents name."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.newsroom import successors
from app.newsroom.articles.models import (
    ArticleAuthor,
    ArticleMedia,
    ArticleSection,
    ArticleSponsor,
    ArticleTag,
    ArticleTarget,
)
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.authors.models import Author
from app.newsroom.tags.models import Tag

Link = type[
    ArticleAuthor
    | ArticleMedia
    | ArticleSection
    | ArticleSponsor
    | ArticleTag
    | ArticleTarget
]
Named = Callable[[Snapshot], Iterable[UUID]]

_LINKS: tuple[tuple[Link, str, Named], ...] = (
    (ArticleAuthor, "author_id", lambda content: content.authors),
    (ArticleMedia, "media_id", lambda content: content.media_ids),
    (
        ArticleSection,
        "section_id",
        lambda content: (content.section, *content.sections),
    ),
    (
        ArticleSponsor,
        "sponsor_id",
        lambda content: (content.sponsor,) if content.sponsor else (),
    ),
    (ArticleTag, "tag_id", lambda content: content.tags),
    (ArticleTarget, "target_id", lambda content: content.target_ids),
)


def replace(session: Session, article_id: UUID, *contents: Snapshot) -> None:
    """Link the article to all that these contents name, and to nothing else."""
    remove(session, article_id)
    add(session, [(article_id, content) for content in contents])


def add(session: Session, articles: Iterable[tuple[UUID, Snapshot]]) -> None:
    """Link articles, which have no links yet, to all that their contents name."""
    pairs = list(articles)
    for link, rows in new_rows(pairs):
        session.execute(insert(link), rows)
    contents = [content for _, content in pairs]
    successors.ask(session, Author, {each for one in contents for each in one.authors})
    successors.ask(session, Tag, {each for one in contents for each in one.tags})


def new_rows(
    articles: Sequence[tuple[UUID, Snapshot]],
) -> list[tuple[Link, list[dict[str, object]]]]:
    """List the rows that link articles to all that their contents name."""
    found: list[tuple[Link, list[dict[str, object]]]] = []
    for link, column, named in _LINKS:
        wanted = {
            (article_id, target)
            for article_id, content in articles
            for target in named(content)
        }
        rows: list[dict[str, object]] = [
            {"article_id": article_id, column: target}
            for article_id, target in sorted(wanted)
        ]
        if rows:
            found.append((link, rows))
    return found


def remove(session: Session, article_id: UUID) -> None:
    """Unlink an article from everything."""
    for link, _, _ in _LINKS:
        session.execute(delete(link).where(link.article_id == article_id))
