"""What every command begins with: settings and a database, or a clear refusal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.settings import PREFIX, Settings, UnknownSettingError, read_settings
from app.publishing.desk import Desk
from app.publishing.site import Site

console = Console(highlight=False, soft_wrap=True)


def settings() -> Settings:
    """Read the settings; each that is wrong is named, and nothing is done."""
    try:
        return read_settings()
    except UnknownSettingError as error:
        misused(str(error))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        misused("\n".join(_sentence(fault["loc"], fault["msg"]) for fault in faults))


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """Open the database that the settings name; say so when it refuses."""
    try:
        opened = Database(
            settings.database_url,
            read_url=settings.delivery_database_url,
            threads=settings.threads,
        )
    except OSError as error:
        fail(f"The folder of {place(settings)} cannot be made: {error.strerror}.")
    try:
        with opened:
            yield opened
    except SQLAlchemyError as error:
        fail(f"The database {place(settings)} refuses: {reason(error)}")


def place(settings: Settings) -> str:
    """Say where the database is, without the password."""
    return make_url(settings.database_url).render_as_string(hide_password=True)


def desk(settings: Settings, *, by: str = "command line") -> Desk:
    """Sit down to act now."""
    return Desk(now=system_clock(), by=by, site=Site.of(settings))


def reason(error: SQLAlchemyError) -> str:
    """Take the database's own sentence out of an error, without the values."""
    told = error.orig if isinstance(error, DBAPIError) else error
    return (str(told).splitlines() or [type(told).__name__])[0]


def fail(text: str) -> NoReturn:
    """End because it could not be done."""
    typer.echo(text, err=True)
    raise SystemExit(1)


def misused(text: str) -> NoReturn:
    """End because it was not asked for as it has to be."""
    typer.echo(text, err=True)
    raise SystemExit(2)


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"{PREFIX}{str(place[0]).upper()}: {said}" if place else said
