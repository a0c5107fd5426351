"""Give keys an end, a successor and a count of what they are used for."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TIMES = ("expires_at", "last_used_at")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    for name in TIMES:
        op.add_column("keys", sa.Column(name, Instant(), nullable=True))
    key = sa.ForeignKey("keys.id", name="fk_keys_predecessor_id")
    op.add_column(
        "keys",
        sa.Column("predecessor_id", Id(), key, nullable=True),
        inline_references=True,
    )
    op.create_index("ix_keys_predecessor_id", "keys", ["predecessor_id"])
    op.create_table(
        "key_uses",
        sa.Column("key_id", Id(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["keys.id"], name=op.f("fk_key_uses_key_id_keys")
        ),
        sa.PrimaryKeyConstraint("key_id", "day", name=op.f("pk_key_uses")),
    )


def downgrade() -> None:
    op.drop_table("key_uses")
    op.drop_index("ix_keys_predecessor_id", "keys")
    for name in ("predecessor_id", *TIMES):
        op.drop_column("keys", name)
