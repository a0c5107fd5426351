"""Making and replacing fronts."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.kit.errors import Fault, Invalid
from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.authors.models import Author
from app.newsroom.fronts import finding
from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import Card, Container, Fill, FrontWrite, Times
from app.newsroom.identity import Named
from app.newsroom.media.models import Media
from app.newsroom.sections.models import Section
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags.models import Tag

HOME = "home"


def section_of(session: Session, key: str) -> Section | None:
    """Find the section that a front of this key is of; None is the newspaper."""
    if key == HOME:
        return None
    section = references.find(session, Section, key)
    if section is None:
        detail = f"A front is called {HOME}, or by the path of a section."
        raise Invalid(faults=[Fault(detail=detail, parameter="front")])
    return section


def key_of(session: Session, ref: str) -> str:
    """Name the front that is meant, however its section is referred to."""
    section = section_of(session, ref)
    return section.path if section else HOME


def put(
    session: Session, key: str, data: FrontWrite, *, now: datetime
) -> tuple[Front, bool]:
    """Make this the front of that key; also says whether it is a new one."""
    section = section_of(session, key)
    containers = [
        _resolved(session, container, f"/containers/{place}").model_dump(mode="json")
        for place, container in enumerate(data.containers)
    ]
    front = finding.for_update(session, section.path if section else HOME)
    written = (data.title, data.description, containers)
    is_new = front is None
    if front is None:
        front = Front(
            key=section.path if section else HOME,
            section_id=section.id if section else None,
            version=1,
            created_at=now,
            updated_at=now,
        )
        session.add(front)
    elif (front.title, front.description, front.containers) != written:
        front.touch(now)
    front.title, front.description, front.containers = written
    tell_time(front, now)
    session.flush()
    return front, is_new


def tell_time(front: Front, now: datetime) -> None:
    """Note when something on the front next begins or ends."""
    front.note_times(_moments(front), now)


def current(front: Front, now: datetime) -> list[Container]:
    """List what stands on the front at a time."""
    return [
        container.model_copy(
            update={"cards": [card for card in container.cards if _is_on(card, now)]}
        )
        for container in finding.stored(front)
        if _is_on(container, now)
    ]


def rename(session: Session, old: UUID, new: UUID, *, now: datetime) -> list[Front]:
    """Let what fills fronts by one tag or author go by another; answers the fronts."""
    changed = finding.naming(session, old)
    for front in changed:
        front.containers = [
            _renamed(container, str(old), str(new)).model_dump(mode="json")
            for container in finding.stored(front)
        ]
        front.touch(now)
    session.flush()
    return changed


def follow(session: Session, section: Section, *, now: datetime) -> Front | None:
    """Let the front of a section be called by the path that it has now."""
    fronts = finding.naming(session, section.id)
    for front in fronts:
        if front.section_id == section.id and front.key != section.path:
            front.key = section.path
            front.touch(now)
            session.flush()
            return front
    return None


def _is_on(times: Times, now: datetime) -> bool:
    has_begun = times.active_from is None or times.active_from <= now
    return has_begun and (times.active_to is None or now < times.active_to)


def _moments(front: Front) -> Iterator[datetime | None]:
    for container in finding.stored(front):
        for each in (container, *container.cards):
            yield from (each.active_from, each.active_to)


def _renamed(container: Container, old: str, new: str) -> Container:
    fill = container.fill
    if fill is None:
        return container
    renamed = {
        name: list(dict.fromkeys(new if each == old else each for each in ids))
        for name, ids in (("authors", fill.authors), ("tags", fill.tags))
    }
    return container.model_copy(update={"fill": fill.model_copy(update=renamed)})


def _resolved(session: Session, container: Container, pointer: str) -> Container:
    """Write a container with ids, so that a later rename changes nothing in it."""
    cards = [
        _resolved_card(session, card, f"{pointer}/cards/{place}")
        for place, card in enumerate(container.cards)
    ]
    sponsor = _id(session, Sponsor, container.sponsor, f"{pointer}/sponsor")
    fill = container.fill and _resolved_fill(session, container.fill, f"{pointer}/fill")
    return container.model_copy(
        update={"cards": cards, "sponsor": sponsor, "fill": fill}
    )


def _resolved_card(session: Session, card: Card, pointer: str) -> Card:
    article = _id(session, Article, card.article, f"{pointer}/article")
    image = _id(session, Media, card.image, f"{pointer}/image")
    if image is not None and not session.get_one(Media, UUID(image)).is_listed:
        detail = "Readers get this picture with its stories only: list it first."
        raise Invalid(faults=[Fault(detail=detail, pointer=f"{pointer}/image")])
    return card.model_copy(update={"article": article, "image": image})


def _resolved_fill(session: Session, fill: Fill, pointer: str) -> Fill:
    named: list[tuple[str, type[Named], list[str]]] = [
        ("sections", Section, fill.sections),
        ("authors", Author, fill.authors),
        ("tags", Tag, fill.tags),
    ]
    ids = {
        name: [
            str(row.id)
            for row in references.resolve_all(
                session, kind, refs, pointer=f"{pointer}/{name}"
            )
        ]
        for name, kind, refs in named
    }
    return fill.model_copy(update=ids)


def _id(
    session: Session, kind: type[Named], ref: str | None, pointer: str
) -> str | None:
    if ref is None:
        return None
    return str(references.resolve(session, kind, ref, pointer=pointer).id)
