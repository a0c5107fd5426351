"""Hanging up on a client that takes nothing: ASGI itself has no word for it."""

from collections.abc import Callable

from starlette.types import Scope

_EXTENSION = "broadsheet.hang_up"


def offer(cut: Callable[[], object]) -> dict[str, dict[object, object]]:
    """Write the extensions of a scope whose connection can be broken off."""
    return {_EXTENSION: {"cut": cut}}


def hang_up(scope: Scope) -> None:
    """Break the connection off, where the server has offered that."""
    offered = scope.get("extensions", {}).get(_EXTENSION)
    if offered is not None:
        offered["cut"]()
