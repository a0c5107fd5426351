"""What a consumer gets of advertisements: their places, and what fills them."""

from pydantic import Field

from app.content.placement.gaps.places import Refusal
from app.content.placement.rules import PlatformClass
from app.content.placement.suppressing import Reason
from app.content.vocabularies import Platform
from app.delivery.schemas.ad_slots import AdSlotProfile
from app.delivery.schemas.articles import ArticleDetail
from app.kit.schemas import Output


class RulingPolicy(Output):
    """The policy that places were chosen by."""

    key: str = Field(description="Its key; `default` is the built-in one.")
    version: int = Field(description="Its version.")


class AdPlacement(Output):
    """A slot between two blocks of a story, two pictures, or two containers."""

    slot: str = Field(description="The key of the slot.")
    instance: str = Field(description="The key of this place, such as `inline-2`.")
    index: int = Field(
        description="The place in `body`, or in `containers`, before which it stands."
    )
    after_block: str = Field(
        description="The block, or container by key, that it stands after."
    )
    before_block: str | None = Field(
        description="The block that it stands before; null: it stands inside a gallery."
    )
    after_item: int | None = Field(
        description="In a gallery: after so many pictures; else null."
    )
    words_before: int = Field(description="Words of the story before it.")


class PageAds(Output):
    """The advertisements of a page on a platform. Nothing in it knows the reader.

    Whether a reader pays to see none, and what they have agreed to, is known to the
    client alone: each slot says what consent it needs.
    """

    policy: RulingPolicy = Field(description="By which policy.")
    platform: Platform = Field(description="For which platform.")
    platform_class: PlatformClass = Field(description="Apps are compact.")
    suppressed: bool = Field(description="Whether the page carries none at all.")
    reasons: list[Reason] = Field(
        description="Why it carries none, or fewer, the weightiest first. `sensitive`"
        " without `suppressed` and `minor_audience`: only contextual ones."
    )
    unit_path: str | None = Field(
        description="The ad unit of the page; null where no network is configured."
    )
    targeting: dict[str, list[str]] = Field(
        description="Key-values of the page, from its content alone."
    )
    fixed: list[str] = Field(
        description="Keys of the slots with a fixed place on the page."
    )
    placements: list[AdPlacement] = Field(
        description="Slots in the story or on the front, in reading order."
    )
    slots: list[AdSlotProfile] = Field(
        description="The catalogue's entry of each slot named above, its `unit_path`"
        " filled in for this page; null without the network it needs."
    )


class ArticleAnswer(ArticleDetail):
    """An article, whole, and what was asked for beside it."""

    ads: PageAds | None = Field(
        default=None, description="With `include=ads`: what its page carries."
    )


class AdCandidate(Output):
    """A place where a slot might stand, and what was decided."""

    index: int = Field(description="The place in `body` before which it is.")
    after_block: str = Field(description="The block before it.")
    before_block: str | None = Field(description="The block after it; null: none.")
    after_item: int | None = Field(
        description="In a gallery: after so many pictures; else null."
    )
    units_before: int = Field(description="Units of the story before it.")
    words_before: int = Field(description="Words of the story before it.")
    refused: Refusal | None = Field(
        description="The first rule that refused it; null: a slot stands here."
    )


class ExplainedAds(PageAds):
    """The same for editors, with every place that was looked at."""

    candidates: list[AdCandidate] = Field(description="Every place, in reading order.")
