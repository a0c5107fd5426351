"""Create the list of refreshes that are to be done."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "refreshes",
        sa.Column("facet_kind", sa.String(length=20), nullable=False),
        sa.Column("facet_value", sa.String(length=100), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("requested_at", Instant(), nullable=False),
        sa.Column("reached_at", Instant(), nullable=True),
        sa.Column("reached_id", Id(), nullable=True),
        sa.PrimaryKeyConstraint("facet_kind", "facet_value", name=op.f("pk_refreshes")),
    )


def downgrade() -> None:
    op.drop_table("refreshes")
