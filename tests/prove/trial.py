"""Whether the tests notice that a check is missing: they run on a changed copy.

Which tests get to a line is written down first, once for all of them. Those that do
not get there cannot notice that it is another one.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from tests.prove.mutants import Mutant
from tests.prove.page import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "var")

# What is read when the program is loaded no test gets to. These ask for all of it.
TABLES = "tests/manage/test_workflow.py tests/hostile/test_roles.py"

# What two do at the same moment is seen on PostgreSQL alone.
AT_ONCE = "tests/manage/test_meanwhile.py tests/reliability/test_races.py"

# All that do not take long. What is left takes hours for all mutants together.
LONG = ("test_schemathesis", "test_lists_by_brute_force", "test_process")
ASKED = "access changes contract delivery edge feeds hostile kit manage publishing"
ASKED += " writing test_background.py"
FEW, MANY = 25, 400

COVERAGE = """
[run]
source = app
data_file = {}
"""


def copy_to(folder: Path) -> Path:
    """Copy the project to where it may be changed."""
    return Path(shutil.copytree(ROOT, folder / "copy", ignore=LEFT_OUT))


@dataclass(frozen=True)
class Guide:
    """Which tests get to which line."""

    data: CoverageData
    project: Path

    @classmethod
    def made_of(cls, project: Path, *, hands: int) -> "Guide":
        """Run the tests of an unchanged copy once, and write down where they get to."""
        file, settings = project.parent / "reached", project.parent / ".coveragerc"
        settings.write_text(COVERAGE.format(file), encoding="utf-8")
        options = ["-n", str(hands), "--cov", "--cov-context=test", "--cov-report="]
        options += [f"--cov-config={settings}", "-p", "no:randomly"]
        tests = [f"tests/{each}" for each in ASKED.split()]
        done = _run(project, [*options, *tests])
        assert done.returncode == 0, done.stdout[-4000:]
        data = CoverageData(str(file))
        data.read()
        return cls(data, project)

    def to(self, mutant: Mutant) -> list[str]:
        """List the tests that get to the line, in an order of no meaning."""
        contexts = self.data.contexts_by_lineno(str(self.project / mutant.path))
        named = (each.rpartition("|")[0] for each in contexts.get(mutant.reached, []))
        found = sorted({each for each in named if each})
        random.Random(1).shuffle(found)  # noqa: S311
        return found


def is_noticed(mutant: Mutant, project: Path, guide: Guide) -> bool:
    """Change the copy, run the tests, and change it back."""
    file = project / mutant.path
    text = file.read_text(encoding="utf-8")
    file.write_text(mutant.applied(text), encoding="utf-8")
    try:
        return any(
            _goes_red(project, tests, engine=engine)
            for engine, tests in _stages(mutant, guide)
        )
    finally:
        file.write_text(text, encoding="utf-8")


def _stages(mutant: Mutant, guide: Guide) -> Iterator[tuple[str, list[str]]]:
    """Ask few first: most checks are missed at once."""
    reaching = guide.to(mutant)
    if mutant.is_of_table or not reaching:
        yield "sqlite", TABLES.split()
    for tests in (reaching[:FEW], reaching[FEW:MANY]):
        if tests:
            yield "sqlite", tests
    yield "postgresql", AT_ONCE.split()


def _goes_red(project: Path, tests: list[str], *, engine: str) -> bool:
    """Run tests until the first that fails."""
    # To load plugins that none of them needs takes as long as many tests do.
    options = ["-x", "-p", "pytest_timeout", *tests]
    done = _run(project, options, engine, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    # A test that is not found has noticed nothing.
    assert "not found:" not in done.stderr, done.stderr[-4000:]
    return done.returncode != 0


def _run(
    project: Path, options: list[str], engine: str = "sqlite", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run tests on one engine, as they are in the suite."""
    ours = "BROADSHEET_"
    kept = {n: v for n, v in os.environ.items() if not n.startswith(ours)}
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[engine]
    chosen = " and ".join(f"not {each}" for each in (other, *LONG))
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-k", chosen, *options),
        ],
        cwd=project,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
