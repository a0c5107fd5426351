"""Making new stories ready: every row that their release will write, finished.

It reads and writes nothing, so that many processes can do it at once. What was read
may be old by the time the rows are written: `Prepared` says what has to hold still.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.changes import log
from app.changes.models import Change
from app.delivery.store import addresses, documents, facets, listings, search
from app.delivery.store.documents import Rendering
from app.delivery.store.facets import FacetValue
from app.delivery.store.models import (
    Address,
    Document,
    Listing,
    SearchEntry,
    Version,
)
from app.kit import bulk
from app.kit.bulk import Rows
from app.kit.columns import Base
from app.kit.ids import new_id
from app.newsroom.articles import adding, links
from app.newsroom.articles.adding import Added
from app.newsroom.articles.models import Article, ReleasedRevision, Revision
from app.publishing import archiving, releasing
from app.publishing.archiving import ArchivedStory
from app.publishing.desk import Desk
from app.publishing.rendering import sources
from app.publishing.rendering.sources import Sources, Stated

Kind = type[Base]
Values = Mapping[str, object]


@dataclass(frozen=True)
class Prepared:
    """Finished rows of new stories, and what must hold when they are written.

    Documents and log rows have no position yet: `documents` and `changes` are as
    long as each other, and in one order.
    """

    rows: list[Rows]
    documents: Rows
    changes: Rows
    keys: list[Sequence[str]]
    stated: Stated
    slugs: list[str]
    digests: list[bytes]


@dataclass(frozen=True)
class _Ready:
    """The same stories four times: drafted, named, rendered, and by their lists."""

    added: Sequence[Added]
    named: Sequence[Sources]
    made: Sequence[Rendering]
    numbers: Sequence[dict[FacetValue, int]]


def prepare(
    session: Session, stories: Sequence[ArchivedStory], desk: Desk
) -> Prepared | None:
    """Make stories ready; None where that takes more than reading.

    So it is with a slug that has to be chosen, and with a list that no article has
    stood in yet.
    """
    if any(each.story.data.slug is None for each in stories):
        return None
    for each in stories:
        releasing.check_moment(each.published_at, desk.now)
    added = [_added(session, each, desk) for each in stories]
    named = sources.read_together(session, [each.snapshot for each in added])
    made = [
        archiving.rendered(each, names, story.published_at, desk)
        for each, names, story in zip(added, named, stories, strict=True)
    ]
    known = facets.find(session, sorted({one for each in made for one in each.facets}))
    if any(facet not in known for each in made for facet in each.facets):
        return None
    numbers = [{facet: known[facet] for facet in each.facets} for each in made]
    return _prepared(session, stories, _Ready(added, named, made, numbers), desk)


def _added(session: Session, story: ArchivedStory, desk: Desk) -> Added:
    slug = story.story.data.slug
    assert slug is not None
    added = adding.draft(session, story.story, slug, by=desk.by, now=desk.now)
    added.article.id = new_id()
    return added


def _prepared(
    session: Session, stories: Sequence[ArchivedStory], ready: _Ready, desk: Desk
) -> Prepared:
    articles = [added.article for added in ready.added]
    pairs = list(zip(ready.made, ready.numbers, strict=True))
    stored = [documents.new(*pair, version=1, now=desk.now) for pair in pairs]
    entries = [
        releasing.entry_of(article, archiving.EVENT, documents.new_put(known), desk)
        for article, known in zip(articles, ready.numbers, strict=True)
    ]
    changes = [log.row(log.PUBLIC, 0, entry) for entry in entries]
    tables = [*_of_newsroom(stories, ready, desk), *_of_delivery(session, ready, desk)]
    return Prepared(
        rows=[bulk.ready(session, kind, rows) for kind, rows in tables],
        documents=_unplaced(session, Document, _values(Document, stored)),
        changes=_unplaced(session, Change, changes),
        keys=[entry.keys for entry in entries],
        stated=sources.stated(ready.named),
        slugs=[article.slug for article in articles],
        digests=[
            addresses.digest(text) for one in ready.made for text in documents.live(one)
        ],
    )


def _of_newsroom(
    stories: Sequence[ArchivedStory], ready: _Ready, desk: Desk
) -> list[tuple[Kind, Sequence[Values]]]:
    articles = [added.article for added in ready.added]
    released = [releasing.released_revision(article, desk) for article in articles]
    revisions = [
        adding.first_revision(added, each.story, by=desk.by, now=desk.now)
        for added, each in zip(ready.added, stories, strict=True)
    ]
    linked = links.new_rows([(a.article.id, a.snapshot) for a in ready.added])
    return [
        (Article, _values(Article, articles)),
        *linked,
        (Revision, revisions),
        (ReleasedRevision, _values(ReleasedRevision, released)),
    ]


def _of_delivery(
    session: Session, ready: _Ready, desk: Desk
) -> list[tuple[Kind, Sequence[Values]]]:
    made, pairs = ready.made, zip(ready.made, ready.numbers, strict=True)
    places = [(one.id, documents.new_place(one, known)) for one, known in pairs]
    words = [(one.id, one.words) for one in made if one.words]
    return [
        (Version, [archiving.version_row(one, desk) for one in made]),
        (Listing, listings.new_rows((id_, at) for id_, at in places if at)),
        (
            Address,
            [
                addresses.new_row(text, one.kind, one.id)
                for one in made
                for text in documents.live(one)
            ],
        ),
        (SearchEntry, search.new_rows(session, words)),
    ]


def _unplaced(session: Session, kind: Kind, rows: Sequence[Values]) -> Rows:
    return bulk.ready(session, kind, rows, without="position")


def _values(kind: Kind, made: Sequence[Base]) -> list[Values]:
    """Write down objects as the rows they would be saved as."""
    names = bulk.columns(kind)
    return [{name: getattr(one, name) for name in names} for one in made]
