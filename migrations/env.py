"""Run migrations on the database that the settings name, or that was handed in."""

from alembic import context
from sqlalchemy import Connection, func, select, text

from app.kit.db import Database
from app.kit.settings import read_settings
from app.tables import metadata

# FTS5 keeps its own tables beside the one that we declare.
OUR_OWN = "search_index"


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    return not (type_ == "table" and name is not None and name.startswith(OUR_OWN))


def wait_for_others(connection: Connection) -> None:
    """Let one migrate at a time: who comes second finds that all is done.

    SQLite needs nothing: it has one writer, who says at once that he is one.
    """
    if connection.dialect.name == "postgresql":
        for limit in ("lock_timeout", "statement_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = '15min'"))
        key = func.hashtextextended("broadsheet migrations", 0)
        connection.execute(select(func.pg_advisory_xact_lock(key)))


engine = context.config.attributes.get("engine")
if engine is None:
    engine = Database(read_settings().database_url).engine

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=include_name,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=False,
        # SQLite can take back what it did to tables: all migrations are one
        # transaction, between which nobody else's can come.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        wait_for_others(connection)
        context.run_migrations()
    connection.commit()
