"""JSON Merge Patch (RFC 7396): null removes, an object is merged, else replaced."""

from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from app.kit.schemas import Input

Model = TypeVar("Model", bound=BaseModel)


class Change(Input):
    """The first base of a model of changes: null brings a default back.

    The model of the whole comes second. What the whole cannot do without stays
    without null, and an object inside is a change as well, since it is merged.
    """

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        whole = cls.__bases__[1]
        assert issubclass(whole, Input)
        for name, field in cls.model_fields.items():
            if not whole.model_fields[name].is_required():
                _allow_null(field)
        cls.model_rebuild(force=True)


def _allow_null(field: FieldInfo) -> None:
    kind: Any = field.annotation
    has_default = field.default is not None
    is_union = get_origin(kind) in (Union, UnionType)
    for each in get_args(kind) if is_union else (kind,):
        if isinstance(each, type) and issubclass(each, Input):
            kind = _change_of(each) | None
    if has_default:
        # What restricts the value says nothing about its absence.
        restricted = Annotated[(kind, *field.metadata)] if field.metadata else kind
        kind, field.metadata = restricted | None, []
    field.annotation = kind


@cache
def _change_of(kind: type[Input]) -> type[Input]:
    name = f"{kind.__name__}Change"
    return create_model(name, __base__=(Change, kind), __doc__=kind.__doc__)


def merge(target: Any, patch: Any) -> Any:
    """Answer the target with the patch applied; neither is changed."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged


def merged(current: Model, change: BaseModel) -> Model:
    """Apply what a change names to the whole, and check the whole again."""
    whole = merge(
        current.model_dump(mode="json", exclude_none=True),
        change.model_dump(mode="json", exclude_unset=True),
    )
    return checked(type(current), whole)


def checked(model: type[Model], content: Any) -> Model:
    """Validate content that comes from a request body; a fault is the client's."""
    try:
        return model.model_validate_json(orjson.dumps(content))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        located = [{**fault, "loc": ("body", *fault["loc"])} for fault in errors]
        raise RequestValidationError(located, body=content) from None
