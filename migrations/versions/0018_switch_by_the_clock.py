"""Let the clock switch slots and sponsors, and let sections and tags have a sponsor.

Whatever has dates is due at once: the release loop looks at it and notes what is next.
"""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TIMED = {
    "ad_slots": ("active_from", "active_to"),
    "sponsors": ("valid_from", "valid_to"),
}
SPONSORED = ("sections", "tags")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    active = sa.Column(
        "is_active", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    op.add_column("sponsors", active)
    for table, (begins, ends) in TIMED.items():
        op.add_column(table, sa.Column("switches_at", Instant(), nullable=True))
        op.create_index(f"ix_{table}_switches_at", table, ["switches_at"])
        dated = sa.table(table, *map(sa.column, ("switches_at", begins, ends)))
        first = sa.func.coalesce(dated.c[begins], dated.c[ends])
        op.execute(sa.update(dated).values(switches_at=first))
    for table in SPONSORED:
        sponsor = sa.ForeignKey("sponsors.id", name=f"fk_{table}_sponsor_id")
        column = sa.Column("sponsor_id", Id(), sponsor, nullable=True)
        op.add_column(table, column, inline_references=True)
        op.create_index(f"ix_{table}_sponsor_id", table, ["sponsor_id"])


def downgrade() -> None:
    for table in SPONSORED:
        op.drop_index(f"ix_{table}_sponsor_id", table)
        op.drop_column(table, "sponsor_id")
    for table in TIMED:
        op.drop_index(f"ix_{table}_switches_at", table)
        op.drop_column(table, "switches_at")
    op.drop_column("sponsors", "is_active")
