"""Add to documents the articles that editors put beside one.

They are empty at first: documents are of an old shape now, and are rendered again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    column = sa.Column("picks", sa.JSON(), nullable=False, server_default="[]")
    op.add_column("documents", column)


def downgrade() -> None:
    op.drop_column("documents", "picks")
