"""Writing stories that were made ready, if all that they were made from still holds.

One transaction is all of it, as a release is. The log's counter is taken late, but
documents follow it, since they hold their position: whoever publishes meanwhile waits
for as long as these take.
"""

from itertools import chain

from sqlalchemy.orm import Session

from app.changes import log
from app.delivery.store import addresses, search
from app.kit import bulk
from app.newsroom.articles import finding
from app.newsroom.authors.models import Author
from app.newsroom.media.models import Media
from app.newsroom.tags.models import Tag
from app.publishing import naming
from app.publishing.bulk.preparing import Prepared
from app.publishing.rendering import sources

INTRODUCED = (Author, Tag, Media)


def put(session: Session, prepared: Prepared) -> bool:
    """Publish these stories; False, and nothing written, where they have aged."""
    if not _holds(session, prepared):
        return False
    last = search.last_number(session)
    for rows in prepared.rows:
        bulk.write(session, rows)
    search.index_after(session, last)
    positions = log.append(session, prepared.changes, prepared.keys)
    bulk.write(session, bulk.numbered(prepared.documents, "position", positions))
    return True


def _holds(session: Session, prepared: Prepared) -> bool:
    """Tell whether the rows are still those that would be made now.

    Nobody may be new to the public among those they name: whom a release introduces
    has to be shown by it.
    """
    shown = list(chain.from_iterable(prepared.stated[kind] for kind in INTRODUCED))
    return (
        sources.hold(session, prepared.stated)
        and not naming.hidden(session, shown)
        and not finding.taken_slugs(session, prepared.slugs)
        and not addresses.taken(session, prepared.digests)
    )
