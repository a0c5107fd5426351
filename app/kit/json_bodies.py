"""Which JSON is taken: UTF-8, no duplicate keys, bounded depth and numbers.

A bare JSON parser accepts text that only fails later, in the database or while
encoding the answer: NaN, lone surrogates, integers beyond 64 bits. It is refused
here, before anything has looked at it.
"""

import json
import re
from itertools import accumulate
from typing import Any

from app.kit.errors import BadRequest, Fault, Invalid

MAX_DEPTH = 64
_INTEGER_LIMIT = 2**63
# Possessive, and a string may lack its end: of a megabyte of escaped quotes that
# nothing closes, each would else be tried as a beginning and read to the end.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NO_BRACKET = re.compile(r"[^][{}]+")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


def check(body: bytes) -> None:
    """Refuse a body that is not JSON as RFC 8259 and this API have it."""
    if body.startswith(b"\xef\xbb\xbf"):
        raise BadRequest("The body begins with a byte order mark.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("The body is not UTF-8.") from None
    if _depth(text) > MAX_DEPTH:
        raise BadRequest(f"The body is nested more than {MAX_DEPTH} deep.")
    try:
        json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=_bounded_int,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"The body is not JSON: {error.msg} at line {error.lineno},"
            f" column {error.colno}."
        ) from None


def _depth(text: str) -> int:
    """Measure the nesting; brackets inside strings do not count."""
    brackets = _NO_BRACKET.sub("", _STRING.sub("", text))
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise BadRequest("An object names the same member twice.")
    return members


def _no_constant(_name: str) -> None:
    raise BadRequest("NaN and Infinity are not JSON.")


def _bounded_int(digits: str) -> int:
    # A number of more digits would take long to read, and is surely beyond.
    number = int(digits) if len(digits) <= 20 else _INTEGER_LIMIT
    if not -_INTEGER_LIMIT <= number < _INTEGER_LIMIT:
        raise Invalid(faults=[Fault(detail="An integer is beyond 64 bits.")])
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Invalid(faults=[Fault(detail="A number is too large.")])
    return number
