"""Create the table of what callers were answered, for their retries."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "outcomes",
        sa.Column("caller_id", Id(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("request", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(length=2000), nullable=True),
        sa.Column("etag", sa.String(length=100), nullable=True),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("resource_id", Id(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["keys.id"], name=op.f("fk_outcomes_caller_id")
        ),
        sa.PrimaryKeyConstraint("caller_id", "digest", name=op.f("pk_outcomes")),
    )
    op.create_index("ix_outcomes_answered_at", "outcomes", ["answered_at"])
    op.create_index("ix_outcomes_kind_resource_id", "outcomes", ["kind", "resource_id"])


def downgrade() -> None:
    op.drop_table("outcomes")
