"""Which advertisements a story would carry, and why no more: for those who write."""

from itertools import count
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import Field

from app.content.body import Body, body_of_blocks, normalise
from app.content.placement.rules import PlacementRules
from app.content.placement.stories import PLAIN
from app.content.story import Sensitivity
from app.content.vocabularies import Access, ArticleType, Genre
from app.delivery.advertising import answering
from app.delivery.advertising.answering import PlatformChoice, Written
from app.delivery.advertising.schemas import ExplainedAds
from app.kit.db import PrimaryReadSession
from app.kit.errors import Conflict, TooLarge, UnsupportedMediaType, responses
from app.kit.strings import Title
from app.manage import answers
from app.manage.answers import Ref
from app.manage.desks import ReporterDesk
from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.sections.models import Section
from app.newsroom.tags.models import Tag
from app.publishing import previewing

router = APIRouter(tags=["ads"], responses=answers.EVERY)


class AdsPreview(PlatformChoice):
    """A body to try placement on, and what is to be taken for granted of its story."""

    body: Body = Field(description="The story, block by block.")
    section: Title = Field(description="Its section, by id or path.")
    tags: list[Title] = Field(
        default=[], max_length=100, description="Its tags, by id or slug."
    )
    type: ArticleType = Field(default="article", description="Its form.")
    genre: Genre = Field(default="news", description="Its journalistic kind.")
    access: Access = Field(default="free", description="Who may read all of it.")
    sensitivity: Sensitivity = Field(
        default=Sensitivity(), description="How delicate it is."
    )
    policy: PlacementRules | None = Field(
        default=None, description="Rules to try; null: those of the policy that fits."
    )


@router.get("/articles/{article}/ads", responses=answers.READ | responses(Conflict))
def explain_article_ads(
    request: Request,
    session: PrimaryReadSession,
    desk: ReporterDesk,
    article: Ref,
    choice: Annotated[PlatformChoice, Query()],
) -> ExplainedAds:
    """Tell which advertisements the story as saved would carry, with every reason.

    A killed or legally removed story carries none and is read by nobody: 409.
    """
    row = references.get(session, Article, article)
    made = previewing.rendered(session, row, row.revision, desk)
    story = orjson.loads(made.detail)
    server = answering.server_of(request)
    return answering.explained(
        answering.placed(session, server, story, choice.platform)
    )


@router.post(
    "/ads/preview", responses=answers.READ | responses(TooLarge, UnsupportedMediaType)
)
def preview_ads(
    request: Request,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    data: AdsPreview,
) -> ExplainedAds:
    """Try placement on a body that is saved nowhere; nothing is saved by it."""
    section = references.resolve(session, Section, data.section, pointer="/section")
    tags = references.resolve_all(session, Tag, data.tags, pointer="/tags")
    numbers = count(1)
    body = normalise(data.body, lambda: f"b{next(numbers)}")
    place = {"id": str(section.id), "path": f"/{section.path}"}
    story: Written = {
        **PLAIN,
        **data.model_dump(
            mode="json", include={"type", "genre", "access", "sensitivity"}
        ),
        "body": body_of_blocks.dump_python(body, mode="json"),
        "section": dict(place),
        "sections": [dict(place)],
        "tags": [
            {"id": str(tag.id), "slug": tag.slug, "kind": tag.kind} for tag in tags
        ],
        "path": f"/{section.path}/preview",
        "slug": "preview",
    }
    server = answering.server_of(request)
    return answering.explained(
        answering.placed(session, server, story, data.platform, rules=data.policy)
    )
