"""Ending a story for good: gone everywhere at once, and nothing left that tells of it.

Killed by the newspaper's own decision, or withheld by law. Both are terminal. The
row of the log is a tombstone: it says which answers are stale and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from app.changes import forgetting, log
from app.changes.log import Entry
from app.content.vocabularies import ArticleState
from app.delivery.store import burying, documents, search
from app.newsroom.articles import workflow
from app.newsroom.articles.models import Article
from app.publishing import embargoing, opening
from app.publishing.desk import Desk
from app.publishing.releasing import keys_of
from app.publishing.timing import setbacks

EndingVerb = Literal["kill", "legal"]

_STATES: Mapping[EndingVerb, ArticleState] = {"kill": "killed", "legal": "legal"}


@dataclass(frozen=True)
class Grounds:
    """Why a story ends: the reason stays in here, the note is for everybody."""

    reason: str | None = None
    note: str | None = None


def end(
    session: Session, article: Article, verb: EndingVerb, grounds: Grounds, desk: Desk
) -> Article:
    """Take a story from everybody, whatever state it is in.

    What readers never had leaves no trace that they could find, not even a row in
    their log: it goes on answering like what never was.
    """
    workflow.check(article, verb)
    state = _STATES[verb]
    shown = opening.shown_by(session, article.id)
    removed = burying.bury(session, article.id, reason=state, note=grounds.note)
    forgetting.forget_paths(session, article.id)
    if article.state == "embargoed":
        embargoing.recall(session, article, event=f"article.{state}", desk=desk)
    article.state = state
    article.reason = grounds.reason
    article.clear_times()
    setbacks.forget(session, article.id)
    article.touch(desk.now, by=desk.by)
    if article.release:
        entry = Entry(
            event=f"article.{state}",
            kind="article",
            resource_id=article.id,
            at=desk.now,
            version=article.release,
            keys=keys_of(article, removed.paths, removed.touched),
            facets_before=list(removed.facets_before.values()),
        )
        log.record(session, entry, stamp=documents.stamp)
        search.ask_for_sweep(session)
    if verb == "kill":
        # What is withheld by law may be asked for; it closes, and its files stay.
        named = opening.linked(session, article.id)
        opening.delete_own(session, article.id, named, desk)
    opening.close_unused(session, shown, desk)
    return article
