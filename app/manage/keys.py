"""`/manage/v1/keys`: for admins."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.access import keys
from app.access.callers import Admin
from app.access.models import Key
from app.access.roles import Role
from app.access.schemas import KeyCreate, KeyDetail, KeyItem, KeyRevoke, KeyRotate
from app.delivery.reading import parse_id
from app.kit.clock import Now
from app.kit.db import PrimaryReadSession
from app.kit.errors import Fault, Invalid, NotFound
from app.kit.pages import PageQuery, paginate, query_digest
from app.kit.schemas import Page
from app.manage import answers
from app.manage.answers import Ref
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession

router = APIRouter(
    prefix="/keys", tags=["keys"], route_class=OnceRoute, responses=answers.EVERY
)

_VERB = answers.CREATE | answers.READ


@router.get("")
def list_keys(
    request: Request,
    response: Response,
    session: PrimaryReadSession,
    _admin: Admin,
    paging: PageQuery,
) -> Page[KeyItem]:
    """List all keys, the newest first, those that are over included."""
    part = paginate(
        session,
        keys.every(),
        by=(Key.created_at, Key.id),
        key=lambda key: (key.created_at, key.id),
        paging=paging,
        digest=query_digest(request),
    )
    shown = part.map(KeyItem.model_validate)
    return answers.page(request, response, shown, limit=paging.limit)


@router.post("", status_code=201, responses=answers.CREATE)
def create_key(
    request: Request,
    response: Response,
    _admin: Admin,
    session: OnceSession,
    now: Now,
    data: KeyCreate,
) -> KeyDetail:
    """Make a key. Its text is in this answer and nowhere else."""
    if data.expires_at is not None and data.expires_at <= now:
        fault = Fault(detail="This lies in the past.", pointer="/expires_at")
        raise Invalid(faults=[fault])
    made = keys.create(
        session,
        name=data.name,
        role=Role[data.role],
        now=now,
        scopes=sorted(set(data.scopes)),
        expires_at=data.expires_at,
    )
    return _made(request, response, *made)


@router.get("/{key}", responses=answers.READ)
def get_key(session: PrimaryReadSession, _admin: Admin, key: Ref) -> KeyItem:
    """Read what is known of a key."""
    return KeyItem.model_validate(keys.get(session, _id(key)))


@router.post("/{key}/rotate", status_code=201, responses=_VERB)
def rotate_key(
    request: Request,
    response: Response,
    _admin: Admin,
    session: OnceSession,
    now: Now,
    key: Ref,
    data: KeyRotate,
) -> KeyDetail:
    """Make a key with the same rights; the old one holds on for a while.

    Two hold at a time: 409 while an earlier change of keys is not over.
    """
    made = keys.rotate(session, _id(key), overlap=data.overlap, now=now)
    return _made(request, response, *made)


@router.post("/{key}/revoke", responses=_VERB)
def revoke_key(
    _admin: Admin, session: OnceSession, now: Now, key: Ref, _data: KeyRevoke
) -> KeyItem:
    """Take a key back: it opens nothing from the next request on, on any process."""
    return KeyItem.model_validate(keys.revoke(session, _id(key), now=now))


def _id(ref: str) -> UUID:
    found = parse_id(ref)
    if found is None:
        raise NotFound("Keys are named by their ids.")
    return found


def _made(request: Request, response: Response, key: Key, text: str) -> KeyDetail:
    base = request.app.state.settings.api_url
    response.headers["Location"] = f"{base}/manage/v1/keys/{key.id}"
    return KeyDetail(**KeyItem.model_validate(key).model_dump(), text=text)
