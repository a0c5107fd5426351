"""Add the times of an article: when it is released and when it expires."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIMES = ("publish_at", "expire_at")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    for name in TIMES:
        op.add_column("articles", sa.Column(name, Instant(), nullable=True))
        op.create_index(f"ix_articles_{name}", "articles", [name])
    revision = sa.Column("scheduled_revision", sa.Integer(), nullable=True)
    op.add_column("articles", revision)


def downgrade() -> None:
    op.drop_column("articles", "scheduled_revision")
    for name in TIMES:
        op.drop_index(f"ix_articles_{name}", "articles")
        op.drop_column("articles", name)
