"""What every request and answer model shares.

Input is strict and refuses what it does not know. An output field never has a
default: it is always there.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
)

_EARLIEST = datetime(1700, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


def _written_out(value: object) -> object:
    # Pydantic alone would also read a number, as seconds or milliseconds since 1970.
    is_moment = isinstance(value, datetime)
    if not is_moment and not (isinstance(value, str) and _RFC_3339.fullmatch(value)):
        raise ValueError("an RFC 3339 time is needed, such as 2024-11-03T09:30:00Z")
    return value


def _in_range(moment: datetime) -> datetime:
    if not _EARLIEST <= moment < _LATEST:
        raise ValueError("a time between the years 1700 and 2200 is needed")
    return moment.astimezone(UTC)


Moment = Annotated[
    AwareDatetime,
    Field(strict=False),
    BeforeValidator(_written_out),
    AfterValidator(_in_range),
]
"""An RFC 3339 time with its offset, kept in UTC."""

Uuid = Annotated[UUID, Field(strict=False)]
"""A UUID in its usual text form."""


class Input(BaseModel):
    """A model of what clients send: strict, and closed to unknown members."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        frozen=True,
        # Where an input stands inside an answer, nothing in it is left out.
        json_schema_serialization_defaults_required=True,
    )


class Output(BaseModel):
    """A model of what clients get."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class ListLinks(Output):
    """Where this page is and where the next one is."""

    self: str = Field(description="This page.")
    next: str | None = Field(description="The next page; null on the last.")


class ListMeta(Output):
    """What is known about the list besides its items."""

    limit: int = Field(description="How many items a page holds at most.")


class CountedMeta(ListMeta):
    """As `ListMeta`, and with `total=true` how many items match."""

    total: int | None = Field(
        default=None,
        description="How many items match, where `total=true` asked; up to 10,000.",
    )
    total_is_capped: bool | None = Field(
        default=None, description="Whether there are more than `total` says."
    )


Item = TypeVar("Item")


class Page(Output, Generic[Item]):
    """One page of a list."""

    data: list[Item] = Field(description="The items, in order.")
    links: ListLinks = Field(description="Where to go from here.")
    meta: ListMeta = Field(description="About the list itself.")


class CountedPage(Page[Item], Generic[Item]):
    """One page of a list that can be counted."""

    meta: CountedMeta = Field(description="About the list itself.")
