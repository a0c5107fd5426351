"""The page of figures: what was measured, on what, when, and at which commit.

Figures are kept beside it, so that a line that was left out keeps the one it had.
"""

import os
import platform
import re
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import orjson

from bench.lines import Figure, Line, kept, shown, verdict

ROOT = Path(__file__).parents[1]
PAGE, FIGURES = "performance.md", "performance.json"

HEAD = """# Performance

Made by `make bench` from what it measured; not written by hand. Each line compares
two things in one run, server and client on a core of their own, and takes the median
of repeats: times of one machine say little about another, a ratio does. *Floor* is
what has to be reached, *aim* what is wanted.

| | Work | Database | Measured | Floor | Aim | | Made from |
|---|---|---|---|---|---|---|---|
"""


def keep(folder: Path, figures: Sequence[Figure]) -> list[Figure]:
    """Put these figures in the place of older ones of the same lines."""
    file = folder / FIGURES
    before = kept(file.read_bytes()) if file.exists() else []
    together = {each.key: each for each in (*before, *figures)}
    rows = [each.model_dump() for each in together.values()]
    file.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")
    return list(together.values())


def page(lines: Sequence[Line], figures: Sequence[Figure]) -> str:
    """Write the page."""
    ordered = [
        (line, figure)
        for line in lines
        for figure in figures
        if figure.line == line.name
    ]
    rows = [_row(line, figure) for line, figure in ordered]
    unmeasured = [
        line.name for line in lines if all(each.line != line.name for each in figures)
    ]
    measured: dict[str, list[str]] = defaultdict(list)
    for _, figure in ordered:
        measured[_note(figure)].append(f"{figure.line} {figure.database}")
    notes = [f"- {', '.join(of)}: {note}\n" for note, of in measured.items()]
    missing = f"\nNot measured: {', '.join(unmeasured)}.\n" if unmeasured else ""
    return f"{HEAD}{''.join(rows)}{missing}\n{''.join(notes)}"


def machine() -> str:
    """Say what kind of machine this is, by its processor, cores and memory."""
    cpu = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        found = re.search(r"model name\s*:\s*(.+)", facts.read_text())
        cpu = found[1] if found else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB, Python {python}"


def commit() -> str:
    """Name what was measured; a plus says that not all of it is committed."""
    head = _git("rev-parse", "--short=10", "HEAD")
    return f"{head}+" if _git("status", "--porcelain", "app", "bench") else head


def _row(line: Line, figure: Figure) -> str:
    cells = (
        line.name,
        line.says,
        figure.database,
        shown(figure.value, line.unit),
        shown(line.floor, line.unit),
        shown(line.aim, line.unit),
        verdict(line, figure.value),
        figure.beside,
    )
    return f"| {' | '.join(cells)} |\n"


def _note(figure: Figure) -> str:
    small = (
        f" at scale {figure.scale:g}, no figure to go by;" if figure.scale < 1 else ""
    )
    return (
        f"{figure.articles:,} articles;{small} {figure.on}, `{figure.commit}`,"
        f" {figure.machine}"
    )


def _git(*words: str) -> str:
    said = subprocess.run(  # noqa: S603 — every part of it is written above
        ["git", *words],  # noqa: S607 — whichever git the machine has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip()
