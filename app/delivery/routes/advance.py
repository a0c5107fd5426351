"""`/v1/advance/articles`."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from app.delivery.advance import answering
from app.delivery.advance.schemas import AdvanceDetail, AdvanceSummary
from app.delivery.articles import ArticleFormQuery
from app.delivery.resources import PageOfAll
from app.kit.db import PrimaryReadSession
from app.kit.errors import NotFound, responses
from app.kit.schemas import Page

router = APIRouter(prefix="/articles", tags=["advance"])

Ref = Annotated[str, Path(description="Its id or slug.")]


@router.get("", response_model=Page[AdvanceSummary])
def list_embargoed_articles(
    request: Request, session: PrimaryReadSession, query: PageOfAll
) -> Response:
    """List what is under embargo, what ends first first. Needs the scope `embargo`."""
    return answering.list_page(request, session, query)


@router.get("/{embargoed}", response_model=AdvanceDetail, responses=responses(NotFound))
def get_embargoed_article(
    session: PrimaryReadSession, embargoed: Ref, view: ArticleFormQuery
) -> Response:
    """Read an embargoed article as readers will get it, and until when it waits.

    It is here until the embargo ends or it is recalled; then this answers 404. Its
    times and its version are those it will have. Its own pictures open only then.
    """
    return answering.get(session, embargoed, view)
