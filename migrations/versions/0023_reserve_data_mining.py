"""Let sections say whether machines may learn from what is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    said = sa.Column("data_mining", sa.String(length=20), nullable=True)
    op.add_column("sections", said)


def downgrade() -> None:
    op.drop_column("sections", "data_mining")
