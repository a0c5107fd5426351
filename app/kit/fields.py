"""`fields=headline,section.name`: answering with only what was asked for."""

from collections.abc import Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Any, Union, get_args, get_origin

import orjson
from pydantic import BaseModel
from typing_extensions import TypeAliasType

from app.kit.errors import Fault, Invalid

Wanted = dict[str, "Wanted"]

MAX_FIELDS = 50


def parse(text: str | None, model: type[BaseModel]) -> Wanted | None:
    """Read a list of fields, each of which the model must have."""
    if text is None:
        return None
    wanted: Wanted = {}
    names = text.split(",")
    if len(names) > MAX_FIELDS:
        raise _fault(f"At most {MAX_FIELDS} fields can be picked.")
    for name in names:
        _check(name, model)
        _add(wanted, name.split("."))
    return wanted


def pick(content: bytes, wanted: Wanted) -> bytes:
    """Answer the same JSON with only the wanted fields."""
    return orjson.dumps(_pick(orjson.loads(content), wanted))


def _add(wanted: Wanted, parts: Sequence[str]) -> None:
    """Want a field or a part of it; who wants all of it has the parts already."""
    first, *rest = parts
    if not rest:
        wanted[first] = {}
    elif wanted.get(first) != {}:
        _add(wanted.setdefault(first, {}), rest)


def _pick(value: Any, wanted: Wanted) -> Any:
    if not wanted:
        return value
    if isinstance(value, list):
        return [_pick(item, wanted) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _pick(value[name], inner)
        for name, inner in wanted.items()
        if name in value
    }


def _check(name: str, model: type[BaseModel]) -> None:
    kinds: list[type[BaseModel]] = [model]
    for part in name.split("."):
        known = {field for kind in kinds for field in kind.model_fields}
        if part not in known:
            close = get_close_matches(part, known, n=1)
            near = f" Did you mean {close[0]}?" if close else ""
            allowed = ", ".join(sorted(known)) or "none"
            raise _fault(f"There is no such field.{near} Known here: {allowed}.")
        kinds = [
            inner
            for kind in kinds
            if part in kind.model_fields
            for inner in _models(kind.model_fields[part].annotation)
        ]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if isinstance(annotation, TypeAliasType):
        return _models(annotation.__value__)
    if get_origin(annotation) in (list, Union, UnionType) or hasattr(
        annotation, "__metadata__"
    ):
        return [model for part in get_args(annotation) for model in _models(part)]
    return []


def _fault(detail: str) -> Invalid:
    return Invalid(faults=[Fault(detail=detail, parameter="fields")])
