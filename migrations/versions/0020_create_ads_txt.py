"""Create the table of ads.txt files."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "ads_txt",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ads_txt")),
        sa.UniqueConstraint("key", name=op.f("uq_ads_txt_key")),
    )


def downgrade() -> None:
    op.drop_table("ads_txt")
