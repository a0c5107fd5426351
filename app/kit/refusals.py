"""How FastAPI's own refusals, and what nobody foresaw, become problem documents."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kit.errors import (
    BadRequest,
    Conflict,
    Fault,
    InternalError,
    Invalid,
    MethodNotAllowed,
    NotFound,
    Problem,
    Unavailable,
    known_problems,
    render,
)
from app.kit.route_walk import methods_at

logger = logging.getLogger("broadsheet")

MAX_FAULTS = 500
_RETRY = {"Retry-After": "2"}


def install(app: FastAPI) -> None:
    """Give an application its one error shape."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(PoolTimeout, _on_busy)
    app.add_exception_handler(OperationalError, _on_busy)
    app.add_exception_handler(IntegrityError, _on_integrity_error)


def respond(request: Request, problem: Problem) -> Response:
    """Render a problem for this request; what came with a key is kept by nobody."""
    response = render(
        problem,
        base_url=request.app.state.settings.api_url,
        path=request.url.path,
        request_id=request.state.request_id,
    )
    if "authorization" in request.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def faults_of(errors: Sequence[Any], body: Any = None) -> list[Fault]:
    """Say where each of Pydantic's errors lies, without repeating the value.

    Of very many only the first are named: a body can hold a fault in every byte.
    """
    return [_fault(error, body) for error in errors[:MAX_FAULTS]]


@contextmanager
def pointing_into(member: str) -> Iterator[None]:
    """Say where a fault is in the request, whose content is in a member of it."""
    try:
        yield
    except RequestValidationError as error:
        faults = faults_of(error.errors(), error.body)
        raise Invalid(faults=[_inside(fault, member) for fault in faults]) from None
    except Invalid as invalid:
        invalid.faults = tuple(_inside(fault, member) for fault in invalid.faults)
        raise


def _inside(fault: Fault, member: str) -> Fault:
    return fault.model_copy(update={"pointer": f"{member}{fault.pointer or ''}"})


def _fault(error: Any, body: Any) -> Fault:
    place, *path = error["loc"] or ("body",)
    detail = str(error["msg"]).removeprefix("Value error, ")
    if place == "body":
        if not path and error["type"] == "missing":
            detail = "A body of JSON is required: {} where there is nothing to say."
        return Fault(detail=detail, pointer=_pointer(_true_path(path, body)))
    names = [str(part) for part in path if isinstance(part, str)]
    name = next((n for n in reversed(names) if "[" not in n), None)
    return Fault(detail=detail, parameter=name or str(place))


def _true_path(path: Sequence[int | str], body: Any) -> list[int | str]:
    """Leave out what Pydantic adds of its own: names of a union's members, `[key]`.

    No client sent these, so a pointer with them would lead nowhere.
    """
    true: list[int | str] = []
    here = body
    for left, part in enumerate(path, start=1 - len(path)):
        is_missing = isinstance(here, dict) and part not in here
        if isinstance(part, str) and (
            not isinstance(here, dict | None) or (is_missing and left < 0)
        ):
            continue
        true.append(part)
        here = _member(here, part)
    return true


def _member(value: Any, name: int | str) -> Any:
    if isinstance(value, list) and isinstance(name, int) and name < len(value):
        return value[name]
    return value.get(name) if isinstance(value, dict) else None


def _pointer(path: Sequence[int | str]) -> str:
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return "".join(f"/{part}" for part in escaped)


def _on_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return respond(request, error)


def _on_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    errors = error.errors()
    if any(e["type"] == "json_invalid" for e in errors):
        return respond(request, BadRequest("The body is not JSON."))
    return respond(request, Invalid(faults=faults_of(errors, error.body)))


def _on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers = dict(error.headers or {})
    if error.status_code == MethodNotAllowed.status:
        # Beside the routes only files are served, and these can only be read.
        methods = methods_at(request.app, request.scope["path"]) or {"GET", "HEAD"}
        headers["Allow"] = ", ".join(sorted(methods))
    by_status = {NotFound.status: NotFound, MethodNotAllowed.status: MethodNotAllowed}
    plain = {kind.status: kind for kind in reversed(known_problems().values())}
    kind = by_status.get(error.status_code) or plain.get(error.status_code, BadRequest)
    return respond(request, kind(headers=headers))


def _on_busy(request: Request, error: Exception) -> Response:
    logger.warning("database unavailable: %s", type(error).__name__, exc_info=error)
    return respond(
        request, Unavailable("The database does not answer.", headers=_RETRY)
    )


def _on_integrity_error(request: Request, error: Exception) -> Response:
    # Two requests took the same name at once, or one deleted what the other used:
    # the checks before it could not see that, the database could.
    logger.info("integrity: %s", type(error.__cause__).__name__)
    return respond(request, Conflict("Something else has changed at the same time."))


class LastResort:
    """Answer 500 for what nobody foresaw, and tell the log alone what it was.

    Pure ASGI, and inside the other middleware: an exception handler of Starlette
    would answer outside of it, without CORS headers and request id.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def send_noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception:
            if has_begun:
                raise
            request = Request(scope)
            logger.exception("request %s failed", request.state.request_id)
            await respond(request, InternalError())(scope, receive, send)
