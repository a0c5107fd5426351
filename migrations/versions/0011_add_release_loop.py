"""Add what the release loop keeps: who set a time, and what failed at its time."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    name = sa.Column("scheduled_by", sa.String(length=200), nullable=True)
    op.add_column("articles", name)
    op.create_table(
        "setbacks",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_at", Instant(), nullable=False),
        sa.Column("retry_at", Instant(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_setbacks_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_setbacks")),
    )


def downgrade() -> None:
    op.drop_table("setbacks")
    op.drop_column("articles", "scheduled_by")
