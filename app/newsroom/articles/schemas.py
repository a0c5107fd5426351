"""What editors write of an article, and what they get."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from app.content.blocks.values import BlockId
from app.content.body import Body
from app.content.story import (
    Headlines,
    Language,
    Rights,
    Sensitivity,
    SeoFields,
    StoryLink,
)
from app.content.vocabularies import (
    Access,
    ArticleState,
    ArticleType,
    CorrectionKind,
    Genre,
)
from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Line, ManyLines, Slug, Text, Url

Markup = Annotated[str, Field(max_length=1_000_000)]
References = Annotated[list[Line], Field(max_length=50)]


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("text is needed")
    return text.strip()


class ArticleCreate(Input):
    """A story. A draft needs a headline and a section.

    The body is written as blocks, or as HTML or Markdown, which become blocks.
    """

    headline: Line = Field(description="The headline.", min_length=1)
    section: Line = Field(description="Id or path of the section it belongs to.")
    slug: Slug | None = Field(
        default=None,
        description="The end of its path; made from the headline if absent.",
    )
    type: ArticleType = Field(default="article", description="Its form.")
    genre: Genre = Field(default="news", description="Its journalistic kind.")
    language: Language = Field(default="en", description="BCP 47 language tag.")
    access: Access = Field(default="free", description="Who may read all of it.")
    kicker: Line | None = Field(default=None, description="The label above it.")
    standfirst: Text | None = Field(default=None, description="The lead-in.")
    teaser: Text | None = Field(
        default=None, description="What cards say instead of the standfirst."
    )
    byline: Line | None = Field(
        default=None, description="The byline to show instead of the authors' names."
    )
    headlines: Headlines = Field(default=Headlines(), description="Other lengths.")
    authors: References = Field(default=[], description="Ids or slugs, in order.")
    sections: References = Field(
        default=[], description="Ids or paths of further sections it stands in."
    )
    tags: References = Field(default=[], description="Ids or slugs, in order.")
    lead_media: Line | None = Field(
        default=None, description="Id of the picture or recording it opens with."
    )
    sponsor: Line | None = Field(default=None, description="Id or key of its sponsor.")
    related: References = Field(
        default=[], description="Editors' picks: ids or slugs of articles."
    )
    body: Body | None = Field(default=None, description="The body.")
    body_html: Markup | None = Field(default=None, description="The body, as HTML.")
    body_markdown: Markup | None = Field(
        default=None, description="The body, as CommonMark with tables."
    )
    rights: Rights = Field(default=Rights(), description="What may be done with it.")
    seo: SeoFields = Field(default=SeoFields(), description="For search engines.")
    sensitivity: Sensitivity = Field(
        default=Sensitivity(), description="How delicate it is."
    )
    links: list[StoryLink] = Field(
        default=[], max_length=50, description="Links that belong to the story."
    )
    canonical_url: Url | None = Field(
        default=None, description="Where it was first published, if elsewhere."
    )
    edition: Line | None = Field(default=None, description="The edition it ran in.")
    note: Line | None = Field(
        default=None, description="What this save was about, for the revision list."
    )


class ArticleUpdate(Change, ArticleCreate):
    """A change to an article (RFC 7396). Readers see it at the next release."""

    headline: Line = Field(default="", description="The headline.", min_length=1)
    section: Line = Field(default="", description="Id or path of its section.")


class ArticlePublish(Input):
    """How to publish."""

    note: Text | None = Field(
        default=None, max_length=1000, description="What changed, for the public list."
    )
    published_at: Moment | None = Field(
        default=None, description="A past time, for archives; null: now."
    )
    minor: bool = Field(
        default=False, description="Whether readers need not hear of the change."
    )


class ArticleCorrect(Input):
    """What is put right, and the public words about it."""

    kind: CorrectionKind = Field(description="What sort of note it is.")
    text: Annotated[
        str, ManyLines(1000, min_length=1), AfterValidator(_says_something)
    ] = Field(description="What readers are told, plain text.")
    changes: ArticleUpdate = Field(
        default_factory=ArticleUpdate,
        description="A merge patch (RFC 7396) for what readers have.",
    )
    about_block: BlockId | None = Field(
        default=None, description="The `id` of the block it is about; null: the whole."
    )


class ArticleTakeDown(Input):
    """Why a story is taken from readers."""

    reason: Annotated[Line, Field(max_length=200)] | None = Field(
        default=None, description="For editors and partners."
    )
    note: Annotated[Text, Field(max_length=1000)] | None = Field(
        default=None, description="The only text that the public gets."
    )


class ArticleKill(ArticleTakeDown):
    """Why a story ends, and whether the newsroom keeps what it said."""

    purge: bool = Field(
        default=False,
        description="Whether its revisions are emptied as well: nobody has it then.",
    )


class ArticlePurge(Input):
    """Purging takes nothing but the version, in `If-Match`."""


class ArticleRestore(Input):
    """Restoring takes nothing but the version, in `If-Match`."""


class ArticleSubmit(Input):
    """Handing in takes nothing but the version, in `If-Match`."""


class ArticleSchedule(Input):
    """When the article goes out, when it is taken from readers, or both.

    What is not named stays as it was; null cancels it.
    """

    publish_at: Moment | None = Field(
        default=None,
        description="When its working revision of now goes out; later saves do not.",
    )
    expire_at: Moment | None = Field(
        default=None, description="When it is taken from readers: 410, `expired`."
    )

    @model_validator(mode="after")
    def _names_a_time(self) -> Self:
        if self.publish_at is None and self.expire_at is None:
            raise ValueError("publish_at or expire_at is needed")
        return self


class ArticleEmbargo(Input):
    """Until when partners alone have the article."""

    until: Moment = Field(
        description="When readers get it: the working revision of now."
    )


class ArticleUnschedule(Input):
    """Cancelling takes nothing but the version, in `If-Match`."""


class ArticleLock(Output):
    """Who is at an article. It informs and forbids nothing."""

    held_by: str = Field(description="The name of the key that holds it.")
    taken_at: Moment = Field(description="Since when.")
    until: Moment = Field(description="When it ends by itself.")


class ArticleStanding(Output):
    """How an article stands: all that is known of it but its content."""

    id: Uuid
    state: ArticleState = Field(description="How readers stand to it.")
    version: int = Field(description="The lock: it rises with every write.")
    revision: int = Field(description="The number of the latest saved revision.")
    released_revision: int | None = Field(description="What readers have, if any.")
    release: int = Field(description="How often it was released: its public version.")
    has_unreleased_changes: bool
    path: str | None = Field(description="Its public path; null before its release.")
    published_at: Moment | None
    first_published_at: Moment | None
    publish_at: Moment | None = Field(
        description="When its scheduled revision is released, or its embargo ends."
    )
    expire_at: Moment | None = Field(description="When it is taken from readers.")
    scheduled_revision: int | None = Field(
        description="The revision that goes out then; later saves do not."
    )
    scheduled_by: str | None = Field(description="Who set these times last.")
    created_at: Moment
    updated_at: Moment
    updated_by: str | None = Field(description="Who wrote last; null: not known.")
    lock: ArticleLock | None = Field(
        description="Who is at it at present; null: nobody says so."
    )
    reason: str | None = Field(description="Why it was taken from readers, if it was.")
    source: str | None = Field(description="Where it was imported from, if it was.")
    external_id: str | None = Field(description="What that source calls it.")


class ArticleContent(Output):
    """What an article says, as it is written. References are given as ids."""

    headline: str
    slug: str
    type: ArticleType
    genre: Genre
    language: str
    access: Access
    kicker: str | None
    standfirst: str | None
    teaser: str | None
    byline: str | None
    headlines: Headlines
    section: Uuid
    sections: list[Uuid]
    authors: list[Uuid]
    tags: list[Uuid]
    lead_media: Uuid | None
    sponsor: Uuid | None
    related: list[Uuid]
    body: Body
    rights: Rights
    seo: SeoFields
    sensitivity: Sensitivity
    links: list[StoryLink]
    canonical_url: str | None
    edition: str | None


class ArticleDetail(ArticleContent, ArticleStanding):
    """An article as editors see it: how it stands, and its working content."""


class ArticleItem(Output):
    """An article in the newsroom's list."""

    id: Uuid
    state: ArticleState
    version: int
    headline: str
    slug: str
    path: str | None
    section: Uuid
    has_unreleased_changes: bool
    published_at: Moment | None
    created_at: Moment
    updated_at: Moment
