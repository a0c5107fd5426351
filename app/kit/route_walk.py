"""Walking the routes of an application: what each declares about itself.

Included routers are a tree, so a plain loop over `app.routes` sees nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_origin

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic import BaseModel


@dataclass(frozen=True)
class QueryField:
    """One query parameter: its name, and whether it may be repeated."""

    name: str
    repeatable: bool


def api_routes(app: FastAPI) -> Iterator[RouteContext]:
    """List every API operation, wherever its router was included."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.route, APIRoute):
            yield context


def methods_at(app: FastAPI, path: str) -> set[str]:
    """List every method this path answers; the router alone knows of one route's."""
    matching = [route for route in api_routes(app) if route.path_regex.match(path)]
    methods = {method for route in matching for method in route.methods or ()}
    return methods | {"HEAD"} if "GET" in methods else methods


def dependants(dependant: Dependant) -> Iterator[Dependant]:
    """List an operation's dependencies, itself first, at any depth."""
    yield dependant
    for part in dependant.dependencies:
        yield from dependants(part)


def query_fields(dependant: Dependant) -> Iterator[QueryField]:
    """List the query parameters that one dependency declares."""
    for parameter in dependant.query_params:
        annotation = parameter.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, field in annotation.model_fields.items():
                yield QueryField(name, get_origin(field.annotation) is list)
        else:
            yield QueryField(parameter.alias, get_origin(annotation) is list)
