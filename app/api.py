"""The table of contents: every router, where it is, and who it is for.

Prefixes are named where a router joins the application: FastAPI builds every
route of one that has no prefix there a second time, to see whether it is empty.
"""

from fastapi import APIRouter, Depends, FastAPI, Response

from app.access.callers import Anybody, Entitled, Public
from app.delivery.answers import UNCHANGED
from app.delivery.fronts import routes as fronts
from app.delivery.routes import (
    ad_policies,
    ad_slots,
    advance,
    articles,
    authors,
    media,
    menus,
    previews,
    prints,
    resolve,
    sections,
    tags,
)
from app.delivery.searching import routes as search
from app.edge.at_least import as_new_as_asked
from app.feeds import sellers
from app.feeds.channels import routes as channels
from app.feeds.forms import routes as forms
from app.feeds.log import advance as advance_log
from app.feeds.log import routes as log
from app.feeds.sitemaps import routes as sitemaps
from app.kit.errors import (
    BadRequest,
    Forbidden,
    Invalid,
    Unauthorized,
    Unavailable,
    UriTooLong,
    responses,
)
from app.kit.parameters import declared_parameters_only
from app.manage import ad_policies as manage_ad_policies
from app.manage import ad_slots as manage_ad_slots
from app.manage import ads_txt as manage_ads_txt
from app.manage import articles as manage_articles
from app.manage import authors as manage_authors
from app.manage import endings as manage_endings
from app.manage import fronts as manage_fronts
from app.manage import keys as manage_keys
from app.manage import media as manage_media
from app.manage import menus as manage_menus
from app.manage import sections as manage_sections
from app.manage import sponsors as manage_sponsors
from app.manage import tags as manage_tags
from app.manage import times as manage_times
from app.manage import uploads as manage_uploads
from app.manage import verbs as manage_verbs
from app.manage.drafts import ads as draft_ads
from app.manage.drafts import locks as draft_locks
from app.manage.drafts import previews as draft_previews
from app.manage.drafts import revisions as draft_revisions
from app.manage.drafts import verbs as draft_verbs
from app.pictures import addresses

PUBLIC = (
    # Before the article, whose reference would else take its form for a part of it.
    forms,
    articles,
    authors,
    sections,
    tags,
    media,
    ad_slots,
    ad_policies,
    menus,
    fronts,
    resolve,
    search,
    log,
    previews,
)

MANAGE = (
    manage_articles,
    manage_verbs,
    manage_endings,
    draft_verbs,
    draft_locks,
    draft_revisions,
    draft_previews,
    draft_ads,
    manage_times,
    manage_authors,
    manage_sections,
    manage_tags,
    manage_media,
    manage_uploads,
    manage_sponsors,
    manage_ad_slots,
    manage_ad_policies,
    manage_menus,
    manage_fronts,
    manage_ads_txt,
    manage_keys,
)

EMBARGO = "embargo"
"""The scope of keys that get what is under embargo."""

_ALWAYS = responses(BadRequest, UriTooLong, Invalid, Unavailable)


async def never_stored(response: Response) -> None:
    """Tell every cache to keep nothing of what editors see."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"


def include_public(app: FastAPI) -> None:
    """Everything frontends, apps, partners and crawlers read."""
    read = _for_readers()
    for module in PUBLIC:
        read.include_router(module.router)
    app.include_router(read, prefix="/v1")
    followed = _for_readers()
    followed.include_router(channels.router)
    app.include_router(followed, prefix="/feeds")
    crawled = _for_readers()
    crawled.include_router(sitemaps.router)
    app.include_router(crawled)


def _for_readers() -> APIRouter:
    return APIRouter(
        dependencies=[
            # First, so that whoever waits for a position holds nothing meanwhile.
            Depends(as_new_as_asked),
            Depends(declared_parameters_only),
            Depends(Public()),
        ],
        responses=_ALWAYS | responses(Unauthorized) | UNCHANGED,
    )


def include_advance(app: FastAPI) -> None:
    """What is under embargo, for partners who are entitled to it, under `/v1`."""
    router = APIRouter(
        dependencies=[Depends(declared_parameters_only), Depends(Entitled(EMBARGO))],
        responses=_ALWAYS | responses(Unauthorized, Forbidden) | UNCHANGED,
    )
    router.include_router(advance.router)
    router.include_router(advance_log.router)
    app.include_router(router, prefix="/v1/advance")


def include_files(app: FastAPI) -> None:
    """What crawlers look for at the root of a site."""
    router = APIRouter(
        dependencies=[Depends(declared_parameters_only), Depends(Anybody())],
        responses=_ALWAYS,
    )
    router.include_router(sellers.router)
    app.include_router(router)


def include_prints(app: FastAPI) -> None:
    """The pictures themselves, in every size, under `/media`."""
    router = APIRouter(
        dependencies=[Depends(declared_parameters_only), Depends(Anybody())],
        responses=_ALWAYS | UNCHANGED,
    )
    router.include_router(prints.router)
    app.include_router(router, prefix=addresses.PREFIX)


def include_manage(app: FastAPI) -> None:
    """Everything editors, importers and operators do, under `/manage/v1`."""
    router = APIRouter(
        dependencies=[Depends(declared_parameters_only), Depends(never_stored)],
        responses=_ALWAYS,
    )
    for module in MANAGE:
        router.include_router(module.router)
    app.include_router(router, prefix="/manage/v1")
