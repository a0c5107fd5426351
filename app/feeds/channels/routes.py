"""`/feeds`: RSS, Atom and JSON Feed of the front page, sections, authors and tags.

They are for readers everywhere, so they hold all of a story only where it is free and
may be syndicated, and else its summary.
"""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.answers import MOVED
from app.delivery.store import keys
from app.feeds import signals
from app.feeds.channels import atom, entries, finding, json_feed, opml, rss, tombstones
from app.feeds.channels.entries import Feed
from app.feeds.channels.tombstones import Tombstone
from app.feeds.forms import ninjs
from app.feeds.forms.routes import NinjsForm, NinjsItem, NinjsResponse
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses
from app.kit.schemas import Input

router = APIRouter(tags=["feeds"], responses=responses(NotFound) | MOVED)

Name = Annotated[
    str,
    Path(description="`home`, a section's path, `authors/` or `tags/` and a slug."),
]


class FeedPage(Input):
    """Which page of a feed."""

    cursor: str | None = Field(
        default=None,
        max_length=500,
        description="Where to go on: the feed's own `next` link has it.",
    )


class NinjsPage(NinjsForm, FeedPage):
    """Which page of a feed, in which ninjs."""


PageOfFeed = Annotated[FeedPage, Query()]
PageOfNinjs = Annotated[NinjsPage, Query()]


class RssResponse(Response):
    media_type = "application/rss+xml"


class AtomResponse(Response):
    media_type = "application/atom+xml"


class JsonFeedResponse(Response):
    media_type = "application/feed+json"


class OpmlResponse(Response):
    media_type = "text/x-opml"


_TYPES = {
    rss.FORM: RssResponse.media_type,
    atom.FORM: AtomResponse.media_type,
    json_feed.FORM: JsonFeedResponse.media_type,
    "ninjs": NinjsResponse.media_type,
}


@router.get("/sections.opml", response_class=OpmlResponse)
def list_feeds(request: Request, session: ReadSession) -> Response:
    """List the feeds of all sections as OPML 2.0, the newspaper's own first."""
    position = reading.position(session)
    settings = request.app.state.settings
    home = finding.home(settings)
    channels = [home, *finding.sections(settings, session)]
    return answers.answer(
        request,
        opml.write(home.title, channels),
        position=position,
        keys=[keys.collection("section")],
        headers={"Content-Type": f"{OpmlResponse.media_type}; charset=utf-8"},
    )


@router.get("/{channel:path}.rss", response_class=RssResponse)
def get_rss(
    request: Request, session: ReadSession, channel: Name, page: PageOfFeed
) -> Response:
    """Read a feed as RSS 2.0."""
    position = reading.position(session)
    found = _read(request, session, channel, page)
    return _answer(request, found, rss.write(found), position, rss.FORM)


@router.get("/{channel:path}.atom", response_class=AtomResponse)
def get_atom(
    request: Request, session: ReadSession, channel: Name, page: PageOfFeed
) -> Response:
    """Read a feed as Atom (RFC 4287); what was taken away has a tombstone (RFC 6721).

    Tombstones stand on the first page, for what left the feed lately.
    """
    position = reading.position(session)
    found = _read(request, session, channel, page)
    content = atom.write(found, _buried(session, found, position))
    return _answer(request, found, content, position, atom.FORM)


@router.get("/{channel:path}.json", response_class=JsonFeedResponse)
def get_json_feed(
    request: Request, session: ReadSession, channel: Name, page: PageOfFeed
) -> Response:
    """Read a feed as JSON Feed 1.1."""
    position = reading.position(session)
    found = _read(request, session, channel, page)
    return _answer(request, found, json_feed.write(found), position, json_feed.FORM)


@router.get("/{channel:path}.ninjs", response_model=NinjsItem)
def get_ninjs_collection(
    request: Request, session: ReadSession, channel: Name, page: PageOfNinjs
) -> Response:
    """Read a feed as IPTC ninjs: a composite of its articles, newest first.

    What was taken away lately is `canceled` on the first page.
    """
    position = reading.position(session)
    found = _read(request, session, channel, page)
    said = ninjs.collection(
        found.stories,
        [(each.id, each.at) for each in _buried(session, found, position)],
        uri=found.channel.id,
        title=found.channel.title,
        site_url=found.channel.site_url,
        version=page.version,
    )
    return _answer(request, found, orjson.dumps(said), position, "ninjs")


def _buried(session: Session, found: Feed, position: int) -> list[Tombstone]:
    if found.cursor:
        return []
    return tombstones.of_channel(session, found.channel, position)


def _read(request: Request, session: Session, name: str, page: FeedPage) -> Feed:
    channel = finding.find(request, session, name)
    return entries.read(request, session, channel, page.cursor)


def _answer(
    request: Request, found: Feed, content: bytes, position: int, form: str
) -> Response:
    settings = request.app.state.settings
    own = f'<{found.channel.url(form, found.cursor)}>; rel="self"'
    return answers.answer(
        request,
        content,
        position=position,
        keys=found.keys,
        headers={
            "Content-Type": f"{_TYPES[form]}; charset=utf-8",
            "Link": ", ".join([own, *signals.license_link(settings)]),
            **signals.headers(settings, found.channel.data_mining),
        },
    )
