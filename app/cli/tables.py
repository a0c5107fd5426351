"""`broadsheet migrate`, and what other commands ask of the tables."""

from app import schema
from app.cli import opening
from app.cli.opening import console, fail
from app.kit.db import Database


def migrate() -> None:
    """Bring the database's tables up to date."""
    settings = opening.settings()
    with opening.database(settings) as database:
        before = schema.current(database)
        schema.migrate(database)
        after = schema.current(database)
    said = f"at {after} already" if before == after else f"now at {after}"
    console.print(f"The tables of {opening.place(settings)} are {said}.", markup=False)


def check(database: Database) -> None:
    """Refuse to go on with tables of another version than this program's."""
    current = schema.current(database)
    if current is None and database.is_sqlite:
        schema.migrate(database)
    elif not schema.is_known(current):
        fail(
            f"The database's tables are at {current}, which this program does not"
            " know: a newer one has migrated them."
        )
    elif current != schema.head():
        fail(
            f"The database's tables are at {current or 'nothing yet'} and have to be"
            f" at {schema.head()}: run `broadsheet migrate`."
        )
