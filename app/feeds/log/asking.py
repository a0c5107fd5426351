"""What can be asked of the log: from where on, and about what."""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from fastapi import Header, Query
from pydantic import Field, TypeAdapter, ValidationError

from app.kit.errors import Fault, Invalid
from app.kit.numbers import Place, PlainNumber
from app.kit.schemas import Input

# In a snapshot what is named comes before what names it.
Kind = Literal[
    "section",
    "author",
    "tag",
    "media",
    "ad_slot",
    "ad_policy",
    "article",
    "menu",
    "front",
    "ads_txt",
]
KINDS: Sequence[str] = get_args(Kind)

LONGEST_WAIT_SECONDS = 25
MOST_ROWS = 1000
MOST_DOCUMENTS = 100

Kinds = Annotated[
    str | None,
    Field(
        max_length=200,
        description="Only these kinds, comma-separated: `article,tag`.",
    ),
]


class PlaceFilters(Input):
    """From where on."""

    after: Place | None = Field(
        default=None, description="The position you have read up to."
    )


class StreamFilters(PlaceFilters):
    """From where on, and about what."""

    kinds: Kinds = None


class ChangesFilters(StreamFilters):
    """Which rows of the log, and for how long to wait for one."""

    include: Literal["documents"] | None = Field(
        default=None,
        description="`documents` adds to each row its resource as it is now, or null.",
    )
    wait: PlainNumber = Field(
        default=0,
        ge=0,
        le=LONGEST_WAIT_SECONDS,
        description="Seconds to wait, at most 25, while there is nothing.",
    )
    limit: PlainNumber = Field(
        default=100,
        ge=1,
        le=MOST_ROWS,
        description="Rows a page, at most 1,000; with documents at most 100.",
    )


class AdvanceFilters(PlaceFilters):
    """Which rows about embargoed articles."""

    limit: PlainNumber = Field(
        default=100, ge=1, le=MOST_ROWS, description="Rows a page, at most 1,000."
    )


class SnapshotFilters(Input):
    """Of what a snapshot is taken."""

    kinds: Kinds = None


ChangesQuery = Annotated[ChangesFilters, Query()]
AdvanceQuery = Annotated[AdvanceFilters, Query()]
StreamQuery = Annotated[StreamFilters, Query()]
SnapshotQuery = Annotated[SnapshotFilters, Query()]
LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        description="The position you have read up to; goes before `after`.",
    ),
]


_PLACE: TypeAdapter[int] = TypeAdapter(Place)


def kinds(text: str | None) -> Sequence[str] | None:
    """Read a list of kinds; None is all of them."""
    if text is None:
        return None
    named = text.split(",")
    if not set(named) <= set(KINDS):
        detail = f"Kinds are {', '.join(KINDS)}; a comma stands between two."
        raise Invalid(faults=[Fault(detail=detail, parameter="kinds")])
    return named


def place(after: int | None, last_event_id: str | None) -> int | None:
    """Read where a stream goes on: clients that come back say so in the header."""
    if last_event_id is None:
        return after
    try:
        return _PLACE.validate_python(last_event_id)
    except ValidationError:
        detail = "A position of the log is needed: the id of the last event."
        fault = Fault(detail=detail, parameter="Last-Event-ID")
        raise Invalid(faults=[fault]) from None
