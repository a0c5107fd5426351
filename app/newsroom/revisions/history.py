"""What was saved of an article, when and by whom, and what readers got of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from app.content.comparing import (
    BlockChange,
    FieldChange,
    compare_blocks,
    compare_fields,
)
from app.kit.errors import Fault, Invalid, NotFound
from app.newsroom.articles.models import Article, ReleasedRevision, Revision
from app.newsroom.articles.schemas import ArticleContent
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.revisions.schemas import (
    RevisionDetail,
    RevisionDiff,
    RevisionItem,
    RevisionRelease,
)

Releases = Mapping[int, Sequence[ReleasedRevision]]
"""For the number of a revision: the releases that were made from it, in order."""


def revisions_of(article: Article) -> Select[Revision]:
    """Select an article's revisions without what they say."""
    return (
        select(Revision)
        .where(Revision.article_id == article.id)
        .options(defer(Revision.content, raiseload=True))
    )


def releases_of(session: Session, article: Article, numbers: Iterable[int]) -> Releases:
    """Find what was released of these revisions."""
    rows = session.scalars(
        select(ReleasedRevision)
        .where(
            ReleasedRevision.article_id == article.id,
            ReleasedRevision.revision.in_(numbers),
        )
        .order_by(ReleasedRevision.release)
    )
    found: dict[int, list[ReleasedRevision]] = defaultdict(list)
    for row in rows:
        found[row.revision].append(row)
    return found


def item(revision: Revision, releases: Releases) -> RevisionItem:
    """Show a revision as a line of the list."""
    return RevisionItem(
        number=revision.number,
        saved_at=revision.saved_at,
        saved_by=revision.saved_by,
        note=revision.note,
        releases=[
            RevisionRelease.model_validate(each)
            for each in releases.get(revision.number, ())
        ],
    )


def read(session: Session, article: Article, number: int) -> RevisionDetail:
    """Show one revision whole, or say that there is none of this number."""
    revision = session.get(Revision, (article.id, number))
    if revision is None:
        raise NotFound
    shown = item(revision, releases_of(session, article, [number]))
    snapshot = Snapshot.model_validate(revision.content)
    return RevisionDetail(**dict(shown), content=ArticleContent(**dict(snapshot)))


def compare(
    session: Session, article: Article, *, earlier: int | None, later: int | None
) -> RevisionDiff:
    """Say what became of the content between two revisions.

    Without a later one it is the latest, without an earlier one the one before.
    """
    later = later or article.revision
    earlier = earlier or max(1, later - 1)
    before = _snapshot(session, article, earlier, parameter="from")
    after = _snapshot(session, article, later, parameter="to")
    fields, blocks = _differences(before, after)
    return RevisionDiff(
        from_revision=earlier, to_revision=later, fields=fields, blocks=blocks
    )


def changed_since(
    session: Session, article: Article, version: int | None
) -> list[str] | None:
    """Name the fields and blocks that differ between a lock version and now.

    None where there never was such a version. Verbs alone leave an empty list.
    """
    if version is None or version > article.version:
        return None
    revision = session.scalar(
        select(Revision)
        .where(Revision.article_id == article.id, Revision.version <= version)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    if revision is None:
        return None
    before = Snapshot.model_validate(revision.content)
    fields, blocks = _differences(before, Snapshot.model_validate(article.content))
    return [*(each.name for each in fields), *(each.id for each in blocks)]


def check_number(article: Article, number: int) -> None:
    """Refuse a number that none of the article's revisions has."""
    if number > article.revision:
        fault = Fault(detail="There is no such revision.", pointer="/revision")
        raise Invalid(faults=[fault])


def _differences(
    before: Snapshot, after: Snapshot
) -> tuple[list[FieldChange], list[BlockChange]]:
    earlier, later = (each.model_dump(mode="json") for each in (before, after))
    blocks = compare_blocks(earlier.pop("body"), later.pop("body"))
    return compare_fields(earlier, later), blocks


def _snapshot(
    session: Session, article: Article, number: int, *, parameter: str
) -> Snapshot:
    revision = session.get(Revision, (article.id, number))
    if revision is None:
        fault = Fault(detail="There is no such revision.", parameter=parameter)
        raise Invalid(faults=[fault])
    return Snapshot.model_validate(revision.content)
