"""Create the table of previews: rendered revisions, found by the digest of a token."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "previews",
        sa.Column("id", Id(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("linked", sa.JSON(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=True),
        sa.Column("body_markdown", sa.Text(), nullable=True),
        sa.Column("body_text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_previews")),
        sa.UniqueConstraint("digest", name=op.f("uq_previews_digest")),
    )
    op.create_index("ix_previews_article_id", "previews", ["article_id"])
    op.create_index("ix_previews_expires_at", "previews", ["expires_at"])


def downgrade() -> None:
    op.drop_table("previews")
