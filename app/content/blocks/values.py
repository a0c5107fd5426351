"""The small values that blocks are made of: ids, rich text, numbers, free data."""

import math
from typing import Annotated

from pydantic import AfterValidator, Field, JsonValue, Strict, ValidationInfo

from app.kit.html import clean_fragment, clean_inline, plain_text
from app.kit.strings import composed, printable

MAX_DATA_DEPTH = 16
_INTEGER_LIMIT = 2**63

BlockId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,64}$")]
"""A name for a block that no other block of the body has."""

InlineHtml = Annotated[
    str,
    Strict(),
    Field(max_length=50_000),
    AfterValidator(printable),
    AfterValidator(clean_inline),
    Field(max_length=50_000),
]
"""Sanitised HTML of one run of text: `a strong em s sub sup br code span[lang]`."""

FragmentHtml = Annotated[
    str,
    Strict(),
    Field(max_length=500_000),
    AfterValidator(printable),
    AfterValidator(clean_fragment),
    Field(max_length=500_000),
]
"""Sanitised HTML of a piece of a page: paragraphs, lists, tables, pictures."""


def _words_of_html(_given: str, fields: ValidationInfo) -> str:
    return plain_text(fields.data.get("html", ""))


ComputedText = Annotated[
    str, AfterValidator(_words_of_html), Field(validate_default=True)
]
"""The words of the model's `html`; whatever a writer sends here is made anew."""

Count = Annotated[int, Field(ge=0, le=10_000_000)]
Pixels = Annotated[int, Field(ge=1, le=100_000)]
Seconds = Annotated[float, Field(ge=0, le=1_000_000)]
Fraction = Annotated[float, Field(ge=0, le=1)]
Quantity = Annotated[float, Field(ge=-1_000_000_000, le=1_000_000_000)]
MimeType = Annotated[str, Field(pattern=r"^[a-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,80}$")]
LanguageTag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$")]


def _plain_data(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    _check(value, MAX_DATA_DEPTH)
    return {composed(key): member for key, member in value.items()}


def _check(value: JsonValue, depth_left: int) -> None:
    """Refuse what JSON cannot carry or a database cannot keep."""
    if depth_left == 0:
        raise ValueError(f"nested more than {MAX_DATA_DEPTH} deep")
    if isinstance(value, dict):
        for key, member in value.items():
            printable(key)
            _check(member, depth_left - 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth_left - 1)
    else:
        _check_scalar(value)


def _check_scalar(value: JsonValue) -> None:
    if isinstance(value, str):
        printable(value)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number must be finite")
    elif isinstance(value, int) and not -_INTEGER_LIMIT <= value < _INTEGER_LIMIT:
        raise ValueError("an integer is beyond 64 bits")


FreeData = Annotated[dict[str, JsonValue], AfterValidator(_plain_data)]
"""A JSON object of the writer's own, at most 16 deep."""
