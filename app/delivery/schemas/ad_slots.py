"""What readers get of an ad slot: the catalogue's entry."""

from typing import Annotated, Literal

from pydantic import Field

from app.content.vocabularies import (
    ArticleType,
    Collapse,
    Consent,
    PageType,
    Platform,
    SlotKind,
    SlotPosition,
)
from app.kit.schemas import Moment, Output, Uuid

# JSON has no pairs, so what was written as a list is read back as one.
Pair = Annotated[tuple[int, int], Field(strict=False)]


class SlotSizes(Output):
    """The sizes from one width of the window on, as GPT maps sizes."""

    min_width: int = Field(description="From this width of the window, in pixels.")
    min_height: int = Field(description="And from this height, in pixels.")
    sizes: list[Pair | Literal["fluid"]] = Field(
        description='Each `[width, height]` or `"fluid"`; `[]`: no advertisement.'
    )


class SlotReserve(Output):
    """The space to keep free before anything is loaded."""

    min_width: int = Field(description="From this width of the window, in pixels.")
    height: int = Field(description="In pixels.")


class SlotLoading(Output):
    """When an advertisement is fetched and shown."""

    fetch_margin_pct: int = Field(description="Fetch this near, in % of the window.")
    render_margin_pct: int = Field(description="Show this near, in % of the window.")
    mobile_scaling: float = Field(description="How much nearer on small screens.")


class SlotAppUnits(Output):
    """What the ad networks of the apps call the slot."""

    app_ios: str | None = Field(description="The AdMob or GAM unit id; null: none.")
    app_android: str | None = Field(description="The AdMob or GAM unit id; null: none.")


class SlotStories(Output):
    """Stories that a slot is for, or keeps away from."""

    sections: list[Uuid] = Field(description="Each with everything below it.")
    tags: list[Uuid] = Field(description="Stories with any of these tags.")
    types: list[ArticleType] = Field(description="Stories of these forms.")


class AdSlotProfile(Output):
    """A place where an advertisement may stand, and how it behaves there."""

    id: Uuid = Field(description="Never changes.")
    version: int = Field(description="It rises with every change.")
    key: str = Field(description="What frontends call it.")
    name: str = Field(description="What people call it.")
    kind: SlotKind = Field(description="What it shows.")
    position: SlotPosition = Field(description="Where on the page it stands.")
    prebid_pos: int = Field(
        description="The position as OpenRTB counts it (2.6, list 5.4): 3 below the"
        " fold, 4 header, 5 footer, 6 sidebar."
    )
    page_types: list[PageType] = Field(description="The kinds of pages that have it.")
    platforms: list[Platform] = Field(description="Where it exists.")
    repeatable: bool = Field(description="Whether a page may have it more than once.")
    max_instances: int = Field(description="How often, where it is repeatable.")
    unit_path: str | None = Field(
        description="The ad unit, a template over"
        " `{network} {site} {section_path} {page_type} {slot}`."
    )
    app_unit_ids: SlotAppUnits = Field(description="Its ad units in the apps.")
    sizes: list[SlotSizes] = Field(
        description="Smallest window first; the last that fits applies."
    )
    reserve: list[SlotReserve] = Field(
        description="Smallest window first; the last that fits applies."
    )
    label: str | None = Field(description="The words above it; null: none.")
    collapse: Collapse | None = Field(
        description="When its space closes; null: as the frontend likes."
    )
    lazy: SlotLoading | None = Field(description="When it loads; null: with the page.")
    targeting: dict[str, list[str]] = Field(description="Static key-values.")
    consent: Consent | None = Field(
        description="What the reader must have agreed to; null: unsaid."
    )
    fallback_slot: str | None = Field(
        description="The key of the slot used without that consent."
    )
    include: SlotStories = Field(description="Only these stories; empty: all.")
    exclude: SlotStories = Field(description="Never these; beats `include`.")
    active_from: Moment | None = Field(
        description="When its use begins; null: it has begun."
    )
    active_to: Moment | None = Field(
        description="When its use ends; null: not yet known."
    )
    status: Literal["active", "paused"] = Field(
        description="Whether the newspaper has paused it."
    )
    is_active: bool = Field(
        description="Whether it is in use now: status and dates taken together."
    )
    priority: int = Field(description="The highest fills a place first, then by key.")
