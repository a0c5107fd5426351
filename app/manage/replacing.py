"""PUT of a key: it makes what is not there yet, and replaces what is."""

from typing import Annotated

from fastapi import Depends, Request

from app.kit.errors import PreconditionFailed, PreconditionRequired
from app.kit.preconditions import IfMatchVersion, OptionalIfMatch
from app.newsroom.identity import Named


def _if_sent(request: Request, if_match: OptionalIfMatch) -> IfMatchVersion | None:
    return if_match if "if-match" in request.headers else None


IfMatchWhereKnown = Annotated[IfMatchVersion | None, Depends(_if_sent)]
"""The version something was read at; None where the client holds it to be new."""


def check(there: Named | None, if_match: IfMatchVersion | None) -> None:
    """Refuse to replace what the client has not read, or not as it is now."""
    if there is None and if_match is not None:
        raise PreconditionFailed("There is nothing of this key yet.")
    if there is not None and if_match is None:
        raise PreconditionRequired('Send the version you read, as If-Match: "v3".')
    if there is not None and if_match is not None:
        if_match.check(there.version)
