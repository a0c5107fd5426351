"""What editors write of a front, and what they get."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from app.content.vocabularies import (
    ArticleType,
    ContainerLevel,
    ContainerRole,
    Genre,
)
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, Slug, Text, Title

MAX_PLACES = 20
MAX_PLACES_IN_ALL = 100
MAX_CONTAINERS = 40

Named = Annotated[list[Title], Field(max_length=20)]


class Times(Input):
    """When something stands on the page."""

    active_from: Moment | None = Field(
        default=None, description="From when on; null: at once."
    )
    active_to: Moment | None = Field(
        default=None, description="Until when; null: for as long as it stands here."
    )

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.active_from and self.active_to and self.active_from >= self.active_to:
            raise ValueError("active_from has to be before active_to")
        return self


class Card(Times):
    """A story that an editor has put on the page, in other words perhaps."""

    article: Title = Field(description="The story, by id or slug.")
    headline: Line | None = Field(default=None, description="Instead of its own.")
    kicker: Line | None = Field(default=None, description="Instead of its own.")
    label: Line | None = Field(default=None, description="Such as *Live* or *Watch*.")
    image: Title | None = Field(
        default=None,
        description="Id of a listed picture instead of the one it opens with.",
    )
    place: int | None = Field(
        default=None,
        ge=1,
        le=MAX_PLACES,
        description="Its place in the container, from 1; null: the first that is free.",
    )


class Fill(Input):
    """Which stories take the places that no card has. All that is named must fit."""

    sections: Named = Field(
        default=[], description="In any of these or below, by id or path."
    )
    authors: Named = Field(default=[], description="By any of these, by id or slug.")
    tags: Named = Field(default=[], description="With any of these, by id or slug.")
    types: list[ArticleType] = Field(default=[], description="Of any of these forms.")
    genres: list[Genre] = Field(default=[], description="Of any of these kinds.")
    order: Literal["newest", "updated"] = Field(
        default="newest", description="Which come first."
    )


class Container(Times):
    """A row or block of the page: cards, and what fills the rest."""

    key: Slug = Field(description="What frontends call it; once on a front.")
    title: Line | None = Field(default=None, description="Its heading.")
    layout: Slug | None = Field(
        default=None, description="A word for the frontend, such as `lead` or `river`."
    )
    role: ContainerRole = Field(
        default="standard",
        description="What it is, for the frontend and for where advertisements stand.",
    )
    level: ContainerLevel = Field(
        default="primary", description="Whether it is of the first rank."
    )
    sponsor: Title | None = Field(default=None, description="Id or key of who pays.")
    places: int = Field(
        default=4, ge=0, le=MAX_PLACES, description="How many stories it shows."
    )
    cards: list[Card] = Field(
        default=[], max_length=MAX_PLACES, description="What editors put there."
    )
    fill: Fill | None = Field(
        default=None, description="What takes the other places; null: nothing."
    )

    @model_validator(mode="after")
    def _gives_each_place_once(self) -> Self:
        pinned = [card.place for card in self.cards if card.place is not None]
        if any(place > self.places for place in pinned):
            raise ValueError(f"there are {self.places} places")
        _check_once(pinned, "two cards are pinned to place {}")
        return self


def _check_page(containers: list[Container]) -> list[Container]:
    _check_once((each.key for each in containers), "two containers are called {}")
    if sum(each.places for each in containers) > MAX_PLACES_IN_ALL:
        raise ValueError(f"a front has at most {MAX_PLACES_IN_ALL} places in all")
    return containers


def _check_once(values: Iterable[object], said: str) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise ValueError(said.format(value))


Containers = Annotated[list[Container], AfterValidator(_check_page)]


class FrontWrite(Input):
    """A whole front; it replaces the one before."""

    title: Line | None = Field(default=None, description="For the page's head.")
    description: Text | None = Field(default=None, description="For the page's head.")
    containers: Containers = Field(
        max_length=MAX_CONTAINERS,
        description=f"In order, with at most {MAX_PLACES_IN_ALL} places in all.",
    )


class FrontDetail(Output):
    """A front as editors see it, whatever the time. References are given as ids."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    key: str = Field(description="`home`, or the path of its section.")
    section: Uuid | None = Field(
        validation_alias="section_id",
        description="The section it is the front of; null: the newspaper.",
    )
    title: str | None
    description: str | None
    containers: list[Container]
    created_at: Moment
    updated_at: Moment
