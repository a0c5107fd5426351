"""Finding fronts: all of them, and those that name something."""

from collections.abc import Iterator
from uuid import UUID

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import Container


def all_fronts() -> Select[Front]:
    """Select all fronts there are."""
    return select(Front)


def stored(front: Front) -> list[Container]:
    """Read the containers of a front."""
    return [
        Container.model_validate_json(orjson.dumps(each)) for each in front.containers
    ]


def naming(session: Session, resource_id: UUID) -> list[Front]:
    """List the fronts of a section, and those that name a resource."""
    fronts = session.scalars(select(Front).order_by(Front.key))
    wanted = str(resource_id)
    return [
        front
        for front in fronts
        if front.section_id == resource_id or wanted in set(_named(front))
    ]


def for_update(session: Session, key: str) -> Front | None:
    """Find a front and keep others from changing it until the commit."""
    return session.scalar(
        select(Front)
        .where(Front.key == key)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _named(front: Front) -> Iterator[str | None]:
    for container in stored(front):
        yield container.sponsor
        for card in container.cards:
            yield from (card.article, card.image)
        fill = container.fill
        if fill is not None:
            yield from (*fill.sections, *fill.authors, *fill.tags)
