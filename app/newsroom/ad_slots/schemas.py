"""What editors write of an ad slot, and what they get."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.content.placement.unit_paths import UnitPath
from app.content.vocabularies import (
    ArticleType,
    Collapse,
    Consent,
    PageType,
    Platform,
    SlotKind,
    SlotPosition,
)
from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, OneLine, Slug, Title
from app.newsroom.ad_slots.sizes import (
    Reserve,
    ReservedHeight,
    SizeMapping,
    SizeRange,
)

SlotStatus = Literal["active", "paused"]
References = Annotated[list[Title], Field(max_length=100)]

# Google Ad Manager's limits for key-values, and the characters it refuses.
TargetingKey = Annotated[
    str, OneLine(20, min_length=1), Field(pattern=r"^[A-Za-z_][A-Za-z0-9_.-]*$")
]
TargetingValue = Annotated[
    str, OneLine(40, min_length=1), Field(pattern=r"""^[^"'=!+#*~;^()<>\[\]&,]+$""")
]
TargetingValues = Annotated[list[TargetingValue], Field(max_length=50)]


class SlotScope(Input):
    """Stories that a slot is for, or keeps away from."""

    sections: References = Field(
        default=[], description="Ids or paths; each stands for everything below it."
    )
    tags: References = Field(default=[], description="Ids or slugs.")
    types: list[ArticleType] = Field(
        default=[], max_length=7, description="Forms of stories."
    )


class LazyLoading(Input):
    """When an advertisement is fetched and shown, as Google Publisher Tag has it."""

    fetch_margin_pct: int = Field(
        default=500, ge=0, le=2000, description="Fetch this near, in % of the window."
    )
    render_margin_pct: int = Field(
        default=200, ge=0, le=2000, description="Show this near, in % of the window."
    )
    mobile_scaling: float = Field(
        default=2.0, ge=0, le=10, description="How much nearer on small screens."
    )


class AppUnitIds(Input):
    """What the ad networks of the apps call the slot."""

    app_ios: Title | None = Field(default=None, description="AdMob or GAM unit id.")
    app_android: Title | None = Field(default=None, description="AdMob or GAM unit id.")


class AdSlotCreate(Input):
    """A new ad slot, public at once."""

    key: Slug = Field(description="What frontends call it, such as `article-inline`.")
    name: Title = Field(description="What people call it.")
    kind: SlotKind = Field(default="display", description="What it shows.")
    position: SlotPosition = Field(description="Where on the page it stands.")
    page_types: list[PageType] = Field(
        max_length=8, description="The kinds of pages that have it."
    )
    platforms: list[Platform] = Field(
        default=["web", "app_ios", "app_android", "newsletter"],
        max_length=4,
        description="Where it exists.",
    )
    repeatable: bool = Field(
        default=False, description="Whether a page may have it more than once."
    )
    max_instances: int = Field(
        default=1, ge=1, le=50, description="How often, where it is repeatable."
    )
    unit_path: UnitPath | None = Field(
        default=None,
        description="The ad unit, a template over"
        " `{network} {site} {section_path} {page_type} {slot}`.",
    )
    app_unit_ids: AppUnitIds = Field(
        default=AppUnitIds(), description="Its ad units in the apps."
    )
    sizes: SizeMapping = Field(description="Sizes by window, smallest window first.")
    reserve: Reserve = Field(
        default=[], description="Space kept free, smallest window first."
    )
    label: Title | None = Field(
        default=None, description="The words above it, or a text key; null: none."
    )
    collapse: Collapse | None = Field(
        default=None, description="When its space closes; null: the frontend decides."
    )
    lazy: LazyLoading | None = Field(
        default=None, description="When it loads; null: with the page."
    )
    targeting: dict[TargetingKey, TargetingValues] = Field(
        default={}, max_length=20, description="Static key-values of this slot."
    )
    consent: Consent | None = Field(
        default=None, description="What the reader must have agreed to; null: unsaid."
    )
    fallback_slot: Line | None = Field(
        default=None, description="Id or key of the slot used without that consent."
    )
    include: SlotScope = Field(
        default=SlotScope(), description="Only these stories; empty: all."
    )
    exclude: SlotScope = Field(
        default=SlotScope(), description="Never these stories; beats `include`."
    )
    active_from: Moment | None = Field(default=None, description="Null: at once.")
    active_to: Moment | None = Field(default=None, description="Null: for good.")
    status: SlotStatus = Field(default="active", description="Paused: never shown.")
    priority: int = Field(
        default=0, ge=0, le=9999, description="The highest fills a place first."
    )

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.active_from and self.active_to and self.active_from >= self.active_to:
            raise ValueError("active_from has to be before active_to")
        return self


class AdSlotUpdate(Change, AdSlotCreate):
    """A change to an ad slot (RFC 7396)."""

    key: Slug = Field(default="", description="What frontends call it.")
    name: Title = Field(default="", description="What people call it.")
    position: SlotPosition = Field(
        default="in_article", description="Where on the page it stands."
    )
    page_types: list[PageType] = Field(
        default=[], max_length=8, description="The kinds of pages that have it."
    )
    sizes: SizeMapping = Field(
        default=[], description="Sizes by window, smallest window first."
    )
    # A merge patch takes a key away by null, which a whole slot cannot hold.
    targeting: dict[TargetingKey, TargetingValues | None] = Field(  # type: ignore[assignment]
        default={}, max_length=20, description="Key-values; null removes one."
    )


class SlotScopeDetail(Output):
    """Stories that a slot is for, or keeps away from."""

    sections: list[Uuid]
    tags: list[Uuid]
    types: list[ArticleType]


class AdSlotDetail(Output):
    """An ad slot as editors see it. References are given as ids."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    key: str
    name: str
    kind: SlotKind
    position: SlotPosition
    page_types: list[PageType]
    platforms: list[Platform]
    repeatable: bool = Field(validation_alias="is_repeatable")
    max_instances: int
    unit_path: str | None
    app_unit_ids: AppUnitIds
    sizes: list[SizeRange]
    reserve: list[ReservedHeight]
    label: str | None
    collapse: Collapse | None
    lazy: LazyLoading | None
    targeting: dict[str, list[str]]
    consent: Consent | None
    fallback_slot: Uuid | None = Field(validation_alias="fallback_id")
    include: SlotScopeDetail
    exclude: SlotScopeDetail
    active_from: Moment | None
    active_to: Moment | None
    status: SlotStatus
    priority: int
    is_active: bool = Field(description="Whether it is in use at present.")
    created_at: Moment
    updated_at: Moment
