"""Whether the tests notice that a check is missing: they run on a changed copy."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.prove.mutants import Mutant
from tests.prove.page import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "var")

ROLES = "tests/hostile/test_roles.py"
TABLE = "tests/manage/test_workflow.py"
PICTURES = "tests/manage/test_uploads.py tests/hostile/test_pictures.py"

# The tests that are asked first, by the beginning of the path that is changed.
FIRST = {
    "app/access/": f"tests/access {ROLES} tests/contract/test_callers.py",
    "app/manage/receiving.py": PICTURES,
    "app/manage/uploads.py": PICTURES,
    "app/manage/": f"{ROLES} tests/manage tests/writing tests/contract",
    "app/newsroom/articles/workflow.py": f"{TABLE} {ROLES}",
    "app/newsroom/": "tests/manage tests/writing tests/publishing",
    "app/publishing/": "tests/publishing tests/manage",
    "app/changes/": "tests/changes tests/edge",
    "app/delivery/": "tests/publishing tests/delivery",
}
# Then all that do not take long. What is left takes hours for all mutants together.
LONG = ("test_schemathesis", "test_lists_by_brute_force", "test_process")
THEN = "tests/access tests/manage tests/writing tests/publishing tests/contract"
THEN += " tests/delivery tests/hostile tests/kit tests/cli tests/test_docs.py"


def copy_to(folder: Path) -> Path:
    """Copy the project to where it may be changed."""
    return Path(shutil.copytree(ROOT, folder / "copy", ignore=LEFT_OUT))


def is_noticed(mutant: Mutant, project: Path) -> bool:
    """Change the copy, run the tests, and change it back."""
    file = project / mutant.path
    text = file.read_text(encoding="utf-8")
    file.write_text(mutant.applied(text), encoding="utf-8")
    try:
        return any(_goes_red(project, tests) for tests in _stages(mutant))
    finally:
        file.write_text(text, encoding="utf-8")


def _stages(mutant: Mutant) -> Iterator[str]:
    yield next(
        tests for beginning, tests in FIRST.items() if mutant.path.startswith(beginning)
    )
    yield THEN


def _goes_red(project: Path, tests: str) -> bool:
    """Run tests on SQLite until the first that fails."""
    chosen = " and ".join(f"not {each}" for each in ("postgresql", *LONG))
    options = ["-x", "-q", "-p", "pytest_timeout", "-p", "no:cacheprovider"]
    there = [each for each in tests.split() if (project / each).exists()]
    environment = {n: v for n, v in os.environ.items() if n != "BROADSHEET_PROVE_DIR"}
    # To load plugins that none of them needs takes as long as many tests do.
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-k", chosen, *there],
        cwd=project,
        env=environment,
        capture_output=True,
        check=False,
    )
    return done.returncode != 0
