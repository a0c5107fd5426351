"""Who is acting: the desk of a request, for each role and verb that may sit at it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from app.access.callers import AtLeast, Caller
from app.access.roles import Role
from app.kit.clock import Now
from app.newsroom.articles.workflow import RULES, Verb
from app.publishing.desk import Desk
from app.publishing.site import Site


def _desk_of(role: Role) -> Callable[..., Awaitable[Desk]]:
    rule = AtLeast(role)

    async def sit_down(
        request: Request, caller: Annotated[Caller, Depends(rule)], now: Now
    ) -> Desk:
        return _desk(request, caller, now)

    return sit_down


def _desk(request: Request, caller: Caller, now: datetime) -> Desk:
    return Desk(now=now, by=caller.name, site=Site.of(request.app.state.settings))


def desk_for(verb: Verb) -> Callable[..., Awaitable[Desk]]:
    """Make the dependency of a verb's route: a desk for the role that it needs."""
    return _desk_of(RULES[verb].role)


ReporterDesk = Annotated[Desk, Depends(_desk_of(Role.reporter))]
"""A caller who may write."""

EditorDesk = Annotated[Desk, Depends(_desk_of(Role.editor))]
"""A caller who may also publish."""

SaveDesk = Annotated[Desk, Depends(desk_for("save"))]
SubmitDesk = Annotated[Desk, Depends(desk_for("submit"))]
PreviewDesk = Annotated[Desk, Depends(desk_for("preview"))]
LockDesk = Annotated[Desk, Depends(desk_for("lock"))]
RevertDesk = Annotated[Desk, Depends(desk_for("revert"))]
DeleteDesk = Annotated[Desk, Depends(desk_for("delete"))]
PublishDesk = Annotated[Desk, Depends(desk_for("publish"))]
CorrectDesk = Annotated[Desk, Depends(desk_for("correct"))]
WithdrawDesk = Annotated[Desk, Depends(desk_for("withdraw"))]
RestoreDesk = Annotated[Desk, Depends(desk_for("restore"))]
KillDesk = Annotated[Desk, Depends(desk_for("kill"))]
LegalDesk = Annotated[Desk, Depends(desk_for("legal"))]
ScheduleDesk = Annotated[Desk, Depends(desk_for("schedule"))]
EmbargoDesk = Annotated[Desk, Depends(desk_for("embargo"))]
UnscheduleDesk = Annotated[Desk, Depends(desk_for("unschedule"))]
PurgeDesk = Annotated[Desk, Depends(desk_for("purge"))]
