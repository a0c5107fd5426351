"""Keep with a revision the lock it was saved at, and what of it was released."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

RELEASES = "released_revisions"
BY_REVISION = "ix_released_revisions_article_id_revision"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    updated_by = sa.Column("updated_by", sa.String(length=200), nullable=True)
    op.add_column("articles", updated_by)
    # A lock rises at least as often as the number: what was saved before this was
    # kept gets the lowest that it can have been.
    version = sa.Column("version", sa.Integer(), nullable=False, server_default="0")
    op.add_column("revisions", version)
    op.execute("UPDATE revisions SET version = number")
    op.create_table(
        RELEASES,
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("released_at", Instant(), nullable=False),
        sa.Column("released_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_released_revisions_article_id"),
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "release", name=op.f("pk_released_revisions")
        ),
    )
    op.create_index(BY_REVISION, RELEASES, ["article_id", "revision"])


def downgrade() -> None:
    op.drop_table(RELEASES)
    op.drop_column("revisions", "version")
    op.drop_column("articles", "updated_by")
