"""What lives at a public path: found, moved, gone, or unknown.

With `include` the answer holds all that the page shows, made in one snapshot.
"""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request
from pydantic import Field
from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.changes.log import PUBLIC, log_position
from app.changes.models import StreamPosition
from app.content.seo import SiteFacts
from app.delivery import answers
from app.delivery.advertising.answering import PlatformChoice, server_of
from app.delivery.fronts import answering as fronts
from app.delivery.fronts.answering import Front
from app.delivery.fronts.plans import HOME
from app.delivery.pages import gathering
from app.delivery.pages.gathering import Asked, Page
from app.delivery.schemas.resolve import Resolution
from app.delivery.store import addresses, keys
from app.delivery.store.addresses import GONE, LEGAL, LIVE
from app.delivery.store.models import Address, Document


class ResolveQuery(PlatformChoice):
    """Which path."""

    path: str = Field(
        min_length=1,
        max_length=2000,
        pattern=r"^/",
        description="A path of the site, beginning with a slash.",
    )
    include: str | None = Field(
        default=None,
        max_length=100,
        description="What of the page to answer as well, comma-separated: `resource`,"
        " `menus`, `ads`, `related`, `front` (of a section).",
    )


PathQuery = Annotated[ResolveQuery, Query()]


def resolve(request: Request, session: Session, query: ResolveQuery) -> Response:
    """Answer what a path leads to, always with status 200."""
    wanted = gathering.parts(query.include)
    row = session.execute(
        select(log_position().label("position"), Address, Document.path)
        .select_from(StreamPosition)
        .where(StreamPosition.stream == PUBLIC)
        .outerjoin(Address, Address.digest == addresses.digest(query.path))
        .outerjoin(
            Document,
            and_(Document.id == Address.resource_id, Address.state != GONE),
        )
    ).one()
    asked = _asked(request, query)
    page = None
    resolution = _resolution(row.Address, row.path, query.path)
    if query.path == "/":
        page = Page(None, fronts.find(session, HOME, site_url=asked.site.url))
        resolution = _home(page.front)
    elif wanted and resolution.id is not None and resolution.status == "found":
        page = gathering.found(session, wanted, resolution.id, asked.site)
    named = [keys.path(query.path)]
    if resolution.id is not None and resolution.kind is not None:
        named.append(keys.resource(resolution.kind, resolution.id))
    parts = gathering.nothing(wanted)
    if page is not None:
        gathered, shown = gathering.gather(session, wanted, page, asked)
        parts |= gathered
        named += shown
    content = orjson.dumps(
        resolution.model_dump(mode="json", exclude_unset=True) | parts
    )
    return answers.answer(request, content, position=row.position, keys=named)


def _asked(request: Request, query: ResolveQuery) -> Asked:
    settings = request.app.state.settings
    return Asked(
        site=SiteFacts.of(
            name=settings.site_name, url=settings.site_url, logo=settings.site_logo
        ),
        api_url=settings.api_url,
        ad_server=server_of(request),
        platform=query.platform,
    )


def _home(front: Front | None) -> Resolution:
    """The newspaper's own page is always there; its front may have been curated."""
    assert front is not None
    made = front.page["id"]
    return Resolution(
        status="found",
        http_status=200,
        location="/",
        reason=None,
        note=None,
        kind="front",
        id=None if made is None else UUID(str(made)),
    )


def _resolution(
    address: Address | None, live_path: str | None, asked: str
) -> Resolution:
    if address is not None and address.state == GONE:
        is_legal = address.reason == LEGAL
        return Resolution(
            status="legal" if is_legal else "gone",
            http_status=451 if is_legal else 410,
            location=None,
            reason=address.reason,
            note=address.note,
            kind=address.kind,
            id=address.resource_id,
        )
    if address is None or live_path is None:
        return Resolution(
            status="unknown",
            http_status=404,
            location=None,
            reason=None,
            note=None,
            kind=None,
            id=None,
        )
    is_live = address.state == LIVE and live_path == asked
    return Resolution(
        status="found" if is_live else "moved",
        http_status=200 if is_live else 308,
        location=live_path,
        reason=None,
        note=None,
        kind=address.kind,
        id=address.resource_id,
    )
