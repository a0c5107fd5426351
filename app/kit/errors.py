"""Every refusal is one problem document (RFC 9457), whoever raises it.

    Problem
    ├── BadRequest            400  not HTTP or JSON as we speak it
    ├── Unauthorized          401
    ├── Forbidden             403
    ├── NotFound              404
    ├── MethodNotAllowed      405
    ├── Conflict              409
    ├── Gone                  410
    ├── PreconditionFailed    412
    ├── TooLarge              413
    ├── UriTooLong            414
    ├── UnsupportedMediaType  415
    ├── Invalid               422  well-formed, but not what is taken here
    ├── PreconditionRequired  428
    ├── WithheldByLaw         451
    ├── InternalError         500
    └── Unavailable           503

A class fixes status, code and title; domains subclass beside the code that
raises. The codes are a closed list: each has its page under `/docs/problems/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"

Responses = dict[int | str, dict[str, Any]]
"""Answers of an operation beside its usual one, as FastAPI takes them."""


class Fault(BaseModel):
    """One thing that is wrong, and where."""

    model_config = ConfigDict(
        frozen=True, json_schema_serialization_defaults_required=True
    )

    detail: str = Field(description="What is wrong, for a person.")
    pointer: str | None = Field(
        default=None, description="JSON Pointer (RFC 6901) into the request body."
    )
    parameter: str | None = Field(
        default=None, description="The query, path or header parameter at fault."
    )


class Problem(Exception):
    """What every refusal is: a status, a stable code and a sentence."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "problem"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str | None = None,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ):
        super().__init__(detail or self.title)
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


class BadRequest(Problem):
    """The request is not well-formed HTTP or JSON, so nothing in it was looked at."""

    status = 400
    code = "bad-request"
    title = "The request is malformed"


class Unauthorized(Problem):
    """This operation needs a key, or the key that came is not valid (any more)."""

    status = 401
    code = "unauthorized"
    title = "A valid key is needed"


class Forbidden(Problem):
    """The key is valid, but its role does not allow this operation."""

    status = 403
    code = "forbidden"
    title = "This key may not do that"


class NotFound(Problem):
    """Nothing is known here, or nothing that the caller may know of."""

    status = 404
    code = "not-found"
    title = "Nothing is here"


class MethodNotAllowed(Problem):
    """The resource does not answer this method; `Allow` lists those it does."""

    status = 405
    code = "method-not-allowed"
    title = "This method is not answered here"


class Conflict(Problem):
    """The request fits, but not with the present state of things."""

    status = 409
    code = "conflict"
    title = "This conflicts with the present state"


class Gone(Problem):
    """It was here and was taken away; `detail` carries the public note."""

    status = 410
    code = "gone"
    title = "This has been taken away"


class PreconditionFailed(Problem):
    """Somebody else has changed it meanwhile; read it again and repeat the change."""

    status = 412
    code = "precondition-failed"
    title = "It has changed since you read it"


class TooLarge(Problem):
    """The body is larger than this server reads."""

    status = 413
    code = "too-large"
    title = "The body is too large"


class UriTooLong(Problem):
    """The address is longer than 8,192 bytes."""

    status = 414
    code = "uri-too-long"
    title = "The address is too long"


class UnsupportedMediaType(Problem):
    """Writes are `application/json`, without a content coding."""

    status = 415
    code = "unsupported-media-type"
    title = "This media type is not taken"


class Invalid(Problem):
    """The request is well-formed, but a value is not allowed; `errors` name each."""

    status = 422
    code = "invalid"
    title = "The request is not valid"


class PreconditionRequired(Problem):
    """A change has to say which version it was made from, in `If-Match`."""

    status = 428
    code = "precondition-required"
    title = "If-Match is needed"


class WithheldByLaw(Problem):
    """It was here and is withheld for legal reasons (RFC 7725); `detail` says more."""

    status = 451
    code = "legal"
    title = "This is withheld for legal reasons"


class InternalError(Problem):
    """A fault of this server, logged under the `request_id`."""

    status = 500
    code = "internal-error"
    title = "The server has failed"


class Unavailable(Problem):
    """The server cannot do this at present; `Retry-After` says when to try again."""

    status = 503
    code = "unavailable"
    title = "Temporarily unavailable"


class ProblemDetail(BaseModel):
    """A refusal (RFC 9457). The same shape for every error, from every part."""

    model_config = ConfigDict(title="Problem")

    type: str = Field(description="The address of this problem's page.")
    title: str = Field(description="What kind of problem it is, always the same text.")
    status: int = Field(description="The HTTP status.")
    detail: str | None = Field(description="What happened; null when title says all.")
    instance: str = Field(description="The path asked for, without its query.")
    errors: list[Fault] = Field(description="Each thing that is wrong; may be empty.")
    request_id: str = Field(description="Name this when you report the problem.")


def known_problems() -> dict[str, type[Problem]]:
    """Collect every problem class that is loaded, by its code."""
    return {kind.code: kind for kind in _descendants(Problem)}


def render(problem: Problem, *, base_url: str, path: str, request_id: str) -> Response:
    """Turn a problem into its response."""
    content = {
        "type": f"{base_url}/docs/problems/{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": path,
        "errors": [fault.model_dump() for fault in problem.faults],
        "request_id": request_id,
        **problem.extra,
    }
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        **problem.headers,
    }
    return Response(
        orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z),
        status_code=problem.status,
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def responses(*kinds: type[Problem]) -> Responses:
    """Describe which problems an operation may answer, for its OpenAPI entry."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        kind.status: {
            "description": kind.title,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for kind in kinds
    }


def _descendants(kind: type[Problem]) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)
