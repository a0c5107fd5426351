"""`/v1/articles/{article}.ninjs`, `.jsonld`, `.txt` and `.md`."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import Field, JsonValue
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.answers import MOVED
from app.delivery.reading import Found
from app.delivery.resources import Ref
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.feeds import signals, stories
from app.feeds.forms import ninjs, texts
from app.feeds.stories import Story
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, WithheldByLaw, responses
from app.kit.schemas import Input

router = APIRouter(
    prefix="/articles",
    tags=["articles"],
    responses=responses(NotFound, Gone, WithheldByLaw) | MOVED,
)


class NinjsForm(Input):
    """Which ninjs."""

    version: ninjs.Version = Field(default="3.1", description="Of the standard.")


NinjsQuery = Annotated[NinjsForm, Query()]


class JsonLdResponse(Response):
    media_type = "application/ld+json"


class TextResponse(Response):
    media_type = "text/plain"


class MarkdownResponse(Response):
    media_type = "text/markdown"


class NinjsResponse(Response):
    media_type = "application/json"


NinjsItem = dict[str, JsonValue]
"""What an item looks like is IPTC's to say."""


@router.get("/{article}.ninjs", response_model=NinjsItem)
def get_ninjs(
    request: Request, session: ReadSession, article: Ref, form: NinjsQuery
) -> Response:
    """Read an article as IPTC ninjs.

    The body is HTML, without what may not leave the newspaper's own pages. An article
    that is not free, or not to be syndicated, is `partial`: it has no body.
    """
    found = reading.get(session, "article", article, body=Document.body_html)
    site_url: str = request.app.state.settings.site_url
    story = stories.read(found.content, found.body)
    said = ninjs.item(story, site_url=site_url, version=form.version)
    return _answer(request, found, story, orjson.dumps(said), NinjsResponse)


@router.get("/{article}.jsonld", response_class=JsonLdResponse)
def get_json_ld(request: Request, session: ReadSession, article: Ref) -> Response:
    """Read an article's structured data: NewsArticle and its kin (schema.org)."""
    found = reading.get(session, "article", article)
    said = orjson.loads(found.content)["seo"]["json_ld"]
    story = stories.read(found.content)
    return _answer(request, found, story, orjson.dumps(said), JsonLdResponse)


@router.get("/{article}.txt", response_class=TextResponse)
def get_text(request: Request, session: ReadSession, article: Ref) -> Response:
    """Read an article as plain text: headline, standfirst, byline, story, rights."""
    found = reading.get(session, "article", article, body=Document.body_text)
    story = stories.read(found.content)
    text = texts.plain(story, found.body or "")
    return _answer(request, found, story, text.encode(), TextResponse)


@router.get("/{article}.md", response_class=MarkdownResponse)
def get_markdown(request: Request, session: ReadSession, article: Ref) -> Response:
    """Read an article as Markdown (CommonMark)."""
    found = reading.get(session, "article", article, body=Document.body_markdown)
    story = stories.read(found.content)
    text = texts.markdown(story, found.body or "")
    return _answer(request, found, story, text.encode(), MarkdownResponse)


def _answer(
    request: Request,
    found: Found,
    story: Story,
    content: bytes,
    form: type[Response],
) -> Response:
    settings = request.app.state.settings
    links = signals.license_link(settings)
    return answers.document(
        request,
        found,
        keys=[keys.resource("article", found.id)],
        content=content,
        headers={
            "Content-Type": f"{form.media_type}; charset=utf-8",
            **signals.headers(settings, story.rights.data_mining),
            **({"Link": links[0]} if links else {}),
        },
    )
