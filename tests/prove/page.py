"""The page of promises: what was measured, how often, when, and at which commit.

Results are kept beside the page, so that a harness that was not run this time keeps
its line with its own date.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "promises.md"
RESULTS = ROOT / "docs" / "promises.json"
PROMISES = Path(__file__).with_name("promises.toml")

HEAD = """# Promises

Made by `make prove` from what it measured; not written by hand. Each line says how
often something was done, how often it failed, when that was, and at which commit.
Where nothing failed in *n* independent trials, the chance of a failure is below 3/*n*
with 95 % certainty; that bound is printed with them. What was not run is said to be so.

"""


class Result(BaseModel):
    """What one run of a harness found on one database."""

    name: str
    database: str
    iterations: int
    failures: int
    figures: dict[str, float]
    on: str
    commit: str

    @property
    def key(self) -> tuple[str, str]:
        """Which older result this one replaces."""
        return self.name, self.database


class Measured(BaseModel):
    """A harness that measures a promise, and the words for what it counts."""

    harness: str
    counts: str
    fails: str


class Promise(BaseModel):
    """A promise, and how it is measured."""

    id: str
    says: str
    measured: list[Measured]


def known() -> list[Result]:
    """Read the results that are kept."""
    if not RESULTS.exists():
        return []
    return [Result.model_validate(each) for each in orjson.loads(RESULTS.read_bytes())]


def keep(new: list[Result]) -> list[Result]:
    """Put new results in the place of older ones of the same harness."""
    merged = {each.key: each for each in [*known(), *new]}
    every = [merged[key] for key in sorted(merged)]
    kept = orjson.dumps(
        [each.model_dump() for each in every], option=orjson.OPT_INDENT_2
    )
    RESULTS.write_bytes(kept + b"\n")
    return every


def page(results: list[Result]) -> str:
    """Write the page."""
    return HEAD + "\n".join(_lines(results)) + "\n"


def _lines(results: list[Result]) -> Iterator[str]:
    said = _read()
    yield "| | Promise | Measured |"
    yield "|---|---|---|"
    for each in said["promises"]:
        promise = Promise.model_validate(each)
        cells = [
            _cell(result, measured)
            for measured in promise.measured
            for result in results
            if result.name == measured.harness
        ]
        yield f"| {promise.id} | {promise.says} | {_joined(cells)} |"
    yield ""
    yield "## What is not promised"
    yield ""
    for each in said["non_promises"]["list"]:
        yield f"- {each}"


def _joined(cells: list[str]) -> str:
    return "<br>".join(cells) or "not yet measured"


def _cell(result: Result, measured: Measured) -> str:
    n, failures = result.iterations, result.failures
    bound = f" (below {3 / n:.2g})" if not failures and n else ""
    figures = "".join(
        f"; {name.replace('_', ' ')} {value:g}"
        for name, value in result.figures.items()
    )
    return (
        f"**{result.database}**: {failures:,} {measured.fails} in {n:,}"
        f" {measured.counts}{bound}{figures} ({result.on}, `{result.commit}`)"
    )


def _read() -> dict[str, Any]:
    return tomllib.loads(PROMISES.read_text(encoding="utf-8"))
