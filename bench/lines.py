"""The lines of the table: what is measured, the floor that it must reach, its aim."""

from collections.abc import Callable
from dataclasses import dataclass

import orjson
from pydantic import BaseModel

from bench.ground import Ground


class Figure(BaseModel):
    """What was measured of one line on one database, and beside it how."""

    line: str
    database: str
    value: float
    beside: str
    articles: int
    on: str
    commit: str
    scale: float
    machine: str

    @property
    def key(self) -> tuple[str, str]:
        """Which older figure this one replaces."""
        return self.line, self.database


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: `measure` answers its value, and in words what it was made from.

    Where less is better the floor is a ceiling. Without a floor it is shown only.
    """

    name: str
    says: str
    measure: Callable[[Ground], tuple[float, str] | None]
    floor: float | None = None
    aim: float | None = None
    unit: str = ""
    less_is_better: bool = False

    def reaches(self, value: float, bound: float | None) -> bool | None:
        """Tell whether a value is as good as a bound; None where there is none."""
        if bound is None:
            return None
        return value <= bound if self.less_is_better else value >= bound


def shown(number: float | None, unit: str) -> str:
    """Write a value as the table does."""
    if number is None:
        return "–"
    digits = 2 if number < 10 else 0
    return f"{number:.{digits}f}{unit}"


def verdict(line: Line, value: float) -> str:
    """Say in a word how a value stands to the line."""
    if line.floor is None:
        return "–"
    if not line.reaches(value, line.floor):
        return "not met"
    return "aim met" if line.reaches(value, line.aim) else "met"


def kept(text: bytes) -> list[Figure]:
    """Read the figures of earlier runs."""
    return [Figure.model_validate(each) for each in orjson.loads(text)]
