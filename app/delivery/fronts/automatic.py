"""A front that nobody has made: the newest, and then each section below."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.fronts.plans import HOME, Plan, PlannedContainer, PlannedFill
from app.delivery.reading import Found
from app.delivery.store.models import Document

LATEST, OF_EACH, MOST_SECTIONS = 10, 4, 22
"""How many stories come first, how many of each section below, and of how many."""


def of_home(session: Session) -> Plan:
    """Plan the front of a newspaper that has curated none."""
    fill = PlannedFill()
    return _plan(HOME, None, None, fill, _below(session, None))


def of_section(session: Session, section: Found) -> Plan:
    """Plan the front of a section that has curated none."""
    said = orjson.loads(section.content)
    fill = PlannedFill(sections=[section.id])
    return _plan(
        said["path"].strip("/"),
        said["name"],
        said["description"],
        fill,
        _below(session, section.id),
    )


def _plan(
    key: str,
    title: str | None,
    description: str | None,
    fill: PlannedFill,
    below: Sequence[tuple[UUID, str, str]],
) -> Plan:
    latest = PlannedContainer(key="latest", title=None, places=LATEST, fill=fill)
    return Plan(
        id=None,
        version=None,
        key=key,
        title=title,
        description=description,
        containers=[
            latest,
            *(
                PlannedContainer(
                    key=f"section-{slug}",
                    title=name,
                    places=OF_EACH,
                    fill=PlannedFill(sections=[section_id]),
                )
                for section_id, slug, name in below
            ),
        ],
    )


def _below(session: Session, parent_id: UUID | None) -> list[tuple[UUID, str, str]]:
    """List the sections directly below one, in the newspaper's order."""
    rows = session.execute(
        select(Document.id, Document.detail)
        .where(Document.kind == "section", Document.parent_id == parent_id)
        .order_by(Document.ordinal, Document.label)
        .limit(MOST_SECTIONS)
    )
    details = [(section_id, orjson.loads(detail)) for section_id, detail in rows]
    return [(each, said["slug"], said["name"]) for each, said in details]
