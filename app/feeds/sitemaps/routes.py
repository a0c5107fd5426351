"""`/sitemap.xml`, `/sitemaps/…` and `/robots.txt`.

They are looked for at the root of the newspaper's own site: its frontend hands them
on, and its robots.txt may name them here (sitemaps.org, *Cross submits*).
"""

import re
from datetime import UTC, datetime
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import JsonValue
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.answers import UNCHANGED
from app.delivery.store import keys
from app.feeds.sitemaps import reading as listing
from app.feeds.sitemaps import writing
from app.feeds.sitemaps.reading import PageUrl
from app.kit.clock import database_now
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses

XML = "application/xml"

Month = Annotated[
    str,
    Path(description="`2026-11`, and where a month has several files `2026-11-2`."),
]

_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-([1-9]\d{0,4}))?")


class XmlResponse(Response):
    media_type = XML


router = APIRouter(
    tags=["sitemaps"], default_response_class=XmlResponse, responses=UNCHANGED
)


@router.get("/sitemap.xml")
def get_sitemap_index(request: Request, session: ReadSession) -> Response:
    """List all sitemaps: of the latest news, of the pages, of each month's articles."""
    position = reading.position(session)
    base = f"{request.app.state.settings.api_url}/sitemaps"
    fixed = [(f"{base}/{name}.xml", None) for name in ("news", "pages")]
    months = [
        (f"{base}/{each.name}.xml", each.changed_at) for each in listing.files(session)
    ]
    content = writing.index([*fixed, *months])
    return _answer(request, content, position, [keys.ARTICLES])


@router.get("/sitemaps/news.xml")
def get_news_sitemap(request: Request, session: ReadSession) -> Response:
    """List the articles of the last two days, at most 1,000, for Google News."""
    position = reading.position(session)
    found = listing.news(session, database_now(session))
    content = writing.news(found, request.app.state.settings.site_name)
    return _answer(request, content, position, [keys.ARTICLES])


@router.get("/sitemaps/pages.xml")
def get_pages_sitemap(request: Request, session: ReadSession) -> Response:
    """List the pages of all sections, authors and tags."""
    position = reading.position(session)
    found = listing.pages(session, request.app.state.settings.site_url)
    named = [keys.collection(kind) for kind in listing.OTHER_PAGES]
    return _answer(request, writing.pages(found), position, named)


@router.get("/sitemaps/{month}.xml", responses=responses(NotFound))
def get_month_sitemap(request: Request, session: ReadSession, month: Month) -> Response:
    """List the articles that were published in a month, with their pictures."""
    position = reading.position(session)
    named = _MONTH.fullmatch(month)
    found: list[PageUrl] = []
    if named:
        begins = datetime(int(named[1]), int(named[2]), 1, tzinfo=UTC)
        found = listing.articles(session, begins, int(named[3] or 1))
    if not found:
        raise NotFound(headers=reading.SHORT_LIVED)
    return _answer(request, writing.pages(found), position, [keys.ARTICLES])


@router.get("/robots.txt", response_class=PlainTextResponse)
def get_robots_txt(request: Request, session: ReadSession) -> Response:
    """Read robots.txt (RFC 9309): all may be crawled, and here is where to begin."""
    settings = request.app.state.settings
    usage, license_url = settings.content_usage, settings.license_url
    lines = [
        *([f"License: {license_url}", ""] if license_url else []),
        "User-agent: *",
        *([f"Content-Usage: {usage}"] if usage else []),
        "Allow: /",
        "",
        f"Sitemap: {settings.api_url}/sitemap.xml",
        f"Sitemap: {settings.api_url}/sitemaps/news.xml",
        "",
    ]
    return answers.answer(
        request,
        "\n".join(lines).encode(),
        position=reading.position(session),
        keys=["robots"],
        headers={"Content-Type": "text/plain; charset=utf-8"},
    )


@router.get(
    "/.well-known/tdmrep.json",
    response_model=list[dict[str, JsonValue]],
    response_class=JSONResponse,
)
def get_tdmrep(request: Request, session: ReadSession) -> Response:
    """Read what may be mined, section by section (TDMRep): the first that fits rules.

    An article may say otherwise: then its own page does.
    """
    position = reading.position(session)
    rules = listing.mining_rules(session, request.app.state.settings)
    return answers.answer(
        request,
        orjson.dumps(rules),
        position=position,
        keys=[keys.collection("section")],
    )


def _answer(
    request: Request, content: bytes, position: int, named: list[str]
) -> Response:
    return answers.answer(
        request,
        content,
        position=position,
        keys=named,
        headers={"Content-Type": f"{XML}; charset=utf-8"},
    )
