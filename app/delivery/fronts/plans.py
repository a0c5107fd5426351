"""What a front shows, by id: stored when it is saved, filled when it is read.

So a front names no story by its words. What is killed is not there, and what is new
stands where the plan says that the newest stands.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.content.vocabularies import (
    ArticleType,
    ContainerLevel,
    ContainerRole,
    Genre,
)
from app.delivery.schemas.references import Sponsorship

HOME = "home"
"""The key of the newspaper's own front."""


class Planned(BaseModel):
    """A part of a plan; what else is said of it when it is written stays behind."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PlannedCard(Planned):
    """A story that an editor has put there, in other words perhaps."""

    article: UUID
    headline: str | None
    kicker: str | None
    label: str | None
    image: UUID | None
    place: int | None


class PlannedFill(Planned):
    """Which stories take the places that are left. All that is named must fit."""

    sections: list[UUID] = []
    authors: list[UUID] = []
    tags: list[UUID] = []
    types: list[ArticleType] = []
    genres: list[Genre] = []
    order: Literal["newest", "updated"] = "newest"

    @property
    def facets(self) -> list[tuple[str, Sequence[str]]]:
        """The lists it draws from, those first that usually have few stories."""
        named: list[tuple[str, Sequence[object]]] = [
            ("author", self.authors),
            ("tag", self.tags),
            ("section", self.sections),
            ("genre", self.genres),
            ("type", self.types),
        ]
        return [(kind, [str(each) for each in ids]) for kind, ids in named if ids]

    @property
    def leads_to(self) -> tuple[str, UUID] | None:
        """The one section, author or tag whose page has more of this, if it is one."""
        named = [
            *(("section", each) for each in self.sections),
            *(("author", each) for each in self.authors),
            *(("tag", each) for each in self.tags),
        ]
        return named[0] if len(named) == 1 else None


class PlannedContainer(Planned):
    """A row or block of the page."""

    key: str
    title: str | None
    layout: str | None = None
    role: ContainerRole = "standard"
    level: ContainerLevel = "primary"
    sponsorship: Sponsorship | None = None
    places: int
    cards: list[PlannedCard] = []
    fill: PlannedFill | None


class Plan(Planned):
    """A whole front; one that nobody has made has no id and no version."""

    id: UUID | None
    version: int | None
    key: str
    title: str | None
    description: str | None
    containers: list[PlannedContainer]
