"""`broadsheet render`, `repath` and `openapi`: documents, and their description."""

import json
import time
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from app import docs
from app.cli import opening, tables
from app.cli.opening import console
from app.cli.progress import showing
from app.kit.db import Database
from app.kit.settings import Settings
from app.publishing import renewing, repathing
from app.publishing.renewing import Pause
from app.publishing.repathing import Move
from app.publishing.site import Site


def render() -> None:
    """Render again every document that an older program or setting rendered."""
    settings = opening.settings()
    with opening.database(settings) as database:
        tables.check(database)
        done = render_stale(database, settings)
    console.print(f"Rendered {done} documents again.")


def render_stale(
    database: Database, settings: Settings, *, pause: Pause = time.sleep
) -> int:
    """Render what has another shape than it would have now; tells how many."""
    with database.read_primary() as session:
        total = renewing.count_stale(session, Site.of(settings).shape)
    done = 0
    with showing(console, "Rendering") as tell:
        desk = partial(opening.desk, settings)
        for step in renewing.renew(database, desk, pause=pause):
            done += step
            tell(min(done, total), total)
    return done


def repath(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the moves; make none.")
    ] = False,
) -> None:
    """Give released articles the path that their section has now; old ones redirect."""
    settings = opening.settings()
    with opening.database(settings) as database:
        tables.check(database)
        moves = list(repathing.misplaced(database))
        if dry_run:
            for move in moves:
                console.print(f"{move.path} → {move.home}", markup=False)
            console.print(f"Articles that would move: {len(moves)}.")
            return
        taken = _move(database, settings, moves)
    console.print(f"Articles moved: {len(moves) - len(taken)}.")
    for move in taken:
        console.print(f"{move.path} stays: {move.home} is taken.", markup=False)
    if taken:
        raise typer.Exit(1)


def _move(
    database: Database, settings: Settings, moves: Sequence[Move]
) -> Sequence[Move]:
    """Make the moves; answers those whose new path something else has."""
    taken = []
    with showing(console, "Moving") as tell:
        ran = repathing.repath(database, moves, partial(opening.desk, settings))
        for done, (move, is_free) in enumerate(ran, start=1):
            tell(done, len(moves))
            if not is_free:
                taken.append(move)
    return taken


def print_openapi(
    *,
    manage: Annotated[
        bool, typer.Option("--manage", help="The editors' document.")
    ] = False,
) -> None:
    """Print the OpenAPI document."""
    document = docs.manage_document() if manage else docs.public_document()
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
