"""What readers get of a path."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from app.delivery.advertising.schemas import PageAds
from app.delivery.fronts.schemas import FrontPage
from app.delivery.schemas.articles import ArticleDetail, ArticleHead, ArticleSummary
from app.delivery.schemas.authors import AuthorProfile
from app.delivery.schemas.menus import MenuProfile
from app.delivery.schemas.references import SectionReference
from app.delivery.schemas.sections import SectionPage
from app.delivery.schemas.tags import TagProfile
from app.kit.schemas import Output, Uuid


class PageHead(ArticleHead):
    """What the frontend writes into a page's head, ready to use."""

    json_ld: list[Mapping[str, object]] = Field(
        description="schema.org: the page, and the way to it; escape `<` when writing"
        " them into script elements."
    )


class PageAlternate(Output):
    """Another form of a page, for a `link` element with `rel=alternate`."""

    type: str = Field(description="Its media type.")
    href: str = Field(description="Where it is.")


class Resolution(Output):
    """What lives at a path, and what a frontend should answer there."""

    status: Literal["found", "moved", "gone", "legal", "unknown"] = Field(
        description="What became of what lived there."
    )
    http_status: int = Field(description="What the frontend should answer.")
    location: str | None = Field(
        description="The path where it lives now; null when nothing does."
    )
    reason: str | None = Field(
        description="Why it is gone: withdrawn, expired, killed, legal, deleted."
    )
    note: str | None = Field(description="The public text about why it is gone.")
    kind: str | None = Field(
        description="What it is: article, section, author, tag; `front` at `/`."
    )
    id: Uuid | None = Field(
        description="The id of what lives or lived there; null: nothing, or a front"
        " that nobody has made."
    )
    resource: (
        ArticleDetail | SectionPage | AuthorProfile | TagProfile | FrontPage | None
    ) = Field(
        default=None,
        description="With `include=resource`: what lives there, as its own route"
        " answers it. Each part is null where nothing was found.",
    )
    breadcrumbs: list[SectionReference] | None = Field(
        default=None,
        description="With `include=resource`: the sections from the top down to it.",
    )
    seo: PageHead | None = Field(
        default=None,
        description="With `include=resource`: what the page's head says, ready to use.",
    )
    alternates: list[PageAlternate] | None = Field(
        default=None, description="With `include=resource`: other forms of the page."
    )
    menus: list[MenuProfile] | None = Field(
        default=None, description="With `include=menus`: all menus, by key."
    )
    ads: PageAds | None = Field(
        default=None, description="With `include=ads`: what the page carries."
    )
    related: list[ArticleSummary] | None = Field(
        default=None,
        description="With `include=related`: what belongs beside an article; of a"
        " section, author or tag the newest articles. At most ten.",
    )
    front: FrontPage | None = Field(
        default=None,
        description="With `include=front`: what stands on the page of a section; null"
        " for anything else.",
    )
