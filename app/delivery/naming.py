"""From the words of a query to the lists they name: slugs, paths, ids to numbers."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.filters import Group
from app.delivery.lists import Lists
from app.delivery.reading import parse_id
from app.delivery.store import addresses, facets, keys
from app.delivery.store.addresses import GONE
from app.delivery.store.facets import EVERYTHING, FacetValue
from app.delivery.store.models import Address

Names = dict[tuple[str, str], str]

_MERGEABLE = frozenset({"author", "tag"})
_PATHS = {"section": "/", "author": "/authors/", "tag": "/tags/"}


def lists_of(session: Session, groups: Sequence[Group]) -> tuple[Lists, list[str]]:
    """Find the lists a query runs over, and the keys its answer depends on."""
    ids = _ids(session, groups)
    wanted = [_facets(group, ids) for group in groups]
    numbers = facets.find(
        session, [EVERYTHING, *(facet for group in wanted for facet in group)]
    )
    found = [
        frozenset(numbers[facet] for facet in group if facet in numbers)
        for group in wanted
    ]
    everything = frozenset({numbers[EVERYTHING]} if EVERYTHING in numbers else ())
    all_of = [
        each for group, each in zip(groups, found, strict=True) if not group.is_none_of
    ]
    none_of = [
        each for group, each in zip(groups, found, strict=True) if group.is_none_of
    ]
    used = Lists(
        driver=all_of[0] if all_of else everything,
        all_of=tuple(all_of[1:]),
        none_of=frozenset().union(*none_of),
    )
    return used, [*_driving(groups, wanted), *names(groups)]


def names(groups: Sequence[Group]) -> list[str]:
    """Name the paths whose meaning the answer depends on.

    A slug that means nothing yet may come to mean something, and an old one may be
    taken over by somebody else.
    """
    named = {
        (group.kind, value)
        for group in groups
        if group.is_named
        for value in group.values
        if not parse_id(value)
    }
    if len(named) > keys.NAMED_ONE_BY_ONE:
        return sorted({keys.collection(kind) for kind, _ in named})
    return sorted(keys.path(_PATHS[kind] + value) for kind, value in named)


def _driving(
    groups: Sequence[Group], wanted: Sequence[Sequence[FacetValue]]
) -> list[str]:
    """Name the lists in which whatever joins or leaves the answer must stand."""
    for group, named in zip(groups, wanted, strict=True):
        if not group.is_none_of:
            return keys.listings((facet.kind, facet.value) for facet in named)
    return [keys.ARTICLES]


def _facets(group: Group, ids: Names) -> list[FacetValue]:
    if not group.is_named:
        return [FacetValue(group.kind, value) for value in group.values]
    return [
        FacetValue(group.kind, ids[group.kind, value])
        for value in group.values
        if (group.kind, value) in ids
    ]


def _ids(session: Session, groups: Sequence[Group]) -> Names:
    """Find whom the named values mean; old slugs and paths mean what they did.

    So do the ids of what was merged into another.
    """
    named = {(g.kind, value) for g in groups if g.is_named for value in g.values}
    known = {pair: pair[1] for pair in named if parse_id(pair[1])}
    digests = {
        addresses.digest(addresses.api_address(*pair)): pair
        for pair in named
        if pair not in known or pair[0] in _MERGEABLE
    }
    if not digests:
        return known
    rows = session.execute(
        select(Address.digest, Address.resource_id).where(
            Address.digest.in_(digests), Address.state != GONE
        )
    )
    return known | {digests[key]: str(resource_id) for key, resource_id in rows}
