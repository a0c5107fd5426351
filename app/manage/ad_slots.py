"""`/manage/v1/ad-slots`."""

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
from app.newsroom.ad_slots import finding
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.ad_slots.schemas import AdSlotCreate, AdSlotDetail, AdSlotUpdate
from app.publishing.reference import ad_slots

router = APIRouter(prefix="/ad-slots", tags=["ads"], route_class=OnceRoute)


@router.get("", responses=answers.EVERY)
def list_ad_slots(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _desk: ReporterDesk,
    paging: PageQuery,
) -> Page[AdSlotDetail]:
    """List all ad slots, latest change first."""
    part = paginate(
        session,
        finding.all_slots(),
        by=(AdSlot.updated_at, AdSlot.id),
        key=lambda slot: (slot.updated_at, slot.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(AdSlotDetail.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.EVERY | answers.CREATE)
def create_ad_slot(
    request: Request,
    response: Response,
    desk: EditorDesk,
    session: OnceSession,
    data: AdSlotCreate,
) -> AdSlotDetail:
    """Make an ad slot, public at once."""
    slot = ad_slots.create(session, data, desk)
    shown = AdSlotDetail.model_validate(slot)
    return answers.created(
        request, response, shown, ref=str(slot.id), version=slot.version
    )


@router.get("/{slot}", responses=answers.EVERY | answers.READ)
def get_ad_slot(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, slot: Ref
) -> AdSlotDetail:
    """Read an ad slot by id or key."""
    row = references.get(session, AdSlot, slot)
    return answers.one(response, AdSlotDetail.model_validate(row), version=row.version)


@router.patch("/{slot}", responses=answers.EVERY | answers.CHANGE)
def update_ad_slot(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    slot: Ref,
    change: AdSlotUpdate,
    if_match: IfMatch,
) -> AdSlotDetail:
    """Change an ad slot, public at once. An old key answers 308."""
    row = references.get_for_update(session, AdSlot, slot)
    if_match.check(row.version)
    ad_slots.update(session, row, change, desk)
    return answers.one(response, AdSlotDetail.model_validate(row), version=row.version)


@router.delete("/{slot}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_ad_slot(
    session: WriteSession, desk: EditorDesk, slot: Ref, if_match: IfMatch
) -> None:
    """Delete an ad slot that no other falls back on; else 409 names those."""
    row = references.get_for_update(session, AdSlot, slot)
    if_match.check(row.version)
    ad_slots.delete(session, row, desk)
