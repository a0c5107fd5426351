"""Whole numbers in addresses: digits alone, so that each has one spelling."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

LAST_PLACE = 2**63 - 1


def _plain(value: object) -> object:
    # Pydantic alone would also read "1_0", " 5" and "5.0".
    if isinstance(value, str) and not re.fullmatch("-?[0-9]{1,9}", value):
        raise ValueError("a whole number is needed, such as 20")
    return value


PlainNumber = Annotated[int, BeforeValidator(_plain), Field(strict=False)]
"""A number as a query or a path has it."""


def _digits(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch("[0-9]{1,19}", value):
        raise ValueError("a position is needed, such as 812")
    return value


Place = Annotated[
    int, BeforeValidator(_digits), Field(strict=False, ge=0, le=LAST_PLACE)
]
"""A number as large as a database counts."""

Ordinal = Annotated[PlainNumber, Field(ge=1)]
"""A number that counts from 1: a revision, a version."""
