"""`/manage/v1/articles/{id}/revisions` and `/diff`: every save, and what it changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.kit.db import PrimaryReadSession
from app.kit.numbers import Ordinal
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.schemas import Page
from app.manage import answers
from app.manage.answers import Ref
from app.manage.desks import ReporterDesk
from app.newsroom import references
from app.newsroom.articles.models import Article, Revision
from app.newsroom.revisions import history
from app.newsroom.revisions.schemas import (
    RevisionDetail,
    RevisionDiff,
    RevisionItem,
)

router = APIRouter(
    prefix="/articles/{article}",
    tags=["articles"],
    responses=answers.EVERY | answers.READ,
)

Number = Annotated[Ordinal, Path(description="The revision's number.")]
Earlier = Annotated[
    Ordinal | None,
    Query(alias="from", description="The earlier revision; else the one before `to`."),
]
Later = Annotated[
    Ordinal | None, Query(alias="to", description="The later revision; else the last.")
]


@router.get("/revisions")
def list_revisions(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    article: Ref,
    paging: PageQuery,
) -> Page[RevisionItem]:
    """List every save of an article, latest first, without what it said."""
    row = references.get(session, Article, article)
    part = paginate(
        session,
        history.revisions_of(row),
        by=(Revision.number,),
        key=lambda revision: (revision.number,),
        paging=paging,
        digest=query_digest(request),
    )
    numbers = [revision.number for revision in part.rows]
    releases = history.releases_of(session, row, numbers)
    shown = part.map(lambda revision: history.item(revision, releases))
    return answers.page(request, response, shown, limit=paging.limit)


@router.get("/revisions/{number}")
def get_revision(
    session: PrimaryReadSession, _desk: ReporterDesk, article: Ref, number: Number
) -> RevisionDetail:
    """Read one save of an article, in the shape that it is written in."""
    return history.read(session, references.get(session, Article, article), number)


@router.get("/diff")
def compare_revisions(
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    article: Ref,
    earlier: Earlier = None,
    later: Later = None,
) -> RevisionDiff:
    """Compare two revisions, field by field and block by block.

    Blocks are told apart by their ids: one that was moved is not taken for a new one.
    """
    row = references.get(session, Article, article)
    return history.compare(session, row, earlier=earlier, later=later)
