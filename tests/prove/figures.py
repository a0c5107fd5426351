"""How large a harness is, and the figures that it leaves behind.

A test of `tests/reliability` has a short form in the suite and a long one under
`make prove`, which names a folder in BROADSHEET_PROVE_DIR and a factor in
BROADSHEET_PROVE_SCALE.
"""

import os
from pathlib import Path

import orjson

from app.kit.db import Database

FOLDER = os.environ.get("BROADSHEET_PROVE_DIR")
SCALE = float(os.environ.get("BROADSHEET_PROVE_SCALE", "1"))


def size(short: int, *, long: int) -> int:
    """How often something is done: less in the suite than under `make prove`."""
    return max(1, round(long * SCALE)) if FOLDER else short


def engine_of(database: Database) -> str:
    """Name the engine that a harness ran on, as the page of promises does."""
    return "SQLite" if database.is_sqlite else "PostgreSQL"


def report(
    name: str, database: str, *, iterations: int, failures: int, **figures: float
) -> None:
    """Leave the figures of a long form behind; the suite keeps none."""
    if FOLDER is None:
        return
    told = {
        "name": name,
        "database": database,
        "iterations": iterations,
        "failures": failures,
        "figures": figures,
    }
    file = Path(FOLDER) / f"{name} {database}.json".replace(" ", "-").lower()
    file.write_bytes(orjson.dumps(told))


def note(name: str, lines: list[str]) -> None:
    """Leave lines beside the figures, for whoever looks on before the end."""
    if FOLDER is not None:
        (Path(FOLDER) / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
