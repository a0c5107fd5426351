"""Create keys, the log and its counters."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "changes",
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("resource_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("change", sa.String(length=30), nullable=True),
        sa.Column("path", sa.String(length=2000), nullable=True),
        sa.Column("paths", sa.JSON(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("facets_before", sa.JSON(), nullable=False),
        sa.Column("facets_after", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "position", name=op.f("pk_changes")),
        sa.UniqueConstraint("id", name=op.f("uq_changes_id")),
    )
    op.create_index("ix_changes_resource_id", "changes", ["resource_id"], unique=False)
    op.create_table(
        "keys",
        sa.Column("id", Id(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hint", sa.String(length=12), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keys")),
        sa.UniqueConstraint("digest", name=op.f("uq_keys_digest")),
    )
    op.create_table(
        "positions",
        sa.Column("stream", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_positions")),
    )
    counters = sa.table(
        "positions", sa.column("stream"), sa.column("position"), sa.column("floor")
    )
    op.execute(counters.insert().values(stream="public", position=0, floor=0))
    op.execute(counters.insert().values(stream="advance", position=0, floor=0))


def downgrade() -> None:
    op.drop_table("positions")
    op.drop_table("keys")
    op.drop_table("changes")
