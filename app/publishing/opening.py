"""Opening and closing media: readers get an asset as long as they get what shows it.

The first release that shows an asset opens it (`naming.introduce`). It closes when
the last one is gone: withdrawn, expired or killed, or released without it.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.delivery.store import documents, facets, pictures
from app.delivery.store.facets import FacetValue
from app.delivery.store.models import Document, Listing
from app.newsroom.articles.models import ArticleMedia
from app.newsroom.authors.models import Author
from app.newsroom.media.models import Media
from app.publishing import removing, showing
from app.publishing.desk import Desk
from app.publishing.rendering import media as rendering

MEDIA = "media"


def shown_by(session: Session, article_id: UUID) -> set[UUID]:
    """Name the media assets that readers get with this article."""
    document = documents.find(session, article_id)
    if document is None:
        return set()
    named = facets.named(session, document.facets)
    return {UUID(facet.value) for facet in named if facet.kind == MEDIA}


def lock(session: Session, media_ids: Collection[UUID]) -> list[Media]:
    """Keep others from showing or closing these assets until the commit.

    Whoever releases an article shares the locks of what it shows, so this comes
    before the first of them: two releases could otherwise wait for each other.
    """
    if not media_ids:
        return []
    ordered = select(Media).where(Media.id.in_(set(media_ids))).order_by(Media.id)
    locked = ordered.with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(locked))


def show(session: Session, media: Media, desk: Desk) -> None:
    """Give readers the asset as saved, and the prints of its file."""
    made = rendering.render(media, desk.site)
    showing.show(session, made, version=media.version, desk=desk)
    # What is described by an address alone can get a file, and never lose it again.
    if media.original is not None:
        pictures.put(session, media.id, media.original)


def hide(session: Session, media: Media, desk: Desk) -> None:
    """Take an asset from readers, with its prints. The files stay."""
    showing.hide(session, MEDIA, media.id, desk=desk)
    pictures.remove(session, media.id)


def close_unused(session: Session, media_ids: Collection[UUID], desk: Desk) -> None:
    """Take those of these assets from readers that nothing public shows any more.

    Call it once the article is out of its lists. What is `listed` stays, and so
    does the portrait of a public author.
    """
    assets = lock(session, media_ids)
    shown = _shown(session, [asset.id for asset in assets])
    for asset in assets:
        if not asset.is_listed and asset.id not in shown:
            hide(session, asset, desk)


def linked(session: Session, article_id: UUID) -> set[UUID]:
    """Name the media that the article's present contents name."""
    named = select(ArticleMedia.media_id).where(ArticleMedia.article_id == article_id)
    return set(session.scalars(named))


def delete_own(
    session: Session, article_id: UUID, media_ids: Collection[UUID], desk: Desk
) -> None:
    """Delete those of these media that nothing but this article uses, with files.

    For what is killed: a picture may be the reason. What another draft has, an
    author's profile, or the list of all media stays.
    """
    assets = lock(session, media_ids)
    used = _used_beside(session, article_id, [asset.id for asset in assets])
    for asset in assets:
        if not asset.is_listed and asset.id not in used:
            link = delete(ArticleMedia).where(ArticleMedia.media_id == asset.id)
            session.execute(link)
            discard(session, asset, desk)


def discard(session: Session, media: Media, desk: Desk) -> None:
    """Delete an asset that nothing uses; its files go once this is committed."""
    hide(session, media, desk)
    if media.folder is not None:
        removing.request(session, media.folder, due_at=desk.now)
    session.delete(media)
    session.flush()


def _used_beside(
    session: Session, article_id: UUID, media_ids: Collection[UUID]
) -> set[UUID | None]:
    """Find those that another article has, or the profile of an author."""
    others = select(ArticleMedia.media_id).where(
        ArticleMedia.media_id.in_(media_ids), ArticleMedia.article_id != article_id
    )
    portraits = select(Author.portrait_id).where(Author.portrait_id.in_(media_ids))
    return {*session.scalars(others), *session.scalars(portraits)}


def _shown(session: Session, media_ids: Collection[UUID]) -> set[UUID]:
    """Find those that a released article shows, or the profile of an author."""
    lists = facets.find(session, [FacetValue(MEDIA, str(each)) for each in media_ids])
    used = select(Listing.facet_id).where(Listing.facet_id.in_(lists.values()))
    full = set(session.scalars(used.distinct()))
    portraits = (
        select(Author.portrait_id)
        .join(Document, Document.id == Author.id)
        .where(Author.portrait_id.in_(media_ids))
    )
    return {
        *(UUID(facet.value) for facet, number in lists.items() if number in full),
        *(each for each in session.scalars(portraits) if each is not None),
    }
