"""Public answers: the bytes, their validators, and how long who may keep them.

Browsers keep an answer for seconds. A cache in front of us may keep it for as long
as the operator says, and serve what it has for ten minutes when we are down. What
came with a key is kept by nobody.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime

import orjson
from fastapi import Request
from starlette.responses import Response

from app.delivery.reading import SHORT_LIVED, Found, Moved
from app.delivery.store import keys as store_keys
from app.kit.errors import Responses
from app.kit.pages import next_url, self_url

_BROWSER = "public, max-age=15, stale-while-revalidate=30"
_CDN = "public, max-age={}, stale-while-revalidate=60, stale-if-error=600"
PRIVATE = "private, no-store"
"""How long an answer is kept that is for its caller alone."""

MOVED: Responses = {
    308: {"description": "It answers under another address now: see `Location`."}
}
"""What an operation answers that follows old slugs and keys, for its OpenAPI entry."""

UNCHANGED: Responses = {304: {"description": "The client holds this answer already."}}
"""What every public read answers to a validator that still fits."""


@dataclass(frozen=True)
class ListPage:
    """The parts of a list's answer, each item ready as bytes."""

    items: Sequence[bytes]
    next: str | None
    limit: int
    total: int | None = None
    total_is_capped: bool | None = None
    told: Mapping[str, object] = field(default_factory=dict)
    """What else its `meta` says."""


def document(
    request: Request,
    found: Found,
    *,
    keys: Sequence[str],
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a document, or with another form made from it.

    What shows other resources too has no time of its own: no Last-Modified.
    """
    shown = found.content if content is None else content
    return answer(
        request,
        shown,
        position=found.position,
        keys=keys,
        stored=found,
        headers=headers,
    )


def listing(
    request: Request, page: ListPage, *, keys: Sequence[str], position: int
) -> Response:
    """Answer with one page of a list."""
    content, headers = written(request, page)
    return answer(
        request,
        content,
        position=position,
        keys=keys,
        headers=headers,
    )


def written(request: Request, page: ListPage) -> tuple[bytes, Mapping[str, str]]:
    """Write a page of a list, and the header that leads to the next one."""
    following = next_url(request, page.next)
    links = {"self": self_url(request), "next": following}
    meta: dict[str, object] = {"limit": page.limit, **page.told}
    if page.total is not None:
        meta |= {"total": page.total, "total_is_capped": bool(page.total_is_capped)}
    tail = orjson.dumps({"links": links, "meta": meta})
    content = b'{"data":[' + b",".join(page.items) + b"]," + tail[1:]
    return content, {"Link": f'<{following}>; rel="next"'} if following else {}


def answer(
    request: Request,
    content: bytes,
    *,
    position: int,
    keys: Sequence[str],
    stored: Found | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Make a public answer with everything a cache needs to know of it.

    `stored` is the document it shows, where it shows one.
    """
    is_stored = stored is not None and content is stored.content
    all_headers = {
        "ETag": f'"{stored.etag if stored and is_stored else digest(content)}"',
        "Vary": "Accept-Encoding, Authorization",
        **named(keys),
        "Broadsheet-Position": str(position),
        "X-Content-Type-Options": "nosniff",
        **_caching(request),
        **(headers or {}),
    }
    if stored is not None and not stored.linked:
        changed_at = format_datetime(stored.changed_at, usegmt=True)
        all_headers["Last-Modified"] = changed_at
    return Response(content, media_type="application/json", headers=all_headers)


def named(keys: Collection[str]) -> dict[str, str]:
    """Say by which keys the log will name an answer, in both headers for it."""
    surrogates = store_keys.bounded(keys, limit=store_keys.SURROGATE_KEYS)
    groups = store_keys.bounded(keys, limit=store_keys.GROUPS)
    return {
        "Surrogate-Key": " ".join(surrogates),
        "Cache-Groups": ", ".join(f'"{store_keys.group(key)}"' for key in groups),
    }


def shared(request: Request) -> str:
    """Say how long a cache in front of us may keep an answer."""
    return _CDN.format(request.app.state.settings.cdn_seconds)


def on_moved(request: Request, error: Exception) -> Response:
    """Send the client from an old slug or path to the one it answers under now."""
    if not isinstance(error, Moved):
        raise error
    # The resource that moved is the first that an address names.
    names = request.path_params
    template: str = request.scope["route"].path_format
    path: str = request.url.path
    prefix = path.removesuffix(template.format_map(names))
    here = template.format_map({**names, next(iter(names)): error.key})
    location = f"{request.app.state.settings.api_url}{prefix}{here}"
    query = request.scope["query_string"].decode("latin-1")
    if query:
        location = f"{location}?{query}"
    headers = {
        "Location": location,
        "X-Content-Type-Options": "nosniff",
        **SHORT_LIVED,
        **_private_if_keyed(request),
    }
    return Response(status_code=308, headers=headers)


def digest(content: bytes) -> str:
    """Make the entity tag of an answer's bytes."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _caching(request: Request) -> dict[str, str]:
    public = {"Cache-Control": _BROWSER, "CDN-Cache-Control": shared(request)}
    return _private_if_keyed(request) or public


def _private_if_keyed(request: Request) -> dict[str, str]:
    is_keyed = request.app.state.settings.public_access == "keys"
    if is_keyed or "authorization" in request.headers:
        return {"Cache-Control": PRIVATE}
    return {}
