"""Create the table of embargoed articles."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "advance_documents",
        sa.Column("id", Id(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("embargo_until", Instant(), nullable=False),
        sa.Column("etag", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("shape", sa.String(length=40), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("linked", sa.JSON(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=True),
        sa.Column("body_markdown", sa.Text(), nullable=True),
        sa.Column("body_text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advance_documents")),
        sa.UniqueConstraint("key", name=op.f("uq_advance_documents_key")),
    )


def downgrade() -> None:
    op.drop_table("advance_documents")
