"""No check can be taken out unnoticed: each of them has a test that goes red.

The long form takes them out one after the other. The suite sees to it that they
are found.
"""

import ast
import os
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.prove.figures import FOLDER, SCALE, note, report
from tests.prove.mutants import Mutant, mutants
from tests.prove.page import ROOT
from tests.prove.trial import Guide, copy_to, is_noticed

EVERY = tuple(mutants(ROOT))
AT_LEAST = 200
HANDS = os.cpu_count() or 1

in_full = pytest.mark.skipif(FOLDER is None, reason="takes an hour: make prove")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """Where the tests get to, in a copy that stays as it is."""
    return Guide.made_of(copy_to(tmp_path_factory.mktemp("whole")), hands=HANDS)


def test_every_kind_of_check_is_found() -> None:
    found = {(each.path, each.what) for each in EVERY}

    assert len(EVERY) >= AT_LEAST
    assert found >= {
        ("app/access/callers.py", "never: if caller.role < self.role"),
        ("app/manage/changing.py", "without if_match.check(…)"),
        ("app/manage/verbs.py", "ReporterDesk for PublishDesk"),
        ("app/manage/desks.py", 'the desk of saving for "kill"'),
        ("app/newsroom/articles/workflow.py", '"kill" for any role'),
        ("app/newsroom/articles/workflow.py", '"publish" also when killed'),
        ("app/publishing/releasing.py", "without workflow.check(…)"),
    }


def test_every_mutant_is_a_program_of_its_own() -> None:
    for each in EVERY:
        text = (ROOT / each.path).read_text(encoding="utf-8")
        changed = each.applied(text)
        assert changed != text
        assert ast.parse(changed).body


@in_full
def test_every_check_that_is_taken_out_is_missed(guide: Guide, tmp_path: Path) -> None:
    chosen = random.Random(1).sample(EVERY, max(1, round(len(EVERY) * min(SCALE, 1))))  # noqa: S311
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(HANDS):
        copies.put(copy_to(tmp_path / str(number)))

    def survives(mutant: Mutant) -> bool:
        copy = copies.get()
        try:
            return not is_noticed(mutant, copy, guide)
        finally:
            copies.put(copy)

    survivors: list[str] = []
    with ThreadPoolExecutor(HANDS) as pool:
        judged = zip(chosen, pool.map(survives, chosen), strict=True)
        for number, (mutant, is_survivor) in enumerate(judged, start=1):
            survivors += [str(mutant)] * is_survivor
            report("mutations", "SQLite", iterations=number, failures=len(survivors))
            note("mutations that nothing noticed", survivors)

    assert survivors == []


@in_full
def test_a_change_that_changes_nothing_is_not_noticed(
    guide: Guide, tmp_path: Path
) -> None:
    idle: Mutant = replace(EVERY[0], edits=())

    assert not is_noticed(idle, copy_to(tmp_path), guide)
