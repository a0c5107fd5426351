"""`make prove`: run the long forms, keep their figures, write the page of promises.

A harness that was left out keeps the line it had, so that the whole can be done in
parts: `make prove ONLY=kill`, and `SCALE=0.1` for a tenth of the numbers.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import orjson
import typer

from app.kit.clock import system_clock
from tests.prove.page import PAGE, ROOT, Result, keep, page

TESTS = (
    "tests/hostile/test_schemathesis.py",
    "tests/reliability",
    "tests/delivery/test_questions.py",
    "tests/feeds/test_apps.py",
    "tests/feeds/test_many_streams.py",
    "tests/prove",
)
EXAMPLES = 300
HOURS = 4


def main(
    scale: Annotated[float, typer.Option(help="A factor for all numbers.")] = 1.0,
    only: Annotated[str, typer.Option(help="Which tests, as pytest -k has it.")] = "",
) -> None:
    """Prove, and write docs/promises.md. Exits 1 if anything went red."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-prove-") as folder:
        status = _run(Path(folder), scale, only)
        results = _collect(Path(folder))
    PAGE.write_text(page(keep(results)), encoding="utf-8")
    for each in results:
        typer.echo(f"{each.name}, {each.database}: {each.failures}/{each.iterations}")
    raise typer.Exit(status)


def _run(folder: Path, scale: float, only: str) -> int:
    """Run the tests in their long form."""
    numbers = {
        "BROADSHEET_PROVE_DIR": str(folder),
        "BROADSHEET_PROVE_SCALE": str(scale),
        "BROADSHEET_TEST_EXAMPLES": str(max(1, round(EXAMPLES * scale))),
    }
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-q", "-rfE"]
    command += ["-o", f"timeout={HOURS * 3600}", *TESTS]
    command += ["-k", only] if only else []
    done = subprocess.run(command, cwd=ROOT, env=os.environ | numbers, check=False)
    return done.returncode


def _collect(folder: Path) -> list[Result]:
    """Read what the harnesses have left behind."""
    on, commit = system_clock().date().isoformat(), _commit()
    files = sorted(folder.glob("*.json"))
    told = [orjson.loads(file.read_bytes()) for file in files]
    return [
        Result.model_validate({**each, "on": on, "commit": commit}) for each in told
    ]


def _commit() -> str:
    """Name what was proved; a plus says that not all of it is committed."""
    head = _git("rev-parse", "--short=10", "HEAD")
    return f"{head}+" if _git("status", "--porcelain", "app") else head


def _git(*words: str) -> str:
    said = subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


if __name__ == "__main__":
    typer.run(main)
