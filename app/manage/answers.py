"""What editors get back: the resource with its new version, or a page of them."""

from typing import Annotated, TypeVar

from fastapi import Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.kit.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    TooLarge,
    Unauthorized,
    UnsupportedMediaType,
    responses,
)
from app.kit.pages import Slice, next_url, self_url
from app.kit.preconditions import version_etag
from app.kit.schemas import ListLinks, ListMeta, Page

Shown = TypeVar("Shown", bound=BaseModel)

Ref = Annotated[str, Path(description="Its id, or its slug, key or path.")]
"""Which resource: what never changes of it, or what people call it."""

CREATE = responses(BadRequest, Conflict, TooLarge, UnsupportedMediaType)
CHANGE = CREATE | responses(NotFound, PreconditionFailed, PreconditionRequired)
DELETE = responses(
    Conflict,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    TooLarge,
    UnsupportedMediaType,
)
EVERY = responses(Unauthorized, Forbidden, Invalid)
READ = responses(NotFound)


def one(response: Response, shown: Shown, *, version: int) -> Shown:
    """Answer with a resource, its version as the entity tag."""
    response.headers["ETag"] = version_etag(version)
    return shown


def created(
    request: Request, response: Response, shown: Shown, *, ref: str, version: int
) -> Shown:
    """Answer with a new resource and where it is."""
    base = request.app.state.settings.api_url
    response.headers["Location"] = f"{base}{request.url.path}/{ref}"
    return one(response, shown, version=version)


def page(
    request: Request,
    response: Response,
    part: Slice[Shown],
    *,
    limit: int,
) -> Page[Shown]:
    """Answer with one page of a list."""
    following = next_url(request, part.next)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return Page(
        data=list(part.rows),
        links=ListLinks(self=self_url(request), next=following),
        meta=ListMeta(limit=limit),
    )
