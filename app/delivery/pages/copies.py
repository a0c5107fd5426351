"""Documents as readers get them, for whoever copies many at once.

Menus and fronts are stored as their editors wrote them, with the ids of what they lead
to, and with words about stories that may not be out: a copy shows what is.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery import menus, reading
from app.delivery.fronts import filling
from app.delivery.fronts.plans import Plan
from app.delivery.reading import Stored
from app.delivery.schemas.menus import MenuProfile
from app.delivery.store.models import Document

Fill = Callable[[Session, bytes, str], bytes]


def details(
    session: Session, ids: Collection[UUID], *, site_url: str
) -> dict[UUID, bytes]:
    """Read those of these resources that are public."""
    rows = session.execute(
        select(Document.id, Document.kind, Document.detail).where(Document.id.in_(ids))
    )
    return {
        each: _filled(session, kind, detail, site_url)
        for each, kind, detail in rows.all()
    }


def batch(
    session: Session, kind: str, *, after: str, limit: int, site_url: str
) -> Sequence[Stored]:
    """Read the next public resources of a kind, in the order of their keys."""
    found = reading.batch(session, kind, after=after, limit=limit)
    if kind not in _FILLS:
        return found
    return [
        replace(each, detail=_filled(session, kind, each.detail, site_url))
        for each in found
    ]


def _filled(session: Session, kind: str, detail: bytes, site_url: str) -> bytes:
    fill = _FILLS.get(kind)
    return fill(session, detail, site_url) if fill else detail


def _menu(session: Session, detail: bytes, site_url: str) -> bytes:
    menu = MenuProfile.model_validate_json(detail)
    [filled], _ = menus.fill(session, [menu], site_url=site_url)
    return filled.model_dump_json().encode()


def _front(session: Session, detail: bytes, site_url: str) -> bytes:
    plan = Plan.model_validate_json(detail)
    front, _ = filling.filled(session, plan, site_url=site_url)
    return orjson.dumps(front)


_FILLS: Mapping[str, Fill] = {"menu": _menu, "front": _front}
