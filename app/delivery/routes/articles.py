"""`/v1/articles`, and what readers got of one earlier."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from app.delivery import articles
from app.delivery.advertising import answering as advertising
from app.delivery.advertising.answering import PlatformQuery
from app.delivery.advertising.schemas import ArticleAnswer, PageAds
from app.delivery.answers import MOVED
from app.delivery.articles import ArticleViewQuery
from app.delivery.filters import ArticleQuery
from app.delivery.history import differences, versions
from app.delivery.history.differences import Earlier, Later
from app.delivery.history.schemas import ArticleDiff, ArticleVersion
from app.delivery.pages import relating
from app.delivery.pages.relating import RelatedQuery
from app.delivery.resources import PageOfAll, Ref
from app.delivery.schemas.articles import ArticleDetail, ArticleSummary
from app.kit.db import ReadSession
from app.kit.errors import Gone, NotFound, WithheldByLaw, responses
from app.kit.numbers import Ordinal
from app.kit.schemas import CountedPage, Page

router = APIRouter(prefix="/articles", tags=["articles"])

ONE = responses(NotFound, Gone, WithheldByLaw) | MOVED
"""How else a question about one article may end."""

Number = Annotated[Ordinal, Path(description="The number of the release.")]


@router.get("", response_model=CountedPage[ArticleSummary])
def list_articles(
    request: Request, session: ReadSession, query: ArticleQuery
) -> Response:
    """List articles, newest first unless asked otherwise.

    A comma in a filter is *any of*, repeating the filter is *all of*, a leading
    minus is *none of*: `tag=nato,eu&tag=-sport`. A section's subtree counts as the
    section. A value that names nothing gives an empty list.
    """
    return articles.list_page(request, session, query)


@router.get("/{article}", response_model=ArticleAnswer, responses=ONE)
def get_article(
    request: Request, session: ReadSession, article: Ref, view: ArticleViewQuery
) -> Response:
    """Read one article by its id or slug.

    An old slug answers 308; an article that was taken away answers 410 with its
    public note, or 451 where law withholds it. What was never public answers 404.
    With `include=ads` it says which advertisements it carries, and where.
    """
    return articles.get(request, session, article, view)


@router.get("/{article}/related", response_model=Page[ArticleSummary], responses=ONE)
def list_related_articles(
    request: Request, session: ReadSession, article: Ref, query: RelatedQuery
) -> Response:
    """List what belongs beside an article, which itself is left out.

    `by=author` is "More from this author": the newest by any of its authors; `section`
    and `tags` likewise. `by=editors` are the editors' picks, in their order. Without
    `by` the picks are followed by what has most in common with it, the new before the
    old, in one page.
    """
    return relating.related(request, session, article, query)


@router.get("/{article}/ads", response_model=PageAds, responses=ONE)
def get_article_ads(
    request: Request, session: ReadSession, article: Ref, choice: PlatformQuery
) -> Response:
    """Read which advertisements an article carries, and where.

    Computed from its body, the policy that rules it and the platform, the same for
    everybody: what a reader has agreed to is the client's to know.
    """
    return advertising.get(request, session, article, choice)


@router.get("/{article}/versions", response_model=Page[ArticleVersion], responses=ONE)
def list_article_versions(
    request: Request, session: ReadSession, article: Ref, paging: PageOfAll
) -> Response:
    """List an article's releases, latest first: what each was, and what is said of it.

    An article that was taken away has no history either.
    """
    return versions.list_all(request, session, article, paging)


@router.get("/{article}/versions/{number}", response_model=ArticleDetail, responses=ONE)
def get_article_version(
    request: Request, session: ReadSession, article: Ref, number: Number
) -> Response:
    """Read an article as it was at one of its releases, with the names of that day."""
    return versions.get(request, session, article, number)


@router.get("/{article}/diff", response_model=ArticleDiff, responses=ONE)
def compare_article_versions(
    request: Request,
    session: ReadSession,
    article: Ref,
    earlier: Earlier = None,
    later: Later = None,
) -> Response:
    """Compare two releases, field by field and block by block.

    Without parameters: what the latest release changed.
    """
    return differences.compare(request, session, article, earlier, later)
