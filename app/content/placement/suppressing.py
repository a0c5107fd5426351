"""Why a story carries no advertisements, or fewer: the reasons, in their order."""

from typing import Literal, get_args

from app.content.placement.stories import Story

Reason = Literal[
    "kill_switch",
    "article_ads_off",
    "legal",
    "sensitive",
    "paid_content",
    "sponsored_exclusive",
    "minor_audience",
    "too_short",
    "format",
    "partner_output",
]

_ORDER: tuple[Reason, ...] = get_args(Reason)

_NONE_AT_ALL = frozenset({"kill_switch", "article_ads_off", "legal", "partner_output"})
_NONE_INSIDE = frozenset({"paid_content", "format"})
_NOTHING_OF_THE_READER = frozenset({"sensitive", "minor_audience"})
_FORMATS = frozenset({"interactive", "audio"})


def reasons(
    story: Story, *, is_on: bool, is_short: bool, for_partner: bool
) -> list[Reason]:
    """List what keeps advertisements away from a story, the weightiest first."""
    level, ads = story.said("sensitivity", "level"), story.said("sensitivity", "ads")
    genre = story.content["genre"]
    is_paid = story.said("sponsorship", "type") == "paid_content" or genre == "paid"
    holds: dict[Reason, bool] = {
        "kill_switch": not is_on,
        "article_ads_off": ads == "suppress" and level == "none",
        "legal": level == "legal",
        "sensitive": ads == "contextual" or (ads == "suppress" and level != "none"),
        "paid_content": is_paid,
        "sponsored_exclusive": story.said("sponsorship", "is_exclusive") == "True",
        "minor_audience": story.said("sensitivity", "audience") == "minors",
        "too_short": is_short,
        "format": story.type in _FORMATS or genre == "recipe",
        "partner_output": for_partner,
    }
    return [reason for reason in _ORDER if holds[reason]]


def leave_nothing(found: list[Reason], story: Story) -> bool:
    """Tell whether the whole page carries no advertisement."""
    is_off = story.said("sensitivity", "ads") == "suppress"
    return is_off or not _NONE_AT_ALL.isdisjoint(found)


def leave_what_knows_nobody(found: list[Reason]) -> bool:
    """Tell whether only slots remain that need to know nothing of the reader."""
    return not _NOTHING_OF_THE_READER.isdisjoint(found)


def leave_nothing_inside(found: list[Reason]) -> bool:
    """Tell whether none stands in the story itself."""
    return not _NONE_INSIDE.isdisjoint(found)
