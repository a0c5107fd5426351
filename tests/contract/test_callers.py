"""Every route says who may call it, and GETs cannot write."""

from collections.abc import Callable
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from starlette.routing import Mount

from app.access.callers import (
    Anybody,
    AtLeast,
    CallerRule,
    Entitled,
    Public,
    UndeclaredRoute,
    every_route_declares_its_caller,
)
from app.access.roles import Role
from app.kit.db import Database, WriteSession
from app.kit.route_walk import api_routes
from app.manage.repeating.routes import OnceRoute
from app.manage.repeating.sessions import OnceSession
from app.newsroom.tags.models import Tag
from tests.contract.problems import problem_of
from tests.contract.walking import (
    TRIES,
    Operation,
    Visitor,
    is_get,
    is_manage,
    operations,
    reads,
    writes,
)


def _needs_more_than_a_reporter(operation: Operation) -> bool:
    return operation.is_manage and operation.role > Role.reporter


def test_every_route_declares_one_kind_of_caller(passer_by: Visitor) -> None:
    for operation in passer_by.operations():
        kinds = {type(rule) for rule in operation.rules}

        wanted: type[CallerRule] = Anybody
        if operation.is_public:
            wanted = Public
        elif operation.is_manage:
            wanted = AtLeast
        elif operation.is_partners:
            wanted = Entitled
        assert kinds == {wanted}, operation


def test_what_is_served_beside_the_routes_is_known(passer_by: Visitor) -> None:
    others = [
        context.original_route
        for context in iter_route_contexts(passer_by.app.routes)
        if not isinstance(context.original_route, APIRoute)
    ]

    assert [(type(o), getattr(o, "path", None)) for o in others] == [
        (Mount, "/docs/assets")
    ]


def test_a_route_without_a_caller_keeps_the_application_from_starting() -> None:
    app = FastAPI()
    app.get("/open")(lambda: "anybody's by oversight")

    with pytest.raises(UndeclaredRoute, match="/open"):
        every_route_declares_its_caller(app)


def test_a_route_with_a_caller_may_start() -> None:
    app = FastAPI()
    app.get("/open", dependencies=[Depends(Anybody())])(lambda: "on purpose")

    every_route_declares_its_caller(app)


def test_no_editors_route_answers_without_a_key(passer_by: Visitor) -> None:
    for operation in passer_by.operations(is_manage):
        for headers in ({"Authorization": ""}, {"Authorization": "Bearer bs_no"}):
            answer = passer_by.visit(operation, headers=headers)

            assert problem_of(answer)["code"] == "unauthorized", operation


def test_a_lower_role_is_refused_by_every_route_that_needs_a_higher(
    passer_by: Visitor, make_key: Callable[[Role], str]
) -> None:
    reporter = {"Authorization": f"Bearer {make_key(Role.reporter)}"}
    for operation in passer_by.operations(_needs_more_than_a_reporter):
        answer = passer_by.visit(operation, headers=reporter)

        assert problem_of(answer)["code"] == "forbidden", operation


def test_a_get_takes_the_session_that_cannot_write(passer_by: Visitor) -> None:
    for operation in passer_by.operations(is_get):
        assert not writes(operation), operation
        assert reads(operation) or not operation.path.startswith(
            ("/v1/", "/manage/v1/")
        )


def test_every_post_of_an_editor_can_be_repeated(passer_by: Visitor) -> None:
    once = {
        (route.path, method)
        for route in api_routes(passer_by.app)
        for method in route.methods or ()
        if isinstance(route.original_route, OnceRoute)
    }
    for operation in passer_by.operations(is_manage):
        if operation.method == "POST" and operation.path not in TRIES:
            # Both halves: the one asks what was answered, the other keeps it.
            assert operation.depends_on(OnceSession), operation
            assert (operation.path, "POST") in once, operation


def test_a_get_that_took_the_other_session_would_be_seen() -> None:
    app = FastAPI()

    def careless(session: Annotated[object, Depends(_writing)]) -> None: ...

    app.get("/careless")(careless)
    (operation,) = operations(app)

    assert writes(operation)
    assert not reads(operation)


def _writing(session: WriteSession) -> None: ...


def test_a_reading_session_refuses_to_write(database: Database) -> None:
    with database.read() as session, pytest.raises(DBAPIError):
        session.execute(delete(Tag))
