"""Places between the containers of a front: in every so many gaps that allow it."""

from app.content.placement.gaps.places import Place, Refusal
from app.content.placement.gaps.stops import Body
from app.content.placement.rules import FrontRules, PlatformClass

_BARS_AFTER = frozenset({"most_read", "merchandising"})
_BARS_BEFORE = frozenset({"promo", "merchandising"})


def between_containers(
    containers: Body, rules: FrontRules, platform_class: PlatformClass
) -> list[Place]:
    """Judge the gap after each container but the last.

    Promotions and merchandise have a look of their own, and readers must not take an
    advertisement for a part of what somebody else has paid for.
    """
    compact = platform_class == "compact"
    most = rules.max_slots_compact if compact else rules.max_slots
    places: list[Place] = []
    taken = allowed = 0
    for index in range(1, len(containers)):
        refused = _bar(containers, index)
        if refused is None:
            is_turn = allowed % rules.every == 0
            allowed += 1
            refused = "cap_reached" if taken >= most else None
            refused = refused if is_turn else "too_close"
        taken += refused is None
        places.append(
            Place(
                index=index,
                after_block=str(containers[index - 1]["id"]),
                before_block=str(containers[index]["id"]),
                refused=refused,
            )
        )
    return places


def _bar(containers: Body, index: int) -> Refusal | None:
    before, after = containers[index - 1], containers[index]
    leads = index == 1 and before["role"] == "promo"
    if leads or before["role"] in _BARS_AFTER:
        return "never_after"
    has_two_levels = any(each["level"] == "secondary" for each in containers)
    is_branded = has_two_levels and after["is_branded"] is True
    return "never_before" if after["role"] in _BARS_BEFORE or is_branded else None
