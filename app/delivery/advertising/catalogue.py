"""What placement chooses from, read in two statements: the catalogue, and sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.placement.policies import Policy
from app.content.placement.slots import Slot
from app.content.placement.stories import PLAIN, Content, Story, values
from app.delivery.store import keys
from app.delivery.store.models import Document

SLOT, POLICY = "ad_slot", "ad_policy"

NAMED = [keys.collection(SLOT), keys.collection(POLICY)]
"""The keys of whatever was chosen from the catalogue."""


@dataclass(frozen=True)
class Catalogue:
    """All slots and policies that readers may hear of."""

    slots: list[Slot]
    policies: list[Policy]


def read(session: Session) -> Catalogue:
    """Read the whole catalogue; it is short."""
    rows = session.execute(
        select(Document.kind, Document.detail).where(Document.kind.in_([SLOT, POLICY]))
    )
    found = [(kind, orjson.loads(detail)) for kind, detail in rows]
    return Catalogue(
        slots=[Slot(said) for kind, said in found if kind == SLOT],
        policies=[Policy.of(said) for kind, said in found if kind == POLICY],
    )


def story(session: Session, content: Content) -> Story:
    """See an article, or another page, as placement does."""
    return Story(content, frozenset(map(str, _lineage(session, content))))


def page(kind: str, detail: Content) -> Content:
    """Say of a section, author, tag or front what would be said of an article."""
    return {
        **PLAIN,
        f"{kind}s": [dict(detail)],
        "type": kind,
        "section": dict(detail) if kind == "section" else None,
        "sponsorship": detail.get("sponsorship"),
        "path": detail["path"],
        "slug": str(detail["path"]).rpartition("/")[2],
    }


def _lineage(session: Session, content: Content) -> Iterable[object]:
    paths = values(content["sections"], "path")
    above = sorted({each for path in paths for each in _upwards(path.strip("/"))})
    return session.scalars(
        select(Document.id).where(Document.kind == "section", Document.key.in_(above))
    )


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
