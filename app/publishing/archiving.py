"""Publishing many new stories at once, as when an archive is loaded.

What `releasing.release` does for one: the same checks, locks and rendering, and
the same rows, written with a few statements for all. `tests/publishing/
test_archiving.py` holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.changes import log
from app.content.vocabularies import ChangeKind
from app.delivery.store import documents
from app.delivery.store.documents import Rendering
from app.delivery.store.models import Version
from app.newsroom.articles import adding
from app.newsroom.articles.adding import Added, NewStory
from app.newsroom.articles.models import Article
from app.publishing import naming, releasing
from app.publishing.desk import Desk
from app.publishing.rendering import articles as rendering
from app.publishing.rendering import sources
from app.publishing.rendering.sources import Sources

CHANGE: ChangeKind = "published"
EVENT = "article.published"


@dataclass(frozen=True)
class ArchivedStory:
    """A new story, and when it was published."""

    story: NewStory
    published_at: datetime


def publish(
    session: Session, stories: Sequence[ArchivedStory], desk: Desk
) -> list[Article]:
    """Save these new stories and release each for the first time, in order."""
    for story in stories:
        releasing.check_moment(story.published_at, desk.now)
    drafts = [story.story for story in stories]
    added = adding.add(session, drafts, by=desk.by, now=desk.now)
    snapshots = [each.snapshot for each in added]
    naming.claim(session, *snapshots)
    named = sources.locked_together(session, snapshots)
    made = [
        rendered(each, names, story.published_at, desk)
        for each, names, story in zip(added, named, stories, strict=True)
    ]
    puts = documents.put_new(session, made, version=1, now=desk.now)
    session.execute(insert(Version), [version_row(each, desk) for each in made])
    session.add_all(releasing.released_revision(each.article, desk) for each in added)
    naming.introduce(session, named, desk)
    for each, put in zip(added, puts, strict=True):
        entry = releasing.entry_of(each.article, EVENT, put, desk)
        log.record(session, entry, stamp=documents.stamp)
    return [each.article for each in added]


def rendered(
    added: Added, named: Sources, published_at: datetime, desk: Desk
) -> Rendering:
    """Make a draft a published article, and render it."""
    article, snapshot = added.article, added.snapshot
    article.published_at = article.first_published_at = published_at
    article.content_updated_at = published_at
    article.released_revision = article.revision
    article.release = 1
    article.state = "published"
    article.path = naming.path_of(article, snapshot, named)
    article.last_change = CHANGE
    article.touch(desk.now, by=desk.by)
    release = releasing.terms_of(article, path=article.path, change=CHANGE)
    return rendering.render(snapshot, named, release, desk.site)


def version_row(made: Rendering, desk: Desk) -> dict[str, object]:
    """Write down the first version that readers get, as a row."""
    return {
        "article_id": made.id,
        "version": 1,
        "at": desk.now,
        "change": CHANGE,
        "note": None,
        "detail": made.detail,
    }
