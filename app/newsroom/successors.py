"""What articles say of authors and tags that were merged into others."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, union_all, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.newsroom.articles.models import Article, ArticleAuthor, ArticleTag
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.authors.models import Author
from app.newsroom.identity import Mergeable
from app.newsroom.tags.models import Tag

Row = TypeVar("Row", bound=Mergeable)
Links = type[ArticleAuthor | ArticleTag]


def followed(session: Session, snapshot: Snapshot) -> Snapshot:
    """Name those that are there instead of those that were merged into them."""
    if not snapshot.authors and not snapshot.tags:
        return snapshot
    columns = [
        select(kind.id, kind.merged_into_id).where(
            kind.id.in_(ids), kind.merged_into_id.is_not(None)
        )
        for kind, ids in ((Author, snapshot.authors), (Tag, snapshot.tags))
    ]
    rows = session.execute(union_all(*columns))
    instead = {old: new for old, new in rows if new is not None}
    if not instead:
        return snapshot
    return snapshot.model_copy(
        update={
            "authors": _instead(snapshot.authors, instead),
            "tags": _instead(snapshot.tags, instead),
        }
    )


def ask(session: Session, kind: type[Author | Tag], ids: Collection[UUID]) -> None:
    """Have articles moved that were linked to something merged already.

    A save may have followed a reference just before the merge; and until an article
    is moved its own content links it to the old one again.
    """
    if ids:
        session.execute(
            update(kind)
            .where(kind.id.in_(ids), kind.merged_into_id.is_not(None))
            .values(is_moving=True)
            .execution_options(synchronize_session=False)
        )


def next_to_move(session: Session) -> Author | Tag | None:
    """Find a merged author or tag that articles may still name."""
    return session.scalar(_first_moving(Author)) or session.scalar(_first_moving(Tag))


def naming(session: Session, row: Author | Tag, *, limit: int) -> list[UUID]:
    """List some of the articles that still name it, newest first."""
    links, column = _links(row)
    statement = select(links.article_id).where(column == row.id)
    ordered = statement.order_by(links.article_id.desc()).limit(limit)
    return list(session.scalars(ordered))


def move(session: Session, article_id: UUID, row: Author | Tag) -> None:
    """Let an article name what this one was merged into.

    Its working content changes in place: no revision is made and no version is
    given out, since no editor has written anything.
    """
    article = session.get(Article, article_id, with_for_update=True)
    assert row.merged_into_id
    if article is None:
        return
    content = Snapshot.model_validate(article.content)
    article.content = followed(session, content).model_dump(mode="json")
    links, column = _links(row)
    own = links.article_id == article_id
    session.execute(delete(links).where(own, column == row.id))
    if session.scalar(select(column).where(own, column == row.merged_into_id)) is None:
        link = {"article_id": article_id, column.key: row.merged_into_id}
        session.execute(insert(links), [link])
        ask(session, type(row), [row.merged_into_id])


def finish(session: Session, row: Author | Tag) -> None:
    """Note that no article names it any more, if that is so.

    The row is locked first. A save that is linking to it has it shared, and has
    asked for a move by the time it lets go.
    """
    session.refresh(row, with_for_update=True)
    if not naming(session, row, limit=1):
        row.is_moving = False


def _first_moving(kind: type[Row]) -> Select[Row]:
    return select(kind).where(kind.is_moving).order_by(kind.id).limit(1)


def _links(row: Author | Tag) -> tuple[Links, InstrumentedAttribute[UUID]]:
    if isinstance(row, Author):
        return ArticleAuthor, ArticleAuthor.author_id
    return ArticleTag, ArticleTag.tag_id


def _instead(ids: Iterable[UUID], instead: Mapping[UUID, UUID]) -> list[UUID]:
    """Put the new ids in; what then stands there twice stays where it was first."""
    return list(dict.fromkeys(instead.get(each, each) for each in ids))
