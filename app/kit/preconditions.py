"""If-Match: a change says which version it was made from.

The version is a whole number and never a time: two saves can fall into one
millisecond.
"""

import re
from typing import Annotated

from fastapi import Depends, Header

from app.kit.errors import BadRequest, PreconditionFailed, PreconditionRequired

_ETAG = re.compile(r'(?:W/)?"v(\d{1,15})"')


class IfMatchVersion:
    """The versions a change may be applied to."""

    def __init__(self, versions: frozenset[int] | None):
        self._versions = versions

    @property
    def latest(self) -> int | None:
        """The highest version that was named; None where any will do, or none is."""
        return max(self._versions or (), default=None)

    def check(self, current: int) -> None:
        """Refuse the change unless it was made from the current version."""
        if self._versions is not None and current not in self._versions:
            raise PreconditionFailed(
                f"The current version is {current}.",
                headers={"ETag": version_etag(current)},
                extra={"current_version": current},
            )


def version_etag(version: int) -> str:
    """Write a version as the entity tag that `If-Match` takes."""
    return f'"v{version}"'


async def _required(
    if_match: Annotated[
        str | None, Header(description='The version you read: `"v3"`, or `*`.')
    ] = None,
) -> IfMatchVersion:
    if if_match is None:
        raise PreconditionRequired('Send the version you read, as If-Match: "v3".')
    return _parse(if_match)


async def _optional(
    if_match: Annotated[
        str | None, Header(description='The version you read: `"v3"`; optional.')
    ] = None,
) -> IfMatchVersion:
    return IfMatchVersion(None) if if_match is None else _parse(if_match)


def _parse(text: str) -> IfMatchVersion:
    if text.strip() == "*":
        return IfMatchVersion(None)
    tags = [tag.strip() for tag in text.split(",")]
    matches = [_ETAG.fullmatch(tag) for tag in tags]
    versions = frozenset(int(match[1]) for match in matches if match)
    if len(tags) > 20 or (not versions and not all('"' in tag for tag in tags)):
        raise BadRequest('If-Match holds entity tags such as "v3".')
    return IfMatchVersion(versions)


IfMatch = Annotated[IfMatchVersion, Depends(_required)]
"""The version a change was made from: 428 without, 412 when it has moved on."""

OptionalIfMatch = Annotated[IfMatchVersion, Depends(_optional)]
"""As `IfMatch`, for acts that a racing save must not hold up."""
