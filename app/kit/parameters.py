"""Query parameters are a closed list: what is not declared is refused, not ignored.

Runs before a route's own validation, on every route, so that a misspelt filter
never quietly answers with everything.
"""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app.kit.errors import BadRequest, Fault, Invalid
from app.kit.route_walk import dependants, query_fields

_SECRETS = frozenset({"api_key", "apikey", "key", "token", "access_token"})


async def declared_parameters_only(request: Request) -> None:
    """Refuse query parameters that are unknown, or repeated where one is meant."""
    if not request.scope["query_string"]:
        return
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    repeatable = _declared(route.dependant)
    query = request.scope["query_string"].decode("latin-1")
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, errors="strict", max_num_fields=200
        )
    except ValueError:
        raise BadRequest("The query has too many fields.") from None
    counts = Counter(name for name, _ in pairs)
    faults = [*_unknown(counts, repeatable), *_repeated(counts, repeatable)]
    if faults:
        raise Invalid(faults=faults)


def _declared(dependant: Dependant) -> dict[str, bool]:
    """Name the parameters of a route, and whether each may be repeated."""
    return {
        field.name: field.repeatable
        for part in dependants(dependant)
        for field in query_fields(part)
    }


def _unknown(counts: Counter[str], known: dict[str, bool]) -> Iterable[Fault]:
    for name in counts:
        if name in known:
            continue
        if name.lower() in _SECRETS:
            yield Fault(
                detail="A key in an address ends up in logs: send it in Authorization.",
                parameter=name,
            )
            continue
        close = get_close_matches(name, known, n=1)
        near = f" Did you mean {close[0]}?" if close else ""
        names = ", ".join(sorted(known)) or "none"
        yield Fault(
            detail=f"There is no such parameter.{near} Known here: {names}.",
            parameter=name[:100],
        )


def _repeated(counts: Counter[str], known: dict[str, bool]) -> Iterable[Fault]:
    for name, count in counts.items():
        if count > 1 and known.get(name) is False:
            yield Fault(detail="This parameter is given once.", parameter=name)
