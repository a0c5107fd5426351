"""Stories made up by chance, for load: as many as are asked for.

They are put together from the sample's sentences, with a fixed seed, and go
through the same commands and renderings as any editor's work.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.content.vocabularies import Genre
from app.importers import ahead
from app.importers.sample import files
from app.kit import bulk
from app.kit.db import Database
from app.kit.patches import checked
from app.newsroom.articles.adding import NewStory
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCreate
from app.newsroom.authors.models import Author
from app.newsroom.sections.models import Section
from app.newsroom.tags.models import Tag
from app.publishing import archiving
from app.publishing.archiving import ArchivedStory
from app.publishing.bulk import preparing, putting
from app.publishing.bulk.preparing import Prepared
from app.publishing.desk import Desk

SOURCE = "generated"
BATCH = 400
WORDS = 200
SPACING = timedelta(minutes=7)

_GENRES: tuple[Genre, ...] = ("news", "news", "news", "analysis", "feature", "opinion")
_SENTENCE = re.compile(r"(?<=[.!?”])\s+")


def fill(
    database: Database,
    desk: Desk,
    total: int,
    progress: Callable[[int, int], None],
    *,
    size: int = BATCH,
) -> int:
    """Publish generated stories until there are `total` articles.

    Each batch is a transaction, and they follow each other: stopped in the middle,
    it goes on where it was.
    """
    with database.read_primary() as session:
        existing = session.scalar(select(func.count()).select_from(Article)) or 0
        made = session.scalar(
            select(func.count()).select_from(Article).where(Article.source == SOURCE)
        )
    first = made or 0
    missing = max(total - existing, 0)
    batches = [
        range(first + start, first + min(start + size, missing))
        for start in range(0, missing, size)
    ]
    done, counted = 0, existing
    for batch, prepared in ahead.each(database, Drafting(desk), batches):
        with database.write() as session:
            if prepared is None or not putting.put(session, prepared):
                named = _Named.load(session)
                archiving.publish(session, _stories(named, batch, desk), desk)
        done += len(batch)
        if existing + done >= 2 * counted or done == missing:
            counted = existing + done
            bulk.take_stock(database)
        progress(done, missing)
    return missing


@dataclass(frozen=True)
class _Named:
    """What stories name. A session holds a row only as long as somebody else does.

    So it is kept for as long as anything is made of the stories: else each row would
    be asked for again for each of them.
    """

    sections: dict[str, Section]
    authors: dict[str, Author]
    tags: dict[str, Tag]

    @classmethod
    def load(cls, session: Session) -> "_Named":
        """Ask for everything once, instead of once a story."""
        return cls(
            sections={row.path: row for row in session.scalars(select(Section))},
            authors={row.slug: row for row in session.scalars(select(Author))},
            tags={row.slug: row for row in session.scalars(select(Tag))},
        )

    def by_id(self, story: dict[str, Any]) -> dict[str, Any]:
        """Name by id what the story names by slug or path."""
        return story | {
            "section": str(self.sections[story["section"]].id),
            "authors": [str(self.authors[slug].id) for slug in story["authors"]],
            "tags": [str(self.tags[slug].id) for slug in story["tags"]],
        }


@dataclass(frozen=True)
class Drafting:
    """Makes batches of generated stories ready, in whichever process it is sent to."""

    desk: Desk

    def __call__(self, session: Session, batch: range) -> Prepared | None:
        """Make the stories of these numbers ready."""
        named = _Named.load(session)
        stories = _stories(named, batch, self.desk)
        return preparing.prepare(session, stories, self.desk)


def _stories(named: _Named, numbers: range, desk: Desk) -> list[ArchivedStory]:
    writer = _writer()
    return [
        ArchivedStory(
            story=NewStory(
                data=checked(ArticleCreate, named.by_id(writer.story(number))),
                source=SOURCE,
                external_id=str(number),
            ),
            published_at=_moment(number, desk.now),
        )
        for number in numbers
    ]


def _moment(number: int, now: datetime) -> datetime:
    """Go back in time with each story, seven minutes a story."""
    return now - (number + 1) * SPACING


class _Writer:
    """Makes the same story for the same number, every time."""

    def __init__(self) -> None:
        self._sentences = _sentences()
        self._words = sorted(
            {w for s in self._sentences for w in s.split() if len(w) > 4}
        )
        self._sections = [
            "/".join(filter(None, (row.get("parent"), row["slug"])))
            for row in files.rows("sections")
        ]
        self._authors = [row["slug"] for row in files.rows("authors")]
        self._tags = [row["slug"] for row in files.rows("tags")]

    def story(self, number: int) -> dict[str, Any]:
        """Write the story of this number, as an editor would send it."""
        chance = random.Random(number)  # noqa: S311 — nothing is kept secret by it
        headline = " ".join(chance.sample(self._words, 6)).capitalize()
        return {
            "headline": headline.strip(",.;:”“"),
            "slug": f"generated-{number}",
            "section": chance.choice(self._sections),
            "authors": [chance.choice(self._authors)],
            "tags": chance.sample(self._tags, 3),
            "genre": chance.choice(_GENRES),
            "standfirst": chance.choice(self._sentences),
            "body": _paragraphs(chance, self._sentences),
        }


@cache
def _writer() -> _Writer:
    return _Writer()


def _paragraphs(
    chance: random.Random, sentences: Sequence[str]
) -> list[dict[str, str]]:
    blocks: list[dict[str, str]] = []
    words = 0
    while words < WORDS:
        text = " ".join(chance.sample(sentences, 2))
        words += len(text.split())
        blocks.append({"type": "paragraph", "html": text})
    return blocks


def _sentences() -> list[str]:
    """Collect plain sentences from the sample's stories."""
    texts = [content.get("body_markdown", "") for _, content in files.articles()]
    found = {
        sentence.strip()
        for text in texts
        for paragraph in text.split("\n\n")
        for sentence in _SENTENCE.split(paragraph)
        if 30 < len(sentence) < 300 and not re.search(r"[#>*_\[\]|<&`]", sentence)
    }
    return sorted(found)
