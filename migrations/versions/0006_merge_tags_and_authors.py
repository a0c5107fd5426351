"""Let tags and authors be merged into others of their kind."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("authors", "tags")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    for table in TABLES:
        there = sa.ForeignKey(f"{table}.id", name=f"fk_{table}_merged_into_id")
        into = sa.Column("merged_into_id", Id(), there, nullable=True)
        op.add_column(table, into, inline_references=True)
        moving = sa.Column(
            "is_moving", sa.Boolean(), nullable=False, server_default=sa.false()
        )
        op.add_column(table, moving)
        op.create_index(f"ix_{table}_merged_into_id", table, ["merged_into_id"])
        op.create_index(
            f"ix_{table}_is_moving",
            table,
            ["id"],
            sqlite_where=sa.text("is_moving"),
            postgresql_where=sa.text("is_moving"),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_is_moving", table)
        op.drop_index(f"ix_{table}_merged_into_id", table)
        op.drop_column(table, "is_moving")
        op.drop_column(table, "merged_into_id")
