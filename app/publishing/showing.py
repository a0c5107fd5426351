"""Making reference data public, changing it there, and taking it away.

Reference data has no draft state: what is public is what was saved last.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from app.changes import log
from app.changes.log import Entry
from app.delivery.store import addresses, documents, keys
from app.delivery.store.documents import Rendering
from app.delivery.store.facets import FacetValue
from app.newsroom.identity import Named
from app.publishing.desk import Desk


def show(session: Session, made: Rendering, *, version: int, desk: Desk) -> None:
    """Give readers this form of a resource, and log it if it differs."""
    before = documents.find(session, made.id)
    old_path = before.path if before else None
    put = documents.put(session, made, version=version, now=desk.now)
    if not put.is_changed:
        return
    event = "created" if put.is_new else "updated"
    if before is not None and old_path != made.path:
        event = "moved"
    paths = _paths(made.path, put.aliases)
    entry = Entry(
        event=f"{made.kind}.{event}",
        kind=made.kind,
        resource_id=made.id,
        at=desk.now,
        version=version,
        path=made.path,
        paths=put.aliases,
        keys=keys.of_resource(made.kind, made.id, paths),
    )
    log.record(session, entry, stamp=documents.stamp)


def hide(session: Session, kind: str, resource_id: UUID, *, desk: Desk) -> None:
    """Take a deleted resource from readers, if they ever had it."""
    if documents.find(session, resource_id) is None:
        return
    removed = documents.remove(
        session, resource_id, reason=addresses.DELETED, note=None
    )
    entry = Entry(
        event=f"{kind}.deleted",
        kind=kind,
        resource_id=resource_id,
        at=desk.now,
        paths=removed.paths,
        keys=keys.of_resource(kind, resource_id, removed.paths),
    )
    log.record(session, entry, stamp=documents.stamp)


def merge(
    session: Session, facet: FacetValue, old: Named, *, into: UUID, desk: Desk
) -> None:
    """Let what was public answer as another from now on."""
    kind = facet.kind
    paths = documents.hand_over(session, kind, old.id, to=into)
    entry = Entry(
        event=f"{kind}.merged",
        kind=kind,
        resource_id=old.id,
        at=desk.now,
        version=old.version,
        paths=paths,
        keys=[
            *keys.of_resource(kind, old.id, paths),
            keys.resource(kind, into),
            keys.listing(facet.kind, facet.value),
        ],
    )
    log.record(session, entry, stamp=documents.stamp)


def _paths(path: str | None, aliases: list[str]) -> list[str]:
    return [path, *aliases] if path else aliases
