"""What readers get while they type."""

from typing import Literal

from pydantic import Field

from app.delivery.schemas.articles import ArticleHit
from app.kit.schemas import CountedMeta, CountedPage, Output, Uuid


class Suggestion(Output):
    """Something that the reader may mean."""

    kind: Literal["section", "author", "tag", "article"] = Field(
        description="What it is."
    )
    id: Uuid = Field(description="Its id.")
    name: str = Field(description="Its name, or an article's headline.")
    path: str = Field(description="Its public path.")
    url: str = Field(description="The page of the frontend.")


class FacetCount(Output):
    """How many of what was found have one value of a facet."""

    value: str = Field(description="An id, a form or a year, as filters take it.")
    name: str | None = Field(
        description="Of a section, author or tag its name; else null."
    )
    path: str | None = Field(
        description="Of a section, author or tag its public path; else null."
    )
    count: int = Field(description="How many, among the first 10,000 that were found.")


class SearchMeta(CountedMeta):
    """What is known of the answers to a question beside them."""

    did_you_mean: str | None = Field(
        description="Another question that finds something, where this one finds"
        " nothing; null: none is known."
    )
    facets: dict[str, list[FacetCount]] | None = Field(
        default=None,
        description="With `facets=`: of each the ten commonest values.",
    )


class SearchPage(CountedPage[ArticleHit]):
    """One page of what was found."""

    meta: SearchMeta = Field(description="About the answers.")


class Suggestions(Output):
    """What the reader may mean, the likeliest first."""

    data: list[Suggestion] = Field(description="At most as many as asked for.")
