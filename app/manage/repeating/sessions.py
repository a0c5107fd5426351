"""A writing session that looks first whether its work has been done already.

Parallel twins are told apart from later ones: on PostgreSQL the second is sent
away while the first is at work, and on SQLite it waits for its turn to write.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.access import outcomes
from app.access.callers import admitted
from app.access.models import Outcome
from app.kit.clock import Now
from app.kit.db import WriteSession, try_hold
from app.kit.errors import Conflict, Fault, Invalid
from app.manage.repeating import stored
from app.manage.repeating.requests import MaybeRepeatable, Repeatable


class KeyOfAnotherRequest(Invalid):
    """The Idempotency-Key was used for a request with another body or address."""

    code = "idempotency-mismatch"
    title = "This key belongs to another request"


class StillRunning(Conflict):
    """The first request under this Idempotency-Key has not been answered yet."""

    code = "idempotency-running"
    title = "The same request is still running"


class Replayed(Exception):
    """The request was answered before: nothing is done, and that is said again."""

    def __init__(self, outcome: Outcome, answer: bytes):
        super().__init__(outcome.status)
        self.outcome = outcome
        self.answer = answer


@dataclass(frozen=True)
class FirstAttempt:
    """A request whose outcome is to be kept with the work itself."""

    session: Session
    caller_id: UUID
    sent: Repeatable
    now: datetime


def _once(
    request: Request, session: WriteSession, sent: MaybeRepeatable, now: Now
) -> Session:
    if sent is None:
        return session
    caller_id = admitted(request).key_id
    if not try_hold(session, f"outcome {caller_id} {sent.digest.hex()}"):
        raise StillRunning(headers={"Retry-After": "1"})
    outcome = outcomes.find(session, caller_id, sent.digest, now=now)
    if outcome is None:
        request.state.attempt = FirstAttempt(session, caller_id, sent, now)
        return session
    if outcome.request != sent.request:
        fault = Fault(
            detail="It was sent with something else before.",
            parameter="Idempotency-Key",
        )
        raise KeyOfAnotherRequest(faults=[fault])
    raise Replayed(outcome, stored.whole(request, session, outcome))


OnceSession = Annotated[Session, Depends(_once, scope="function")]
"""As `WriteSession`, for a POST: under one `Idempotency-Key` it is given out once.

It stands after the desk in a route's parameters, since it asks who was let in.
"""
