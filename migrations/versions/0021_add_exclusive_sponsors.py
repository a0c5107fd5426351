"""Let a sponsor stand alone."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    exclusive = sa.Column(
        "is_exclusive", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("sponsors", exclusive)


def downgrade() -> None:
    op.drop_column("sponsors", "is_exclusive")
