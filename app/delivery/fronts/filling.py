"""Filling a front: what its cards lead to, and what takes the places they leave.

Cards come first, wherever they stand: what an editor has put on the page is not taken
from its place by what fills another. Four statements, however large the front is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson
from pydantic import JsonValue
from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from app.delivery import lists
from app.delivery.filters import Filters
from app.delivery.fronts.plans import Plan, PlannedCard, PlannedContainer, PlannedFill
from app.delivery.lists import Lists
from app.delivery.pages import candidates
from app.delivery.schemas.references import MediaReference
from app.delivery.store import facets, keys
from app.delivery.store.facets import EVERYTHING, FacetValue
from app.delivery.store.models import Document

Written = dict[str, JsonValue]
Cards = list[Written]

EMPTY_ONES_STAY = frozenset({"promo", "most_read", "merchandising"})
"""Roles of containers that a frontend fills by itself."""

_IMAGE = tuple(MediaReference.model_fields)


@dataclass(frozen=True)
class Named:
    """What a plan names, as far as readers may have it."""

    details: Mapping[UUID, Written] = field(default_factory=dict)
    paths: Mapping[UUID, str] = field(default_factory=dict)


def filled(session: Session, plan: Plan, *, site_url: str) -> tuple[Written, list[str]]:
    """Write the front that is planned, and name what it depends on."""
    named, shown = _named(session, plan)
    drawn, drawn_from = _drawn(session, plan.containers)
    curated = _curated(plan.containers, named)
    chosen = _chosen(plan.containers, curated, drawn)
    summaries = candidates.summaries(session, [one for each in chosen for one in each])
    containers = []
    for container, cards, others in zip(plan.containers, curated, chosen, strict=True):
        stories = [
            orjson.loads(summaries[each]) for each in others if each in summaries
        ]
        shown_here = _in_places(container, cards, stories, named)
        if shown_here or container.role in EMPTY_ONES_STAY:
            more = _more(container, named, site_url)
            containers.append(_container(container, shown_here, more))
    written = plan.model_dump(mode="json", exclude={"containers"})
    return {**written, "containers": containers}, [*shown, *drawn_from]


def _named(session: Session, plan: Plan) -> tuple[Named, list[str]]:
    """Read the cards' stories and pictures, and the pages that headings lead to."""
    wanted: list[tuple[str, UUID]] = []
    for container in plan.containers:
        for card in container.cards:
            wanted.append(("article", card.article))
            wanted += [("media", card.image)] if card.image else []
        leads_to = container.fill and container.fill.leads_to
        wanted += [leads_to] if leads_to else []
    if not wanted:
        return Named(), []
    rows = session.execute(
        select(Document.id, Document.path, Document.summary).where(
            Document.id.in_({each for _, each in wanted})
        )
    ).all()
    named = Named(
        details={row.id: orjson.loads(row.summary) for row in rows},
        paths={row.id: row.path for row in rows if row.path},
    )
    return named, keys.shown(dict.fromkeys(wanted), named.details)


def _drawn(
    session: Session, containers: Sequence[PlannedContainer]
) -> tuple[list[list[UUID]], list[str]]:
    """Read for each container what may fill it, the best first."""
    fills = [each.fill for each in containers]
    wanted = [
        FacetValue(kind, value)
        for fill in fills
        if fill is not None
        for kind, values in fill.facets
        for value in values
    ]
    if not any(fills):
        return [[] for _ in fills], []
    numbers = facets.find(session, [EVERYTHING, *wanted])
    # All that stands elsewhere on the page may be among the first of a list.
    enough = max(sum(each.places for each in containers), 1)
    parts = []
    for number, fill in enumerate(fills):
        used = _lists(fill, numbers) if fill is not None else None
        if fill is None or used is None or used.is_empty:
            continue
        filters = Filters(limit=min(enough, 100), order=fill.order)
        hits = lists.candidates(used, filters, after=None, exclude=[]).subquery()
        at = hits.c.updated_at if fill.order == "updated" else hits.c.published_at
        parts.append(select(literal(number).label("number"), at.label("at"), hits.c.id))
    found: list[list[UUID]] = [[] for _ in fills]
    if parts:
        hits = union_all(*parts).subquery()
        ordered = select(hits.c.number, hits.c.id).order_by(
            hits.c.number, hits.c.at.desc(), hits.c.id.desc()
        )
        for number, article_id in session.execute(ordered):
            found[number].append(article_id)
    return found, sorted({key for fill in fills if fill for key in _lists_of(fill)})


def _lists(fill: PlannedFill, numbers: Mapping[FacetValue, int]) -> Lists:
    """Say which lists a fill runs over, as numbers."""
    groups = [
        frozenset(
            numbers[facet]
            for facet in (FacetValue(kind, value) for value in values)
            if facet in numbers
        )
        for kind, values in fill.facets
    ]
    if not groups:
        everything = numbers.get(EVERYTHING)
        return Lists(frozenset() if everything is None else frozenset([everything]))
    return Lists(groups[0], tuple(groups[1:]))


def _lists_of(fill: PlannedFill) -> list[str]:
    """Name the lists in which whatever joins or leaves a container must stand."""
    for kind, values in fill.facets:
        return keys.listings((kind, value) for value in values)
    return [keys.ARTICLES]


def _curated(
    containers: Sequence[PlannedContainer], named: Named
) -> list[list[PlannedCard]]:
    """List the cards that each container has room for, each story once on the page."""
    seen: set[UUID] = set()
    kept: list[list[PlannedCard]] = []
    for container in containers:
        cards: list[PlannedCard] = []
        for card in container.cards:
            has_room = len(cards) < container.places
            if has_room and card.article in named.details and card.article not in seen:
                seen.add(card.article)
                cards.append(card)
        kept.append(cards)
    return kept


def _chosen(
    containers: Sequence[PlannedContainer],
    curated: Sequence[Sequence[PlannedCard]],
    drawn: Sequence[Sequence[UUID]],
) -> list[list[UUID]]:
    """Choose what takes the places that are left, no story twice on the page."""
    seen = {card.article for cards in curated for card in cards}
    chosen: list[list[UUID]] = []
    for container, cards, found in zip(containers, curated, drawn, strict=True):
        left = container.places - len(cards)
        fresh = [each for each in found if each not in seen][:left]
        seen.update(fresh)
        chosen.append(fresh)
    return chosen


def _in_places(
    container: PlannedContainer,
    cards: Sequence[PlannedCard],
    stories: Sequence[Written],
    named: Named,
) -> Cards:
    """Put pinned cards into their places, and the others in order around them."""
    pinned = {card.place: card for card in cards if card.place is not None}
    free = iter(
        [
            *(_card(card, named) for card in cards if card.place is None),
            *(_plain(story) for story in stories),
        ]
    )
    placed = (
        _card(pinned[place], named) if place in pinned else next(free, None)
        for place in range(1, container.places + 1)
    )
    return [each for each in placed if each is not None]


def _card(card: PlannedCard, named: Named) -> Written:
    """Write a card in its own words, and in the story's where it has none."""
    article = named.details[card.article]
    image = named.details.get(card.image) if card.image else None
    return {
        "headline": card.headline or article["headline"],
        "kicker": card.kicker or article["kicker"],
        "label": card.label,
        "image": {name: image[name] for name in _IMAGE}
        if image
        else article["lead_media"],
        "is_curated": True,
        "article": article,
    }


def _plain(article: Written) -> Written:
    return {
        "headline": article["headline"],
        "kicker": article["kicker"],
        "label": None,
        "image": article["lead_media"],
        "is_curated": False,
        "article": article,
    }


def _more(container: PlannedContainer, named: Named, site_url: str) -> Written | None:
    leads_to = container.fill and container.fill.leads_to
    if not leads_to or leads_to[1] not in named.paths:
        return None
    kind, there = leads_to
    path = named.paths[there]
    return {"kind": kind, "id": str(there), "path": path, "url": f"{site_url}{path}"}


def _container(
    container: PlannedContainer, cards: Cards, more: Written | None
) -> Written:
    said = container.model_dump(mode="json", exclude={"places", "cards", "fill"})
    return {**said, "more": more, "cards": cards}
