"""`/manage/v1/articles/{id}/preview`: links to a revision, to be shown around."""

from fastapi import APIRouter, Request, Response

from app.access import tokens
from app.delivery.store import previews
from app.delivery.store.models import Preview
from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.errors import TooLarge, UnsupportedMediaType, responses
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.schemas import Page
from app.manage import answers
from app.manage.answers import Ref
from app.manage.desks import PreviewDesk
from app.manage.repeating.previews import told
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.teamwork.schemas import (
    ArticlePreview,
    ArticlePreviewDetail,
    ArticlePreviewItem,
)
from app.publishing import previewing

router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    route_class=OnceRoute,
    responses=answers.EVERY | answers.READ,
)


@router.post("/preview", status_code=201, responses=answers.CREATE)
def preview_article(
    request: Request,
    desk: PreviewDesk,
    session: OnceSession,
    article: Ref,
    data: ArticlePreview,
) -> ArticlePreviewDetail:
    """Make a link to a revision as readers would get it, for whoever has the link.

    It shows what was saved then, until it expires or is taken back. The link is in
    this answer and nowhere else.
    """
    row = references.get_for_update(session, Article, article)
    preview = previewing.make(session, row, data, tokens.issue(request), desk)
    return told(request, ArticlePreviewItem.model_validate(preview))


@router.get("/preview")
def list_previews(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    desk: PreviewDesk,
    article: Ref,
    paging: PageQuery,
) -> Page[ArticlePreviewItem]:
    """List the previews of an article that can be read, latest first, without links."""
    row = references.get(session, Article, article)
    part = paginate(
        session,
        previews.living(row.id, now=desk.now),
        by=(Preview.id,),
        key=lambda preview: (preview.id,),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(ArticlePreviewItem.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.delete(
    "/preview", status_code=204, responses=responses(TooLarge, UnsupportedMediaType)
)
def revoke_previews(session: WriteSession, _desk: PreviewDesk, article: Ref) -> None:
    """Take back every preview of an article: their links answer 404 at once."""
    row = references.get_for_update(session, Article, article)
    previews.revoke(session, row.id)
