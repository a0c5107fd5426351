"""Add to an article who says that they are at it, and until when."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = {
    "lock_holder_id": Id(),
    "locked_by": sa.String(length=200),
    "locked_at": Instant(),
    "locked_until": Instant(),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    for name, kind in COLUMNS.items():
        op.add_column("articles", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("articles", name)
