"""Making, changing and deleting sections."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kit import patches
from app.kit.db import hold
from app.kit.errors import Conflict, Fault, Invalid
from app.newsroom import references, slugs
from app.newsroom.references import InUse
from app.newsroom.sections.models import Section
from app.newsroom.sections.schemas import SectionCreate, SectionUpdate
from app.newsroom.sponsors.models import Sponsor

MAX_DEPTH = 8
TREE = "sections"
RESERVED = frozenset({"authors", "tags", "media", "feeds", "docs", "manage", "v1"})


class SectionLoop(Conflict):
    """A section cannot stand below itself."""

    code = "section-loop"
    title = "A section cannot stand below itself"


def create(session: Session, data: SectionCreate, *, now: datetime) -> Section:
    """Make a section."""
    hold(session, TREE)
    parent = _parent(session, data.parent)
    slug = slugs.choose(
        session,
        data.slug,
        data.name,
        is_taken=lambda slug: _is_taken(session, _join(parent, slug)),
    )
    path = _checked_path(parent, slug)
    section = Section(
        slug=slug,
        name=data.name,
        description=data.description,
        parent_id=parent.id if parent else None,
        path=path,
        ordinal=data.ordinal,
        sponsor_id=_sponsor(session, data),
        data_mining=data.data_mining,
        version=1,
        created_at=now,
        updated_at=now,
    )
    session.add(section)
    session.flush()
    return section


def update(
    session: Session, section: Section, change: SectionUpdate, *, now: datetime
) -> list[Section]:
    """Change a section; answers it and, where it has moved, everything below it."""
    before = _as_input(section)
    data = patches.merged(before, change)
    if data == before:
        return [section]
    parent = _parent(session, data.parent)
    section.name = data.name
    section.description = data.description
    section.ordinal = data.ordinal
    section.sponsor_id = _sponsor(session, data)
    section.data_mining = data.data_mining
    section.touch(now)
    slug = data.slug or section.slug
    if _join(parent, slug) == section.path:
        session.flush()
        return [section]
    return _move(session, section, parent=parent, slug=slug, now=now)


def delete(session: Session, section: Section) -> None:
    """Delete a section that nothing refers to."""
    children = session.scalars(
        select(Section.path).where(Section.parent_id == section.id).limit(10)
    ).all()
    if children:
        raise InUse(faults=[Fault(detail=f"section {path}") for path in children])
    session.delete(section)
    session.flush()


def get_for_update(session: Session, ref: str) -> Section:
    """Get a section, and keep it and all below it from being changed or released.

    In the order of their ids, as releases take them: else the two could wait for
    each other. One change of the tree at a time: two sections could otherwise each
    be moved below the other.
    """
    hold(session, TREE)
    section = references.get(session, Section, ref)
    ids = [part.id for part in subtree(session, section)]
    statement = select(Section).where(Section.id.in_(ids)).order_by(Section.id)
    locked = session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    )
    return {part.id: part for part in locked}[section.id]


def subtree(session: Session, section: Section) -> Sequence[Section]:
    """List a section and everything below it, parents first."""
    return session.scalars(
        select(Section)
        .where(
            (Section.id == section.id)
            | Section.path.startswith(f"{section.path}/", autoescape=True)
        )
        .order_by(Section.path)
    ).all()


def ancestry(session: Session, section: Section) -> list[Section]:
    """List the sections above one, from the top down, and itself last."""
    parts = section.path.split("/")
    paths = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    rows = session.scalars(select(Section).where(Section.path.in_(paths))).all()
    return sorted(rows, key=lambda row: len(row.path))


def _move(
    session: Session,
    section: Section,
    *,
    parent: Section | None,
    slug: str,
    now: datetime,
) -> list[Section]:
    old, new = section.path, _checked_path(parent, slug)
    if parent and (parent.id == section.id or parent.path.startswith(f"{old}/")):
        raise SectionLoop
    if new != old and _is_taken(session, new):
        raise references.SlugTaken(f"The path {new} is taken.")
    moved = list(subtree(session, section))
    section.slug, section.parent_id = slug, parent.id if parent else None
    for row in moved:
        row.path = new + row.path.removeprefix(old)
        if len(row.path.split("/")) > MAX_DEPTH:
            raise _too_deep()
        if row is not section:
            row.touch(now)
    session.flush()
    return moved


def _as_input(section: Section) -> SectionCreate:
    return SectionCreate(
        name=section.name,
        slug=section.slug,
        parent=str(section.parent_id) if section.parent_id else None,
        description=section.description,
        ordinal=section.ordinal,
        sponsor=str(section.sponsor_id) if section.sponsor_id else None,
        data_mining=section.data_mining,
    )


def _parent(session: Session, ref: str | None) -> Section | None:
    if ref is None:
        return None
    return references.resolve(session, Section, ref, pointer="/parent")


def _sponsor(session: Session, data: SectionCreate) -> UUID | None:
    if data.sponsor is None:
        return None
    return references.resolve(session, Sponsor, data.sponsor, pointer="/sponsor").id


def _join(parent: Section | None, slug: str) -> str:
    return f"{parent.path}/{slug}" if parent else slug


def _checked_path(parent: Section | None, slug: str) -> str:
    path = _join(parent, slug)
    if path in RESERVED:
        fault = Fault(detail="This path is kept for other things.", pointer="/slug")
        raise Invalid(faults=[fault])
    if len(path.split("/")) > MAX_DEPTH:
        raise _too_deep()
    return path


def _too_deep() -> Invalid:
    detail = f"Sections are nested at most {MAX_DEPTH} deep."
    return Invalid(faults=[Fault(detail=detail, pointer="/parent")])


def _is_taken(session: Session, path: str) -> bool:
    return session.scalar(select(Section.id).where(Section.path == path)) is not None
