"""All of it together: which advertisements a story carries, where, and why not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from app.content.placement import suppressing
from app.content.placement.gaps import fronts, intervals
from app.content.placement.gaps.places import Place, Walk
from app.content.placement.gaps.stops import stops
from app.content.placement.policies import Policy, chosen, platform_class
from app.content.placement.rules import PlatformClass
from app.content.placement.slots import Slot, in_turn, without_persons
from app.content.placement.stories import Story
from app.content.placement.suppressing import Reason
from app.content.vocabularies import Platform

Inside = Literal["in_article", "liveblog", "gallery", "between_containers"]
"""Positions between the parts of a page; all others are fixed on it."""

_INSIDE: tuple[Inside, ...] = get_args(Inside)


@dataclass(frozen=True)
class Placed:
    """A slot at a place of the story, and what it is called there."""

    slot: Slot
    instance: str
    place: Place


@dataclass(frozen=True)
class Placement:
    """What a story carries on a platform; `judged` is every place there is in it."""

    policy: Policy
    reasons: list[Reason]
    is_suppressed: bool
    fixed: list[Slot]
    placed: list[Placed]
    judged: list[Place]


def place(
    story: Story,
    policies: Iterable[Policy],
    slots: Iterable[Slot],
    platform: Platform,
    *,
    is_on: bool = True,
    for_partner: bool = False,
) -> Placement:
    """Place slots in a story; the same every time."""
    screens = platform_class(platform)
    policy = chosen(policies, story, screens)
    found, is_short = _places(story, policy, screens)
    reasons = suppressing.reasons(
        story, is_on=is_on, is_short=is_short, for_partner=for_partner
    )
    carried = [slot for slot in slots if slot.is_on(story, platform)]
    if suppressing.leave_what_knows_nobody(reasons):
        carried = without_persons(carried)
    if "sponsored_exclusive" in reasons:
        carried = [slot for slot in carried if slot.entry["kind"] == "sponsor_logo"]
    is_suppressed = suppressing.leave_nothing(reasons, story)
    if is_suppressed:
        carried = []
    fixed = [slot for slot in carried if slot.position not in _INSIDE]
    if "paid_content" in reasons:
        fixed = [slot for slot in fixed if slot.position == "rail"]
    if is_suppressed or suppressing.leave_nothing_inside(reasons):
        found = {name: list(_suppressed(each)) for name, each in found.items()}
    filled = [_filled(name, each, carried) for name, each in found.items()]
    placed = [one for each, _ in filled for one in each]
    judged = [one for _, each in filled for one in each]
    return Placement(
        policy=policy,
        reasons=reasons,
        is_suppressed=is_suppressed,
        fixed=sorted(fixed, key=lambda slot: slot.order),
        placed=sorted(placed, key=lambda one: _stands(one.place)),
        judged=sorted(judged, key=_stands),
    )


def _places(
    story: Story, policy: Policy, screens: PlatformClass
) -> tuple[Mapping[Inside, list[Place]], bool]:
    """Judge every place; tells too whether there is too little to read for any."""
    body, rules = story.body, policy.rules
    if story.containers:
        gaps = fronts.between_containers(story.containers, rules.front, screens)
        return {"between_containers": gaps}, False
    if story.type == "liveblog":
        between = intervals.between_posts(body, rules.liveblog, screens)
        return {"liveblog": between}, False
    walk = Walk(stops(body), rules)
    judged: dict[Inside, list[Place]] = {
        "in_article": walk.judged(),
        "gallery": intervals.between_pictures(body, rules.gallery),
    }
    return judged, walk.is_short and story.page_type == "article"


def _suppressed(found: Iterable[Place]) -> Iterator[Place]:
    return (replace(each, refused="suppressed") for each in found)


def _filled(
    position: Inside, found: Iterable[Place], slots: Sequence[Slot]
) -> tuple[list[Placed], list[Place]]:
    """Give places to the slots of a position, until there are no more slots."""
    turns = in_turn(slot for slot in slots if slot.position == position)
    placed: list[Placed] = []
    judged: list[Place] = []
    for each in found:
        turn = next(turns, None) if each.refused is None else None
        if turn is not None:
            placed.append(Placed(*turn, each))
        is_left = each.refused is None and turn is None
        judged.append(replace(each, refused="no_slot") if is_left else each)
    return placed, judged


def _stands(place: Place) -> tuple[int, int]:
    return place.index, place.after_item or 0
