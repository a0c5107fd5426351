"""`/v1/search`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery.schemas.articles import ArticleHit
from app.delivery.searching import answering
from app.delivery.searching.answering import SearchQuery
from app.kit.db import ReadSession
from app.kit.schemas import CountedPage

router = APIRouter(prefix="/search", tags=["articles"])


@router.get("", response_model=CountedPage[ArticleHit])
def search_articles(
    request: Request, session: ReadSession, query: SearchQuery
) -> Response:
    """Find articles by words, the best first.

    Words are found in any form of their language, with or without accents; words of
    the headline count more, and what is new a little. At most 200 can be paged
    through in that order; with another `order` all of them.
    """
    return answering.search(request, session, query)
