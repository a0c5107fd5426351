"""The command line: `broadsheet …`. Exit 0 done, 1 failed, 2 misused.

A table of contents: what each word does stands in the module of its theme.
"""

import typer
from alembic.util import CommandError

from app.cli import demo, doctor, documents, keys, serving, tables, working
from app.cli.opening import fail
from app.kit.errors import Problem

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Broadsheet: a headless content API for newspapers.",
)
cli.command("serve")(serving.serve)
cli.command("worker")(working.work)
cli.command("migrate")(tables.migrate)
cli.command("demo")(demo.load_and_serve)
cli.add_typer(keys.cli, name="keys")
cli.command("render")(documents.render)
cli.command("repath")(documents.repath)
cli.command("openapi")(documents.print_openapi)
cli.command("doctor")(doctor.examine)


def main() -> None:
    """Run a command; what went wrong is said in a sentence."""
    try:
        cli()
    except Problem as problem:
        fail(str(problem))
    except CommandError as error:
        fail(f"The migrations refuse: {error}")
