"""`make bench`: the lines F1 to F10 as ratios, and the page that is made from them.

On SQLite, and on PostgreSQL where BROADSHEET_TEST_POSTGRES_URL names a server.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from app.cli.progress import showing
from app.kit.clock import system_clock
from bench import (
    databases,
    freshness,
    lists,
    loading,
    memory,
    reading,
    searching,
)
from bench.ground import Ground, count, fill
from bench.lines import Figure, Line, shown, verdict
from bench.page import PAGE, ROOT, commit, keep, machine, page
from bench.servers import CLIENT_CORE, everywhere, keep_to

LINES: Sequence[Line] = (
    *reading.LINES,
    *lists.LINES,
    *searching.LINES,
    *freshness.LINES,
    *loading.LINES,
    *memory.LINES,
)

MAY_BE_ABSENT = {"F6", "F10"}
"""A search that there is not yet, and a system without /proc."""

console = Console()


def main(
    articles: Annotated[int, typer.Option(help="How many to fill up to.")] = 100_000,
    scale: Annotated[float, typer.Option(help="A factor for times and trials.")] = 1.0,
    only: Annotated[str, typer.Option(help="Some lines: F1,F4.")] = "",
    kept_in: Annotated[
        Path | None, typer.Option("--keep", help="Keep the articles in this folder.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the page goes.")] = ROOT / "docs",
) -> None:
    """Measure, print each line, and write the page. Exits 1 below a floor."""
    keep_to(CLIENT_CORE)
    wanted = _wanted(only)
    if kept_in:
        kept_in.mkdir(parents=True, exist_ok=True)
    is_good = True
    for name, url, spare in databases.each(kept_in):
        ground = _ground(name, url, spare, articles=articles, scale=scale)
        for line in wanted:
            figure = _figure(ground, line)
            if figure is None:
                is_good &= line.name in MAY_BE_ABSENT
                continue
            is_good &= verdict(line, figure.value) != "not met"
            # After each line, so that none is lost by what comes after it.
            said = page(LINES, keep(out, [figure]))
            (out / PAGE).write_text(said, encoding="utf-8")
    raise typer.Exit(int(not is_good))


def _wanted(only: str) -> list[Line]:
    names = [name for name in only.split(",") if name]
    found = [
        line
        for line in LINES
        if not names or line.name in names or line.name.split()[0] in names
    ]
    if not found:
        raise typer.BadParameter(f"No line is called {only}.", param_hint="--only")
    return found


def _ground(
    name: str, url: str, spare: databases.Spare, *, articles: int, scale: float
) -> Ground:
    with everywhere(), showing(console, f"{name}: filling up") as tell:
        loaded = fill(url, articles, tell)
    if loaded.articles:
        rate = loaded.articles / loaded.seconds
        console.print(f"{name}: {loaded.articles:,} loaded, {rate:,.0f} a second")
    there = count(url)
    return Ground(name=name, url=url, articles=there, scale=scale, spare=spare)


def _figure(ground: Ground, line: Line) -> Figure | None:
    try:
        measured = line.measure(ground)
    except (OSError, RuntimeError, httpx.HTTPError, SQLAlchemyError) as error:
        console.print(
            f"{line.name:<9}{ground.name:<11} failed: {error!r}", markup=False
        )
        return None
    if measured is None:
        console.print(f"{line.name:<9}{ground.name:<11} not measured here")
        return None
    value, beside = measured
    console.print(
        f"{line.name:<9}{ground.name:<11}{shown(value, line.unit):>9}"
        f"  floor {shown(line.floor, line.unit)}, aim {shown(line.aim, line.unit)}:"
        f" {verdict(line, value)}  ({beside})",
        soft_wrap=True,
    )
    return Figure(
        line=line.name,
        database=ground.name,
        value=value,
        beside=beside,
        articles=ground.articles,
        on=system_clock().date().isoformat(),
        commit=commit(),
        scale=ground.scale,
        machine=machine(),
    )


if __name__ == "__main__":
    typer.run(main)
