"""Create the table of fronts."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "fronts",
        sa.Column("key", sa.String(length=1000), nullable=False),
        sa.Column("section_id", Id(), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("containers", sa.JSON(), nullable=False),
        sa.Column("switches_at", Instant(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_fronts_section_id_sections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fronts")),
        sa.UniqueConstraint("key", name=op.f("uq_fronts_key")),
        sa.UniqueConstraint("section_id", name=op.f("uq_fronts_section_id")),
    )
    op.create_index("ix_fronts_switches_at", "fronts", ["switches_at"])


def downgrade() -> None:
    op.drop_table("fronts")
