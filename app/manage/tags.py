"""`/manage/v1/tags`."""

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
from app.newsroom.tags import finding
from app.newsroom.tags.models import Tag
from app.newsroom.tags.schemas import TagCreate, TagDetail, TagMerge, TagUpdate
from app.publishing.reference import tags

router = APIRouter(prefix="/tags", tags=["tags"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_tags(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[TagDetail]:
    """List all tags, latest change first."""
    part = paginate(
        session,
        finding.all_tags(),
        by=(Tag.updated_at, Tag.id),
        key=lambda tag: (tag.updated_at, tag.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(TagDetail.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_tag(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: TagCreate,
) -> TagDetail:
    """Make a tag. Readers see it once an article has it, or if listed."""
    tag = tags.create(session, data, desk)
    shown = TagDetail.model_validate(tag)
    return answers.created(
        request, response, shown, ref=str(tag.id), version=tag.version
    )


@router.get("/{tag}", responses=answers.EVERY | answers.READ)
def get_tag(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, tag: Ref
) -> TagDetail:
    """Read a tag by id or slug."""
    row = references.get(session, Tag, tag)
    return answers.one(response, TagDetail.model_validate(row), version=row.version)


@router.patch("/{tag}", responses=answers.EVERY | answers.CHANGE)
def update_tag(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    tag: Ref,
    change: TagUpdate,
    if_match: IfMatch,
) -> TagDetail:
    """Change a tag, wherever it is shown."""
    row = references.get_for_update(session, Tag, tag)
    if_match.check(row.version)
    tags.update(session, row, change, desk)
    return answers.one(response, TagDetail.model_validate(row), version=row.version)


@router.post("/{tag}/merge", responses=answers.EVERY | answers.CHANGE)
def merge_tag(
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    tag: Ref,
    data: TagMerge,
    if_match: IfMatch,
) -> TagDetail:
    """Let a tag become another one; its slug, path and id lead there from now on.

    What names it names the other: menus, slots and policies at once, articles in the
    background. Revisions stay as they were saved.
    """
    row, into = merging.lock(session, Tag, tag, data.into)
    if_match.check(row.version)
    tags.merge(session, row, into, desk)
    return answers.one(response, TagDetail.model_validate(row), version=row.version)


@router.delete("/{tag}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_tag(
    session: WriteSession, desk: EditorDesk, tag: Ref, if_match: IfMatch
) -> None:
    """Delete a tag that no article has; else 409 names the articles."""
    row = references.get_for_update(session, Tag, tag)
    if_match.check(row.version)
    tags.delete(session, row, desk)
