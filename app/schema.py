"""The database's tables: bringing them up to date, and saying whether they are.

The migrations travel in the package, so that this works from any directory.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import app
from app.kit.db import Database

_PACKAGE = Path(app.__file__).parent


def migrate(database: Database, *, to: str = "head") -> None:
    """Apply every migration that is missing."""
    command.upgrade(_config(database), to)


def downgrade(database: Database, *, to: str) -> None:
    """Take migrations back."""
    command.downgrade(_config(database), to)


def check(database: Database) -> None:
    """Raise when the tables in code and in the migrations differ."""
    command.check(_config(database))


def current(database: Database) -> str | None:
    """Read which migration the database is at; None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Name the newest migration there is."""
    return ScriptDirectory(str(_folder())).get_current_head()


def is_known(revision: str | None) -> bool:
    """Tell whether this program has the migration, or one could follow it."""
    script = ScriptDirectory(str(_folder()))
    known = {each.revision for each in script.walk_revisions()}
    return revision is None or revision in known


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["engine"] = database.engine
    return config


def _folder() -> Path:
    """Find the migrations: inside an installed package, or beside it in a checkout."""
    packed = _PACKAGE / "migrations"
    return packed if packed.is_dir() else _PACKAGE.parent / "migrations"
