"""`make bench` measures, says what was reached, and writes its page."""

import os
import subprocess
import sys
from pathlib import Path

from bench.lines import Figure, Line, verdict
from bench.page import keep, page

FAST = Line(
    name="F1", says="fast", measure=lambda _: None, floor=0.8, aim=0.95, unit="×"
)
LATE = Line(
    name="F7",
    says="late",
    measure=lambda _: None,
    floor=250,
    aim=20,
    unit=" ms",
    less_is_better=True,
)
FIGURE = Figure(
    line="F1",
    database="SQLite",
    value=0.9,
    beside="9 a second against 10",
    articles=1_000_000,
    on="2026-11-26",
    commit="0123456789",
    scale=1.0,
    machine="2 cores",
)


def test_it_measures_a_line_and_writes_the_page(tmp_path: Path) -> None:
    tiny = ["--articles", "90", "--scale", "0.02", "--only", "F3"]
    command = [sys.executable, "-m", "bench", *tiny, "--out", str(tmp_path)]
    without = {
        name: value
        for name, value in os.environ.items()
        if name != "BROADSHEET_TEST_POSTGRES_URL"
    }

    ran = subprocess.run(
        command, env=without, capture_output=True, text=True, check=False
    )

    # Below its floor or not: nothing here depends on how fast anything was.
    assert ran.returncode in (0, 1), ran.stderr
    assert "F3       SQLite" in ran.stdout, ran.stderr
    assert "| F3 | one article" in (tmp_path / "performance.md").read_text("utf-8")


def test_a_floor_is_a_ceiling_where_less_is_better() -> None:
    said = [verdict(FAST, value) for value in (0.7, 0.8, 0.95)]

    assert said == ["not met", "met", "aim met"]
    assert [verdict(LATE, value) for value in (251, 250, 20)] == said


def test_a_line_that_was_left_out_keeps_its_figure(tmp_path: Path) -> None:
    keep(tmp_path, [FIGURE])
    late = FIGURE.model_copy(update={"line": "F7", "value": 12.5})

    kept = keep(tmp_path, [late, late.model_copy(update={"value": 15.0})])

    assert kept == [FIGURE, late.model_copy(update={"value": 15.0})]


def test_the_page_says_what_was_not_measured_and_what_was_small() -> None:
    small = FIGURE.model_copy(update={"scale": 0.1})

    said = page([FAST, LATE], [small])

    assert "| F1 | fast | SQLite | 0.90× | 0.80× | 0.95× | met | 9 a second" in said
    assert "Not measured: F7." in said
    assert "1,000,000 articles; at scale 0.1, no figure to go by;" in said
