"""The API reference: two documents, their pages, and a page for every problem.

All assets come from this server. The public document names no route and no
field that only editors see.
"""

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRoute
from starlette.staticfiles import StaticFiles

from app import api, health
from app.access.callers import Anybody
from app.kit.errors import NotFound, Problem, ProblemDetail, known_problems
from app.kit.parameters import declared_parameters_only
from app.manage.changing import EditorsProblem

# Recorded by the tests, which also see to it that they stay true.
EXAMPLES = Path(__file__).parent / "examples.json"
ASSETS = Path(fastapi_offline.__file__).parent / "static"

# They change with the program alone, and no cache has to guess for how long.
KEPT = {"Cache-Control": "max-age=30"}

PUBLIC_INTRODUCTION = """
What frontends, mobile apps and partners read.

Times are RFC 3339 in UTC. Lists are paged by an opaque `cursor`: follow
`links.next`. Every refusal is a problem document (RFC 9457); its `type` is a page.
Answers carry `ETag` and `Surrogate-Key`; send `If-None-Match` to be told that
nothing has changed.
"""

MANAGE_INTRODUCTION = """
What editors, importers and operators write. Send a key:
`Authorization: Bearer bs_…`.

A change carries the version it was made from, in `If-Match`; when somebody was
faster the answer is 412 and nothing is lost. `PATCH` is a merge patch (RFC 7396).
"""

REPLAYED = {
    "description": "`true` when this was answered before, and nothing was done now.",
    "schema": {"type": "string", "enum": ["true"]},
}
"""The header of an answer that an `Idempotency-Key` brings once more."""

router = APIRouter(
    dependencies=[Depends(Anybody()), Depends(declared_parameters_only)],
    include_in_schema=False,
)


def install(app: FastAPI) -> None:
    """Serve the documents, their pages and the assets of these."""
    app.mount("/docs/assets", StaticFiles(directory=ASSETS), name="assets")
    app.include_router(router)


def public_document() -> dict[str, Any]:
    """Describe what anybody may read, as OpenAPI 3.1."""
    part = _part("Broadsheet", PUBLIC_INTRODUCTION)
    api.include_public(part)
    api.include_advance(part)
    api.include_prints(part)
    api.include_files(part)
    part.include_router(health.router)
    return _document(part, ProblemDetail)


def manage_document() -> dict[str, Any]:
    """Describe what editors may write, as OpenAPI 3.1."""
    part = _part("Broadsheet, for editors", MANAGE_INTRODUCTION)
    api.include_manage(part)
    return _document(part, EditorsProblem)


@router.get("/openapi.json")
def get_public_document() -> JSONResponse:
    return JSONResponse(_cached_public(), headers=KEPT)


@router.get("/manage/openapi.json")
def get_manage_document() -> JSONResponse:
    return JSONResponse(_cached_manage(), headers=KEPT)


@router.get("/docs")
def show_public_reference() -> HTMLResponse:
    return _page("Broadsheet", "/openapi.json")


@router.get("/manage/docs")
def show_manage_reference() -> HTMLResponse:
    return _page("Broadsheet, for editors", "/manage/openapi.json")


@router.get("/docs/problems")
def list_problems() -> HTMLResponse:
    items = "".join(
        f'<li><a href="/docs/problems/{code}"><code>{code}</code></a>'
        f" {kind.status} {escape(kind.title)}</li>"
        for code, kind in sorted(known_problems().items())
    )
    return _plain("Problems", f"<ul>{items}</ul>")


@router.get("/docs/problems/{code}")
def show_problem(code: str) -> HTMLResponse:
    kind = known_problems().get(code)
    if kind is None:
        raise NotFound
    return _plain(kind.title, _explanation(kind))


_cached_public = cache(public_document)
_cached_manage = cache(manage_document)


def _part(title: str, introduction: str) -> FastAPI:
    """Make an application for the routers that one document describes."""
    return FastAPI(
        title=title,
        version="1",
        description=introduction.strip(),
        generate_unique_id_function=_operation_id,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )


def _document(part: FastAPI, refusal: type[ProblemDetail]) -> dict[str, Any]:
    """Let FastAPI describe what these routers answer, and refuse."""
    document = part.openapi()
    template = "#/components/schemas/{model}"
    problem = refusal.model_json_schema(ref_template=template, mode="serialization")
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    _tell_repeated_answers(document)
    _show_examples(document)
    return document


def _tell_repeated_answers(document: dict[str, Any]) -> None:
    """Say of each operation that may be sent again how a repeated answer is known."""
    for operations in document["paths"].values():
        for operation in operations.values():
            named = {each["name"].lower() for each in operation.get("parameters", ())}
            if "idempotency-key" not in named:
                continue
            for status, answer in operation["responses"].items():
                if status.startswith("2"):
                    answer["headers"] = {"Idempotency-Replayed": REPLAYED}


def _show_examples(document: dict[str, Any]) -> None:
    """Put beside each operation what it took and answered once, for a story."""
    examples = json.loads(EXAMPLES.read_bytes())
    document["components"]["schemas"]["Problem"]["examples"] = [examples["problem"]]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            example = examples.get(f"{method.upper()} {path}")
            if example is None:
                continue
            answer = operation["responses"][str(example["status"])]
            answer["content"][example["media_type"]]["example"] = example["answer"]
            if "request" in example:
                taken = operation["requestBody"]["content"]["application/json"]
                taken["example"] = example["request"]


def _operation_id(route: APIRoute) -> str:
    return route.name


def _page(title: str, document: str) -> HTMLResponse:
    page = get_swagger_ui_html(
        openapi_url=document,
        title=title,
        swagger_js_url="/docs/assets/swagger-ui-bundle.js",
        swagger_css_url="/docs/assets/swagger-ui.css",
        swagger_favicon_url="/docs/assets/favicon.png",
    )
    page.headers.update(KEPT)
    return page


def _explanation(kind: type[Problem]) -> str:
    text = escape(" ".join((kind.__doc__ or "").split()))
    return (
        f"<p>{text}</p><p>Status <strong>{kind.status}</strong>,"
        f" code <code>{kind.code}</code>.</p>"
        '<p><a href="/docs/problems">All problems</a></p>'
    )


def _plain(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        "<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;"
        f"padding:0 1rem}}</style><h1>{escape(title)}</h1>{body}</html>",
        headers=KEPT,
    )
