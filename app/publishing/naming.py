"""Where a released article lives, and whom its release makes public."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.store import addresses
from app.delivery.store.models import Document
from app.newsroom.articles.models import Article
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.authors.models import Author
from app.newsroom.identity import Named
from app.newsroom.tags.models import Tag
from app.publishing import opening
from app.publishing.desk import Desk
from app.publishing.reference import authors, tags
from app.publishing.rendering import sources
from app.publishing.rendering.sources import Sources


def path_of(article: Article, snapshot: Snapshot, named: Sources) -> str:
    """Choose the article's public path.

    The section part is fixed at the first release: a section that moves takes no
    article with it. A new slug changes the last part, and the old path moves.
    """
    if article.path is None:
        return f"/{named.sections[snapshot.section].path}/{snapshot.slug}"
    return f"{article.path.rpartition('/')[0]}/{snapshot.slug}"


def check_free(session: Session, article: Article, snapshot: Snapshot) -> None:
    """Refuse to promise a release whose address something else has by now."""
    path = path_of(article, snapshot, sources.read(session, snapshot))
    wanted = [addresses.api_address("article", snapshot.slug), path]
    addresses.check_free(session, wanted, but=article.id)


def claim(
    session: Session, *snapshots: Snapshot, dropped: Collection[UUID] = ()
) -> None:
    """Lock whom this release may have to introduce, before anything is shared.

    Two releases could otherwise both find that an author is not public yet, and
    both introduce her. With them the media that it may have to close: those that
    it has `dropped`.
    """
    writers = {author for each in snapshots for author in each.authors}
    _claim(session, Author, writers)
    _claim(session, Tag, {tag for each in snapshots for tag in each.tags})
    portraits = select(Author.portrait_id).where(Author.id.in_(writers))
    shown = {each for each in session.scalars(portraits) if each is not None}
    own = {asset for each in snapshots for asset in each.media_ids}
    opening.lock(session, hidden(session, own | shown) | set(dropped))


def introduce(session: Session, named: Sequence[Sources], desk: Desk) -> None:
    """Make public the authors, tags and media this release names first.

    Not before: a tag made for a secret investigation announces nothing. And not what
    was merged into another while this release was at it; that is put right by the
    move that follows a merge.
    """
    writers = {row.id: row for each in named for row in each.authors.values()}
    topics = {row.id: row for each in named for row in each.tags.values()}
    assets = {row.id: row for each in named for row in each.media.values()}
    unseen = hidden(session, [*writers, *topics, *assets])
    for author in writers.values():
        if author.id in unseen and author.merged_into_id is None:
            authors.show(session, author, desk)
    for tag in topics.values():
        if tag.id in unseen and tag.merged_into_id is None:
            tags.show(session, tag, desk)
    for asset in assets.values():
        if asset.id in unseen:
            opening.show(session, asset, desk)


def _claim(session: Session, kind: type[Named], ids: Collection[UUID]) -> None:
    unseen = hidden(session, ids)
    if unseen:
        ordered = select(kind.id).where(kind.id.in_(unseen)).order_by(kind.id)
        session.execute(ordered.with_for_update())


def hidden(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """Find those of these that the public has never seen."""
    if not ids:
        return set()
    public = select(Document.id).where(Document.id.in_(set(ids)))
    return set(ids) - set(session.scalars(public))
