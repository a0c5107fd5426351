"""Keep what is known of uploaded pictures, and of files that have to go."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.add_column("media", sa.Column("sha256", sa.String(64), nullable=True))
    op.add_column("media", sa.Column("byte_count", sa.Integer(), nullable=True))
    op.create_table(
        "pictures",
        sa.Column("media_id", Id(), nullable=False),
        sa.Column("folder", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("focal_x", sa.Float(), nullable=True),
        sa.Column("focal_y", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_pictures")),
    )
    op.create_table(
        "removals",
        sa.Column("folder", sa.String(length=32), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("is_repeated", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("folder", name=op.f("pk_removals")),
    )


def downgrade() -> None:
    op.drop_table("removals")
    op.drop_table("pictures")
    op.drop_column("media", "byte_count")
    op.drop_column("media", "sha256")
