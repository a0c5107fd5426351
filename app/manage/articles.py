"""`/manage/v1/articles`: writing them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.delivery.store import previews
from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.pages import paginate, query_digest
from app.kit.preconditions import IfMatch
from app.kit.schemas import Page
from app.manage import answers, changing
from app.manage.answers import Ref
from app.manage.desks import DeleteDesk, ReporterDesk, SaveDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom import references
from app.newsroom.articles import editing, finding, views
from app.newsroom.articles.finding import ArticleFilters
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import (
    ArticleCreate,
    ArticleDetail,
    ArticleItem,
    ArticleUpdate,
)
from app.newsroom.teamwork import locking
from app.publishing import usage

router = APIRouter(prefix="/articles", tags=["articles"], route_class=OnceRoute)

ArticleQuery = Annotated[ArticleFilters, Query()]
Source = Annotated[
    str,
    Path(
        max_length=100,
        pattern=r"^[A-Za-z0-9._-]+$",
        description="What you call the system it comes from.",
    ),
]
ExternalId = Annotated[
    str,
    Path(
        max_length=500,
        pattern=r"^[!-~]+$",
        description="What that system calls the article.",
    ),
]


@router.get("", responses=answers.EVERY)
def list_articles(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    filters: ArticleQuery,
) -> Page[ArticleItem]:
    """List articles in every state, latest change first."""
    part = paginate(
        session,
        finding.matching(filters),
        by=(Article.updated_at, Article.id),
        key=lambda article: (article.updated_at, article.id),
        paging=filters,
        digest=query_digest(request),
    )
    return answers.page(request, response, part.map(views.item), limit=filters.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_article(
    request: Request,
    response: Response,
    desk: SaveDesk,
    session: OnceSession,
    data: ArticleCreate,
) -> ArticleDetail:
    """Make a draft. Nobody but the newsroom sees it before it is published."""
    article = editing.create(session, data, by=desk.by, now=desk.now)
    return answers.created(
        request,
        response,
        views.detail(article),
        ref=str(article.id),
        version=article.version,
    )


@router.get("/{article}", responses=answers.EVERY | answers.READ)
def get_article(
    response: Response, session: PrimaryReadSession, desk: ReporterDesk, article: Ref
) -> ArticleDetail:
    """Read an article's working content by id or slug, and who is at it."""
    row = references.get(session, Article, article)
    shown = locking.at(views.detail(row), desk.now)
    return answers.one(response, shown, version=row.version)


@router.patch("/{article}", responses=answers.EVERY | answers.CHANGE)
def update_article(
    response: Response,
    session: WriteSession,
    desk: SaveDesk,
    article: Ref,
    change: ArticleUpdate,
    if_match: IfMatch,
) -> ArticleDetail:
    """Save a change as a new revision. Readers keep what was released."""
    row = changing.begin(session, article, if_match)
    editing.update(session, row, change, by=desk.by, now=desk.now)
    return answers.one(response, views.detail(row), version=row.version)


@router.put(
    "/by-external-id/{source}/{external_id:path}",
    responses=answers.EVERY | answers.CREATE | answers.READ,
)
def save_article_by_external_id(
    response: Response,
    session: WriteSession,
    desk: SaveDesk,
    source: Source,
    external_id: ExternalId,
    data: ArticleCreate,
) -> ArticleDetail:
    """Create or revise an article by what its source calls it: twice is once."""
    origin = (source, external_id)
    article = editing.save_by_origin(session, data, origin, by=desk.by, now=desk.now)
    return answers.one(response, views.detail(article), version=article.version)


@router.delete("/{article}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_article(
    session: WriteSession, _desk: DeleteDesk, article: Ref, if_match: IfMatch
) -> None:
    """Delete a draft that was never released; what was is withdrawn instead."""
    row = changing.begin(session, article, if_match)
    usage.check_unused(session, row.id)
    previews.revoke(session, row.id)
    editing.delete(session, row)
