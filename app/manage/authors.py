"""`/manage/v1/authors`."""

from fastapi import APIRouter, Request, Response

from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.preconditions import IfMatch
from app.kit.schemas import Page
from app.manage import answers
from app.manage.answers import Ref
from app.manage.desks import EditorDesk, ReporterDesk
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom import merging, references
from app.newsroom.authors import finding
from app.newsroom.authors.models import Author
from app.newsroom.authors.schemas import (
    AuthorCreate,
    AuthorDetail,
    AuthorMerge,
    AuthorUpdate,
)
from app.publishing.reference import authors

router = APIRouter(prefix="/authors", tags=["authors"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_authors(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[AuthorDetail]:
    """List all authors, latest change first."""
    part = paginate(
        session,
        finding.all_authors(),
        by=(Author.updated_at, Author.id),
        key=lambda author: (author.updated_at, author.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(AuthorDetail.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_author(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: AuthorCreate,
) -> AuthorDetail:
    """Make an author. Readers see them once an article names them, or if listed."""
    author = authors.create(session, data, desk)
    shown = AuthorDetail.model_validate(author)
    return answers.created(
        request, response, shown, ref=str(author.id), version=author.version
    )


@router.get("/{author}", responses=answers.EVERY | answers.READ)
def get_author(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, author: Ref
) -> AuthorDetail:
    """Read an author by id or slug."""
    row = references.get(session, Author, author)
    return answers.one(response, AuthorDetail.model_validate(row), version=row.version)


@router.patch("/{author}", responses=answers.EVERY | answers.CHANGE)
def update_author(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    author: Ref,
    change: AuthorUpdate,
    if_match: IfMatch,
) -> AuthorDetail:
    """Change an author; every public byline follows."""
    row = references.get_for_update(session, Author, author)
    if_match.check(row.version)
    authors.update(session, row, change, desk)
    return answers.one(response, AuthorDetail.model_validate(row), version=row.version)


@router.post("/{author}/merge", responses=answers.EVERY | answers.CHANGE)
def merge_author(
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    author: Ref,
    data: AuthorMerge,
    if_match: IfMatch,
) -> AuthorDetail:
    """Let an author become another one, where slug, path and id lead from now on.

    What names the author names the other: menus at once, articles in the background.
    Revisions stay as they were saved.
    """
    row, into = merging.lock(session, Author, author, data.into)
    if_match.check(row.version)
    authors.merge(session, row, into, desk)
    return answers.one(response, AuthorDetail.model_validate(row), version=row.version)


@router.delete("/{author}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_author(
    session: WriteSession, desk: EditorDesk, author: Ref, if_match: IfMatch
) -> None:
    """Delete an author whom no article names; else 409 names the articles."""
    row = references.get_for_update(session, Author, author)
    if_match.check(row.version)
    authors.delete(session, row, desk)
