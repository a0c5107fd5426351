"""Create the table that says how far each cache in front has been purged."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "purge_places",
        sa.Column("endpoint", sa.String(length=300), nullable=False),
        sa.Column("lane", sa.String(length=20), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("row_id", Id(), nullable=True),
        sa.Column("repeated", sa.BigInteger(), nullable=False),
        sa.Column("repeat_upto", sa.BigInteger(), nullable=False),
        sa.Column("repeat_at", Instant(), nullable=True),
        sa.Column("claimed_until", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", Instant(), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("endpoint", "lane", name=op.f("pk_purge_places")),
    )


def downgrade() -> None:
    op.drop_table("purge_places")
