"""What readers get of a front."""

from typing import Literal

from pydantic import Field

from app.content.vocabularies import ContainerLevel, ContainerRole
from app.delivery.advertising.schemas import PageAds
from app.delivery.schemas.articles import ArticleSummary
from app.delivery.schemas.references import MediaReference, Sponsorship
from app.kit.schemas import Output, Uuid


class FrontCard(Output):
    """A story on the page, in the words that the page has for it."""

    headline: str = Field(description="The headline to show here.")
    kicker: str | None = Field(description="The kicker to show here; null: none.")
    label: str | None = Field(description="Such as *Live* or *Watch*; null: none.")
    image: MediaReference | None = Field(description="What to show; null: nothing.")
    is_curated: bool = Field(description="Whether an editor has put it here.")
    article: ArticleSummary = Field(description="The story, in its own words.")


class FrontMore(Output):
    """Where there is more of what fills a container."""

    kind: Literal["section", "author", "tag"] = Field(description="What it is.")
    id: Uuid = Field(description="Its id.")
    path: str = Field(description="Its public path.")
    url: str = Field(description="Its page of the frontend.")


class FrontContainer(Output):
    """A row or block of the page."""

    key: str = Field(description="What frontends call it; once on a front.")
    title: str | None = Field(description="Its heading; null: none.")
    layout: str | None = Field(
        description="A word for the frontend; null: as it likes."
    )
    role: ContainerRole = Field(
        description="What it is; a container of most read stories is filled by clients."
    )
    level: ContainerLevel = Field(description="Whether it is of the first rank.")
    sponsorship: Sponsorship | None = Field(description="Who paid; null: nobody.")
    more: FrontMore | None = Field(
        description="The page that its heading leads to; null: none."
    )
    cards: list[FrontCard] = Field(
        description="In order. No story is twice on a front."
    )


class FrontSummary(Output):
    """A curated front, as it stands in the list of them."""

    id: Uuid = Field(description="Never changes.")
    version: int = Field(description="It rises with every change.")
    key: str = Field(description="`home`, or the path of its section.")
    title: str | None = Field(description="For the page's head; null: not said.")
    description: str | None = Field(description="For the page's head; null: not said.")


class FrontPage(Output):
    """A front with all that stands on it. What is empty is left out of it."""

    id: Uuid | None = Field(
        description="Never changes; null: nobody has made it, it makes itself."
    )
    version: int | None = Field(
        description="It rises with every change; null: as `id`."
    )
    key: str = Field(description="`home`, or the path of its section.")
    title: str | None = Field(description="For the page's head; null: not said.")
    description: str | None = Field(description="For the page's head; null: not said.")
    containers: list[FrontContainer] = Field(description="In order.")
    ads: PageAds | None = Field(
        default=None,
        description="With `include=ads`: what the page carries. Its placements name"
        " containers by key.",
    )
