"""`/v1/search` and `/v1/suggest`."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.delivery.searching import answering, suggesting
from app.delivery.searching.answering import SearchQuery
from app.delivery.searching.schemas import SearchPage, Suggestions
from app.delivery.searching.suggesting import SuggestQuery
from app.kit.db import ReadSession

router = APIRouter(tags=["search"])


@router.get("/search", response_model=SearchPage)
def search_articles(
    request: Request, session: ReadSession, query: SearchQuery
) -> Response:
    """Find articles by words, the best first.

    Words are found in any form of their language, with or without accents; words of
    the headline count more, and what is new a little. At most a thousand can be paged
    through in that order; with another `order` all of them.
    """
    return answering.search(request, session, query)


@router.get("/suggest", response_model=Suggestions)
def suggest(request: Request, session: ReadSession, query: SuggestQuery) -> Response:
    """Say what a reader may mean who is still typing.

    Sections, authors and tags whose names begin so come first, then articles whose
    headlines have the words, of which the last may be a beginning.
    """
    return suggesting.suggest(request, session, query)
