"""`/manage/v1/ad-policies`."""

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
from app.newsroom import references
from app.newsroom.ad_policies import finding, views
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_policies.schemas import (
    AdPolicyCreate,
    AdPolicyDetail,
    AdPolicyUpdate,
)
from app.publishing.reference import ad_policies

router = APIRouter(prefix="/ad-policies", tags=["ads"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_ad_policies(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[AdPolicyDetail]:
    """List all ad policies, latest change first."""
    part = paginate(
        session,
        finding.all_policies(),
        by=(AdPolicy.updated_at, AdPolicy.id),
        key=lambda policy: (policy.updated_at, policy.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(views.detail)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_ad_policy(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: AdPolicyCreate,
) -> AdPolicyDetail:
    """Make an ad policy, in force at once."""
    policy = ad_policies.create(session, data, desk)
    shown = views.detail(policy)
    return answers.created(
        request, response, shown, ref=str(policy.id), version=policy.version
    )


@router.get("/{policy}", responses=answers.EVERY | answers.READ)
def get_ad_policy(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, policy: Ref
) -> AdPolicyDetail:
    """Read an ad policy by id or key."""
    row = references.get(session, AdPolicy, policy)
    return answers.one(response, views.detail(row), version=row.version)


@router.patch("/{policy}", responses=answers.EVERY | answers.CHANGE)
def update_ad_policy(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    policy: Ref,
    change: AdPolicyUpdate,
    if_match: IfMatch,
) -> AdPolicyDetail:
    """Change an ad policy, in force at once."""
    row = references.get_for_update(session, AdPolicy, policy)
    if_match.check(row.version)
    ad_policies.update(session, row, change, desk)
    return answers.one(response, views.detail(row), version=row.version)


@router.delete("/{policy}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_ad_policy(
    session: WriteSession, desk: EditorDesk, policy: Ref, if_match: IfMatch
) -> None:
    """Delete an ad policy."""
    row = references.get_for_update(session, AdPolicy, policy)
    if_match.check(row.version)
    ad_policies.delete(session, row, desk)
