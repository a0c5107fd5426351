"""What readers get of an article: a summary in lists, the whole by itself."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from app.content.blocks.reading import Block
from app.content.vocabularies import (
    Access,
    ArticleType,
    Audience,
    ChangeKind,
    CorrectionKind,
    DataMining,
    Genre,
    SensitiveAds,
    SensitiveCategory,
    SensitivityLevel,
    SponsorshipStance,
)
from app.delivery.schemas.references import (
    AuthorReference,
    MediaReference,
    SectionReference,
    Sponsorship,
    TagReference,
)
from app.kit.schemas import Moment, Output, Uuid


class ArticleSensitivity(Output):
    """How delicate a story is, and what may stand beside it."""

    level: SensitivityLevel = Field(
        description="How delicate: `legal` where courts are concerned."
    )
    categories: list[SensitiveCategory] = Field(
        description="IAB Content Taxonomy 3.1, children of *Sensitive Topics*."
    )
    ads: SensitiveAds = Field(description="Which advertisements may stand beside it.")
    sponsorship: SponsorshipStance = Field(
        description="Whether sponsors may be named beside it."
    )
    audience: Audience = Field(description="For whom it is written.")


class ArticleSummary(Output):
    """An article as it stands in lists."""

    id: Uuid = Field(description="Never changes.")
    type: ArticleType = Field(description="Its form.")
    genre: Genre = Field(description="Its journalistic kind.")
    url: str = Field(description="The page of the frontend.")
    path: str = Field(description="Its public path, fixed at its first release.")
    slug: str = Field(description="The end of its path; names it in this API too.")
    language: str = Field(description="BCP 47 language tag.")
    headline: str = Field(description="The headline, plain text.")
    kicker: str | None = Field(description="The label above the headline.")
    standfirst: str | None = Field(description="The lead-in.")
    byline: str | None = Field(
        description="The line to show; made of the authors' names unless written."
    )
    authors: list[AuthorReference] = Field(
        description="In the order of the byline; may be empty."
    )
    section: SectionReference = Field(description="The section it belongs to.")
    tags: list[TagReference] = Field(
        description="What it is about, the most important first."
    )
    lead_media: MediaReference | None = Field(
        description="The picture or recording it opens with; null: none."
    )
    published_at: Moment = Field(description="When readers first got it.")
    updated_at: Moment = Field(description="When its content last changed for readers.")
    first_published_at: Moment = Field(description="When it was first released here.")
    word_count: int = Field(description="Words of paragraphs, lists, quotes, headings.")
    reading_minutes: int = Field(description="At a usual pace, at least 1.")
    access: Access = Field(description="Who may read all of it.")
    sensitivity: ArticleSensitivity = Field(description="How delicate it is.")
    sponsorship: Sponsorship | None = Field(
        description="Who paid for it; null: nobody."
    )
    version: int = Field(description="The number of its release: 1, 2, 3…")


class ArticleHighlights(Output):
    """Where the words of a question stand, as HTML with `mark` as its only element."""

    headline: str | None = Field(description="The headline; null: none is in it.")
    standfirst: str | None = Field(description="The standfirst; null: none is in it.")
    body: str | None = Field(
        description="The piece of the body where they first stand; null: nowhere."
    )


class ArticleHit(ArticleSummary):
    """An article that a question found."""

    highlights: ArticleHighlights = Field(description="Where the words are in it.")


class ArticleHeadlines(Output):
    """The headline in other lengths; null: use the headline."""

    short: str | None = Field(description="For narrow places.")
    seo: str | None = Field(description="For search engines.")
    social: str | None = Field(description="For social networks.")
    print: str | None = Field(description="As it stood in print.")


class ArticleCorrection(Output):
    """A correction that stands in the story."""

    kind: CorrectionKind = Field(description="What was done to the story.")
    html: str = Field(description="What readers are told, sanitised HTML.")
    text: str = Field(description="The same as plain text.")
    at: Moment = Field(description="When it was made.")
    block: str = Field(description="The id of its block.")


class ArticleRights(Output):
    """What may be done with the text."""

    copyright_holder: str = Field(description="Who owns the text.")
    copyright_notice: str | None = Field(description="The notice to show; null: none.")
    usage_terms: str | None = Field(
        description="Terms for whoever republishes it; null: none."
    )
    syndicate: bool = Field(description="Whether partners may have it at all.")
    data_mining: DataMining | None = Field(
        description="Whether machines may learn from it; null: nothing is said."
    )


class ArticleMeta(Output):
    """One `meta` element for the page's head."""

    name: str | None = Field(description="The `name` attribute, or null.")
    property: str | None = Field(description="The `property` attribute, or null.")
    content: str = Field(description="The `content` attribute, not escaped.")


class ArticleHead(Output):
    """What a page's head says beside its structured data."""

    title: str = Field(description="For the `title` element.")
    description: str | None = Field(description="For the description; null: none.")
    noindex: bool = Field(description="Whether search engines should leave it out.")
    meta: list[ArticleMeta] = Field(description="Open Graph and Twitter.")


class ArticleSeo(ArticleHead):
    """What the frontend writes into the page's head, ready to use."""

    json_ld: Mapping[str, object] = Field(
        description="schema.org; escape `<` when writing it into a script element."
    )


class ArticleLink(Output):
    """A link that belongs to the story."""

    label: str = Field(description="The words to show.")
    url: str = Field(description="Where it leads.")


class ArticleDetail(ArticleSummary):
    """An article, whole."""

    headlines: ArticleHeadlines = Field(description="The headline in other lengths.")
    teaser: str | None = Field(description="What cards say instead of the standfirst.")
    sections: list[SectionReference] = Field(
        description="Every section it stands in, its own first."
    )
    corrections: list[ArticleCorrection] = Field(description="In the order they stand.")
    rights: ArticleRights = Field(description="What may be done with the text.")
    seo: ArticleSeo = Field(description="What the page's head says, ready to use.")
    links: list[ArticleLink] = Field(
        description="Links that belong to the story; may be empty."
    )
    change: ChangeKind = Field(description="What the latest release was.")
    canonical_url: str = Field(description="Where search engines should send readers.")
    edition: str | None = Field(description="The edition it ran in; null: not said.")
    body: list[Annotated[Block, Field(description="A block.")]] = Field(
        description="The story; `[]` where `body=` asks for another form."
    )
    body_html: str | None = Field(description="With `body=html`, else null.")
    body_markdown: str | None = Field(description="With `body=markdown`, else null.")
    body_text: str | None = Field(description="With `body=text`, else null.")
