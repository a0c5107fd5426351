"""Keep which articles an article leads to, so that none is deleted from under it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "article_targets"
BATCH = 500


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    table = op.create_table(
        TABLE,
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("target_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_targets_article_id")
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "target_id", name=op.f("pk_article_targets")
        ),
    )
    op.create_index(op.f("ix_article_targets_target_id"), TABLE, ["target_id"])
    _fill(table)


def downgrade() -> None:
    op.drop_table(TABLE)


def _fill(table: sa.Table) -> None:
    """Read the links out of what is written and out of what readers have."""
    articles = sa.table(
        "articles",
        sa.column("id", Id()),
        sa.column("content", sa.JSON()),
        sa.column("released_revision", sa.Integer()),
    )
    revisions = sa.table(
        "revisions",
        sa.column("article_id", Id()),
        sa.column("number", sa.Integer()),
        sa.column("content", sa.JSON()),
    )
    released = sa.and_(
        revisions.c.article_id == articles.c.id,
        revisions.c.number == articles.c.released_revision,
    )
    both = sa.union_all(
        sa.select(articles.c.id, articles.c.content),
        sa.select(articles.c.id, revisions.c.content).join(revisions, released),
    )
    connection = op.get_bind()
    pairs = {
        (article_id, target)
        for article_id, content in connection.execute(both).yield_per(BATCH)
        for target in _targets(content)
    }
    rows = [{"article_id": a, "target_id": t} for a, t in sorted(pairs)]
    for start in range(0, len(rows), BATCH):
        connection.execute(sa.insert(table), rows[start : start + BATCH])


def _targets(content: dict[str, Any]) -> Iterator[UUID]:
    yield from (UUID(each) for each in content.get("related", []))
    yield from _within(content.get("body"))


def _within(part: object) -> Iterator[UUID]:
    """Find the targets in a block and in all that it holds."""
    if isinstance(part, list):
        for each in part:
            yield from _within(each)
    elif isinstance(part, dict):
        if part.get("target_id"):
            yield UUID(part["target_id"])
        # What a program or a schema of its own is told is not ours to read.
        for name in part.keys() - {"data", "params"}:
            yield from _within(part[name])
