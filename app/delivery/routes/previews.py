"""`/v1/preview/{token}`: one revision of an article, as readers would get it."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from app.delivery import previews
from app.delivery.articles import ArticleFormQuery
from app.delivery.schemas.articles import ArticleDetail
from app.kit.clock import Now
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses

router = APIRouter(prefix="/preview", tags=["articles"])

Token = Annotated[str, Path(description="The token that an editor was given.")]


@router.get("/{token}", response_model=ArticleDetail, responses=responses(NotFound))
def get_preview(
    session: ReadSession, now: Now, token: Token, form: ArticleFormQuery
) -> Response:
    """Read an article as it would be if an editor released it, in the same shape.

    Whoever has the token may, until it expires or is taken back: 404 from then on.
    Nobody keeps the answer, and no search engine takes it.
    """
    return previews.get(session, token, form, now=now)
