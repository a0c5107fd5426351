"""Who is calling, and the rule that each route declares about it.

Default deny: `every_route_declares_its_caller` runs when the application is
made, and a route that depends on no rule keeps it from starting.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPBearer
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app.access import keys
from app.access.roles import Role
from app.kit.db import PrimaryReadSession
from app.kit.errors import Forbidden, Unauthorized
from app.kit.route_walk import api_routes, dependants

bearer = HTTPBearer(
    auto_error=False, scheme_name="key", description="A key: `Bearer bs_…`."
)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="broadsheet"'}


@dataclass(frozen=True)
class Caller:
    """A key that was recognised: whose it is and what it may do."""

    key_id: UUID
    name: str
    role: Role
    scopes: frozenset[str]


class CallerRule:
    """A route's declaration of who may call it."""


@dataclass(frozen=True)
class AtLeast(CallerRule):
    """Only keys of this role or a higher one."""

    role: Role

    def __call__(
        self,
        request: Request,
        session: PrimaryReadSession,
        _scheme: Annotated[object, Depends(bearer)],
    ) -> Caller:
        caller = _identify(request, session)
        if caller.role < self.role:
            raise Forbidden(f"This needs the role {self.role.name}.")
        request.state.caller = caller
        return caller


@dataclass(frozen=True)
class Entitled(CallerRule):
    """Only keys with this scope, whatever their role, and whoever may publish."""

    scope: str

    def __call__(
        self,
        request: Request,
        session: PrimaryReadSession,
        _scheme: Annotated[object, Depends(bearer)],
    ) -> None:
        caller = _identify(request, session)
        if caller.role < Role.editor and self.scope not in caller.scopes:
            raise Forbidden(f"This needs the scope {self.scope}.")


@dataclass(frozen=True)
class Public(CallerRule):
    """Anybody, or with `public_access=keys` holders of any key.

    Whoever comes with a valid key is known by it (`reader_of`); where none is needed,
    one that is not valid is as good as none.
    """

    async def __call__(self, request: Request, session: PrimaryReadSession) -> None:
        if request.app.state.settings.public_access == "keys":
            await run_in_threadpool(_admit, request, session)
        elif "authorization" in request.headers:
            await run_in_threadpool(_recognise, request, session)


@dataclass(frozen=True)
class Anybody(CallerRule):
    """Anybody, always: health, documentation."""

    async def __call__(self) -> None:
        return


Reporter = Annotated[Caller, Depends(AtLeast(Role.reporter))]
Editor = Annotated[Caller, Depends(AtLeast(Role.editor))]
Publisher = Annotated[Caller, Depends(AtLeast(Role.publisher))]
Admin = Annotated[Caller, Depends(AtLeast(Role.admin))]


def reader_of(request: Request) -> Caller | None:
    """Say by which key a reader came; None: by none."""
    caller: Caller | None = getattr(request.state, "caller", None)
    return caller


def admitted(request: Request) -> Caller:
    """Say whom the rule of this request's route has let in."""
    caller: Caller = request.state.caller
    return caller


class UndeclaredRoute(RuntimeError):
    """A route that says nothing about its caller."""


def every_route_declares_its_caller(app: FastAPI) -> None:
    """Refuse to start with a route that anybody could call by oversight."""
    for route in api_routes(app):
        rules = [d.call for d in dependants(route.dependant)]
        if not any(isinstance(rule, CallerRule) for rule in rules):
            raise UndeclaredRoute(f"{route.path} declares no caller")


def bearer_of(request: Request) -> str:
    """Read the text of the key that came with a request."""
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text:
        raise Unauthorized("Send a key: Authorization: Bearer bs_…", headers=_CHALLENGE)
    return text.strip()


def _recognise(request: Request, session: Session) -> None:
    with suppress(Unauthorized):
        _admit(request, session)


def _admit(request: Request, session: Session) -> None:
    request.state.caller = _identify(request, session)


def _identify(request: Request, session: Session) -> Caller:
    now = request.app.state.clock()
    key = keys.find_valid(session, bearer_of(request), now=now)
    if key is None:
        raise Unauthorized("This key is not valid.", headers=_CHALLENGE)
    request.app.state.key_uses.note(key.id, now)
    return Caller(
        key_id=key.id,
        name=key.name,
        role=Role[key.role],
        scopes=frozenset(key.scopes),
    )
