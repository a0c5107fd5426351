"""Ad unit paths: templates over a short, fixed list of variables and no code.

Such as `/{network}/{site}/{section_path}/{page_type}/{slot}`. What a path may be
made of is what Google Ad Manager takes in ad unit codes.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

from app.kit.strings import OneLine

Variable = Literal["network", "site", "section_path", "page_type", "slot"]

VARIABLES: tuple[str, ...] = get_args(Variable)

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_LITERAL = re.compile(r"[A-Za-z0-9_.\-*/\\!<:()]*")


def checked(template: str) -> str:
    """Refuse a template with an unknown variable or a character no unit may have."""
    if not template.startswith("/"):
        raise ValueError("a unit path begins with /")
    if template.endswith("/") or "//" in template:
        raise ValueError("a unit path has no empty part")
    unknown = set(_VARIABLE.findall(template)) - set(VARIABLES)
    if unknown:
        allowed = ", ".join(f"{{{name}}}" for name in VARIABLES)
        raise ValueError(f"the variables of a unit path are {allowed}")
    if not _LITERAL.fullmatch(_VARIABLE.sub("", template)):
        raise ValueError(
            "besides its variables a unit path has letters, digits and"
            " _ . - * / \\ ! < : ( )"
        )
    return template


def expand(template: str, values: Mapping[Variable, str]) -> str:
    """Fill a template; a part whose variables are all empty is left out."""
    filled = template
    for name, value in values.items():
        filled = filled.replace(f"{{{name}}}", value.strip("/"))
    return re.sub("/{2,}", "/", filled).rstrip("/")


UnitPath = Annotated[str, OneLine(200, min_length=1), AfterValidator(checked)]
"""A template of an ad unit's path, checked."""
