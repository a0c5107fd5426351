"""`broadsheet keys`: making, listing, replacing and revoking them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from app.access import keys
from app.access.models import Key
from app.access.roles import Role
from app.access.schemas import WEEK
from app.cli import opening, tables
from app.cli.opening import console
from app.kit.clock import system_clock

cli = typer.Typer(no_args_is_help=True, help="Make, list, replace and revoke keys.")


def _role(text: str) -> Role:
    if text not in Role.__members__:
        raise typer.BadParameter(f"one of {', '.join(Role.__members__)} is needed")
    return Role[text]


def _label(text: str) -> str:
    label = text.strip()
    if not 0 < len(label) <= keys.NAME_LENGTH or not label.isprintable():
        raise typer.BadParameter(f"1 to {keys.NAME_LENGTH} plain characters are needed")
    return label


def _scopes(texts: Sequence[str]) -> list[str]:
    unfit = [text for text in texts if not keys.is_scope(text)]
    if unfit:
        raise typer.BadParameter("a scope has only a-z, 0-9, and : . _ - between them")
    return sorted(set(texts))


@cli.command("create")
def create_key(
    name: Annotated[str, typer.Option(help="Whose key it is.", callback=_label)],
    role: Annotated[
        Role,
        typer.Option(
            parser=_role, metavar="ROLE", help=f"{', '.join(Role.__members__)}."
        ),
    ],
    scope: Annotated[
        list[str] | None, typer.Option(help="A scope of the key; may be repeated.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(help="In how many days it ends.", min=1, max=3650)
    ] = None,
) -> None:
    """Make a key. Its text is the last line printed, and is never shown again."""
    scopes = _scopes(scope or [])
    with opening.database(opening.settings()) as database:
        tables.check(database)
        with database.write() as session:
            now = system_clock()
            expires_at = None if days is None else now + timedelta(days=days)
            key, text = keys.create(
                session,
                name=name,
                role=role,
                scopes=scopes,
                now=now,
                expires_at=expires_at,
            )
    console.print(f"Key {key.id} for {_described(key)}:", markup=False)
    typer.echo(text)


@cli.command("list")
def list_keys() -> None:
    """List all keys; their text is stored nowhere."""
    with opening.database(opening.settings()) as database:
        tables.check(database)
        with database.read_primary() as session:
            for key in keys.list_all(session):
                line = f"{key.id}  {key.hint}…  {_state(key)}  {_described(key)}"
                console.print(line, markup=False)


@cli.command("rotate")
def rotate_key(
    key_id: Annotated[UUID, typer.Argument(help="The key's id.")],
    hours: Annotated[
        int, typer.Option(help="How long the old one holds on.", min=0, max=2160)
    ] = WEEK,
) -> None:
    """Make a key with the same rights. Its text is the last line printed."""
    with opening.database(opening.settings()) as database:
        tables.check(database)
        with database.write() as session:
            key, text = keys.rotate(
                session, key_id, overlap=timedelta(hours=hours), now=system_clock()
            )
    console.print(f"Key {key.id} for {_described(key)}:", markup=False)
    typer.echo(text)


@cli.command("revoke")
def revoke_key(key_id: Annotated[UUID, typer.Argument(help="The key's id.")]) -> None:
    """Make a key worthless from the next request on."""
    with opening.database(opening.settings()) as database:
        tables.check(database)
        with database.write() as session:
            key = keys.revoke(session, key_id, now=system_clock())
            said = f"Revoked {key.id}, {_described(key)}."
    console.print(said, markup=False)


def _state(key: Key) -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d %H:%M}Z"
    if key.expires_at is None:
        return "valid"
    said = "valid until" if key.holds(system_clock()) else "expired"
    return f"{said} {key.expires_at:%Y-%m-%d %H:%M}Z"


def _described(key: Key) -> str:
    scopes = f" with {' '.join(key.scopes)}" if key.scopes else ""
    return f"{key.name}, {key.role}{scopes}"
