"""Every route of the application, as the contract tests visit it.

A promise is asked of all routes or of a kind of them, never of a list that
somebody would have to keep: a new route is in these walks by being there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from inspect import isclass
from typing import Any, get_args

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends
from httpx import Response
from starlette.testclient import TestClient

from app.access.callers import AtLeast, CallerRule
from app.access.roles import Role
from app.kit.db import PrimaryReadSession, ReadSession, WriteSession
from app.kit.route_walk import api_routes, dependants, query_fields
from app.kit.schemas import Page

# What a query cannot be without, by the name of the operation.
NEEDED: dict[str, dict[str, str]] = {
    "list_related_articles": {"by": "section"},
    "resolve_path": {"path": "/nowhere"},
    "search_articles": {"q": "story"},
    "suggest": {"q": "story"},
}


# What would change the newspaper for the next visitor goes where it changes nothing.
HARMLESS: dict[str, dict[str, str]] = {"revoke_previews": {"article": "not-yet"}}


# They take a body and save nothing: there is nothing to repeat.
TRIES = frozenset({"/manage/v1/ads/preview"})


@dataclass(frozen=True)
class Operation:
    """One method of one route."""

    method: str
    path: str
    name: str
    dependant: Dependant = field(repr=False)
    response_model: object

    def __str__(self) -> str:
        return f"{self.method} {self.path.replace(':path}', '}')}"

    @property
    def is_public(self) -> bool:
        is_read = self.path.startswith(
            ("/v1/", "/feeds/", "/sitemap", "/robots", "/.well")
        )
        return is_read and not self.is_partners

    @property
    def is_partners(self) -> bool:
        return self.path.startswith("/v1/advance/")

    @property
    def is_log(self) -> bool:
        return self.path.startswith(("/v1/changes", "/v1/snapshot"))

    @property
    def is_preview(self) -> bool:
        return self.path.startswith("/v1/preview/")

    @property
    def is_manage(self) -> bool:
        return self.path.startswith("/manage/v1/")

    @property
    def is_list(self) -> bool:
        """Whether it answers a page, by what it says that it answers."""
        return isclass(self.response_model) and issubclass(self.response_model, Page)

    @property
    def parameters(self) -> dict[str, bool]:
        """Its query parameters, and whether each may be repeated."""
        return {
            field.name: field.repeatable
            for part in dependants(self.dependant)
            for field in query_fields(part)
        }

    @property
    def rules(self) -> list[CallerRule]:
        """What it declares about its caller."""
        calls: Iterator[object] = (p.call for p in dependants(self.dependant))
        return [call for call in calls if isinstance(call, CallerRule)]

    @property
    def role(self) -> Role:
        """The lowest role that may call it."""
        return max(rule.role for rule in self.rules if isinstance(rule, AtLeast))

    def depends_on(self, session: object) -> bool:
        """Tell whether it takes `ReadSession` or `WriteSession`."""
        wanted = [a.dependency for a in get_args(session) if isinstance(a, Depends)]
        calls = [part.call for part in dependants(self.dependant)]
        return any(call in wanted for call in calls)

    def url(self, values: Mapping[str, str]) -> str:
        """Write its path with real values in it."""
        path = self.path.replace(":path}", "}")
        return path.format_map({**values, **HARMLESS.get(self.name, {})})

    def query(self, **more: object) -> dict[str, Any]:
        """Write a query that it takes."""
        return {**NEEDED.get(self.name, {}), **more}


def operations(app: FastAPI) -> Iterator[Operation]:
    """List every operation."""
    for route in api_routes(app):
        for method in sorted(route.methods or ()):
            assert route.path is not None
            assert route.name is not None
            yield Operation(
                method, route.path, route.name, route.dependant, route.response_model
            )


def reads(operation: Operation) -> bool:
    reads = operation.depends_on(ReadSession)
    return reads or operation.depends_on(PrimaryReadSession)


def writes(operation: Operation) -> bool:
    return operation.depends_on(WriteSession)


@dataclass(frozen=True)
class Visitor:
    """Somebody who calls every route of a newspaper that holds all there is."""

    client: TestClient
    values: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def app(self) -> FastAPI:
        app = self.client.app
        assert isinstance(app, FastAPI)
        return app

    def operations(self, *wanted: Callable[[Operation], bool]) -> list[Operation]:
        """List the operations that are all of this."""
        found = [o for o in operations(self.app) if all(each(o) for each in wanted)]
        assert found, "a walk that visits nothing proves nothing"
        return found

    def visit(
        self,
        operation: Operation,
        *,
        method: str | None = None,
        params: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
    ) -> Response:
        """Call an operation, with an editor's key where one is needed."""
        is_open = not operation.is_manage and not operation.is_partners
        own = {} if is_open else self.headers
        answer: Response = self.client.request(
            method or operation.method,
            operation.url(self.values),
            params=operation.query(**(params or {})),
            headers={**own, **(headers or {})},
            json=json,
        )
        return answer


def is_get(operation: Operation) -> bool:
    return operation.method == "GET"


def is_public(operation: Operation) -> bool:
    return operation.is_public


def may_be_kept(operation: Operation) -> bool:
    """Tell whether it answers what caches may keep: not the log, and no preview."""
    is_for_all = not operation.is_log and not operation.is_preview
    return operation.is_public and is_for_all


def is_log(operation: Operation) -> bool:
    return operation.is_log


def is_manage(operation: Operation) -> bool:
    return operation.is_manage


def is_list(operation: Operation) -> bool:
    return operation.is_list
