"""What readers get of a path."""

from typing import Literal

from pydantic import Field

from app.delivery.advertising.schemas import PageAds
from app.delivery.schemas.articles import ArticleDetail, ArticleSummary
from app.delivery.schemas.authors import AuthorProfile
from app.delivery.schemas.menus import MenuProfile
from app.delivery.schemas.references import SectionReference
from app.delivery.schemas.sections import SectionPage
from app.delivery.schemas.tags import TagProfile
from app.kit.schemas import Output, Uuid


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
    kind: str | None = Field(description="What it is: article, section, author, tag.")
    id: Uuid | None = Field(
        description="The id of what lives or lived there; null: nothing."
    )
    resource: ArticleDetail | SectionPage | AuthorProfile | TagProfile | None = Field(
        default=None,
        description="With `include=resource`: what lives there, as its own route"
        " answers it. Each part is null where nothing was found.",
    )
    breadcrumbs: list[SectionReference] | None = Field(
        default=None,
        description="With `include=resource`: the sections from the top down to it.",
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
