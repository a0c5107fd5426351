"""What a rendering is made from: a snapshot and the rows it names.

`locked` holds those rows until the commit. A release that began before a rename
would otherwise commit the old name after the rename's refresh had passed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.authors.models import Author
from app.newsroom.identity import Named
from app.newsroom.media.models import Media
from app.newsroom.revisions.reverting import RevisionOutdated
from app.newsroom.sections.editing import ancestry
from app.newsroom.sections.models import Section
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags.models import Tag

Row = TypeVar("Row", bound=Named)

KINDS: tuple[type[Named], ...] = (Section, Author, Tag, Media, Sponsor)
"""What a story names, in the order in which it is locked."""

Stated = dict[type[Named], dict[UUID, int]]
"""Rows by kind and id, and the version that each was read in."""


@dataclass(frozen=True)
class Sources:
    """The rows a snapshot names, by id.

    `sponsors` are all who may have paid for it, those first who come first.
    """

    sections: dict[UUID, Section]
    authors: dict[UUID, Author]
    tags: dict[UUID, Tag]
    media: dict[UUID, Media]
    sponsors: dict[UUID, Sponsor]
    ancestry: tuple[Section, ...]
    lineage: tuple[Section, ...]

    @property
    def versions(self) -> frozenset[tuple[UUID, int]]:
        """Which state of each row this is, to tell later whether it still holds."""
        return frozenset((row.id, row.version) for rows in self.by_kind for row in rows)

    @property
    def by_kind(self) -> tuple[Iterable[Named], ...]:
        """The rows in the order of `KINDS`; sections with those above them."""
        return (
            [*self.sections.values(), *self.lineage],
            self.authors.values(),
            self.tags.values(),
            self.media.values(),
            self.sponsors.values(),
        )


def locked(session: Session, snapshot: Snapshot) -> Sources:
    """Load the rows and keep others from changing them until the commit."""
    return _load(session, [snapshot], lock=True)[0]


def locked_together(session: Session, snapshots: Sequence[Snapshot]) -> list[Sources]:
    """Do the same for many at once, asking for each row once."""
    return _load(session, snapshots, lock=True)


def read_together(session: Session, snapshots: Sequence[Snapshot]) -> list[Sources]:
    """Load the rows that many name as they are now, asking for each once."""
    return _load(session, snapshots, lock=False)


def stated(named: Iterable[Sources]) -> Stated:
    """Say which state of which rows these are, to be held to it by `hold`."""
    found: Stated = {kind: {} for kind in KINDS}
    for each in named:
        for kind, rows in zip(KINDS, each.by_kind, strict=True):
            found[kind] |= {row.id: row.version for row in rows}
    return found


def hold(session: Session, stated: Stated) -> bool:
    """Keep others from changing these rows; False where one is in another state."""
    for kind, versions in stated.items():
        if not versions:
            continue
        statement = select(kind.id, kind.version).where(kind.id.in_(versions))
        locked = statement.order_by(kind.id).with_for_update(read=True)
        if {row.id: row.version for row in session.execute(locked)} != versions:
            return False
    return True


def read(session: Session, snapshot: Snapshot) -> Sources:
    """Load the rows as they are now."""
    return _load(session, [snapshot], lock=False)[0]


def _load(
    session: Session, snapshots: Sequence[Snapshot], *, lock: bool
) -> list[Sources]:
    # In the order of `KINDS`: it is the same everywhere.
    sections = _rows(
        session, Section, _every(_sections(each) for each in snapshots), lock=lock
    )
    lines = {row.id: ancestry(session, row) for row in sections.values()}
    authors = _rows(
        session, Author, _every(each.authors for each in snapshots), lock=lock
    )
    tags = _rows(session, Tag, _every(each.tags for each in snapshots), lock=lock)
    media = _rows(
        session, Media, _every(_media(each, authors) for each in snapshots), lock=lock
    )
    payers = [_sponsors(each, tags, lines[each.section]) for each in snapshots]
    sponsors = _rows(session, Sponsor, _every(payers), lock=lock)
    return [
        Sources(
            sections=_of(sections, _sections(each)),
            authors=_of(authors, each.authors),
            tags=_of(tags, each.tags),
            media=_of(media, _media(each, authors)),
            sponsors=_of(sponsors, paid_by),
            ancestry=tuple(lines[each.section]),
            lineage=_lineage(lines[section] for section in _sections(each)),
        )
        for each, paid_by in zip(snapshots, payers, strict=True)
    ]


def _sections(snapshot: Snapshot) -> list[UUID]:
    return [snapshot.section, *snapshot.sections]


def _media(snapshot: Snapshot, authors: dict[UUID, Author]) -> list[UUID]:
    portraits = [authors[each].portrait_id for each in snapshot.authors]
    return [*snapshot.media_ids, *(each for each in portraits if each)]


def _sponsors(
    snapshot: Snapshot, tags: dict[UUID, Tag], line: Sequence[Section]
) -> list[UUID]:
    """Name who may have paid: its own sponsor, a series', a tag's, a section's."""
    topics = sorted(
        (tags[each] for each in snapshot.tags), key=lambda tag: tag.kind != "series"
    )
    named = [
        snapshot.sponsor,
        *(tag.sponsor_id for tag in topics),
        *(section.sponsor_id for section in reversed(line)),
    ]
    return list(dict.fromkeys(each for each in named if each))


def _lineage(lines: Iterable[list[Section]]) -> tuple[Section, ...]:
    return tuple({row.id: row for line in lines for row in line}.values())


def _every(lists: Iterable[Iterable[UUID]]) -> list[UUID]:
    return [each for ids in lists for each in ids]


def _of(rows: dict[UUID, Row], ids: Iterable[UUID]) -> dict[UUID, Row]:
    return {each: rows[each] for each in ids}


def _rows(
    session: Session, kind: type[Row], ids: Sequence[UUID], *, lock: bool
) -> dict[UUID, Row]:
    if not ids:
        return {}
    statement = select(kind).where(kind.id.in_(set(ids))).order_by(kind.id)
    if lock:
        statement = statement.with_for_update(read=True)
    found = session.scalars(statement.execution_options(populate_existing=lock))
    rows = {row.id: row for row in found}
    if not rows.keys() >= set(ids):
        # Only of an old revision: what is worked on or out is linked to all it names.
        raise RevisionOutdated
    return {each: rows[each] for each in dict.fromkeys(ids)}
