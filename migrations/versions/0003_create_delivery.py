"""Create what readers see."""

import sqlalchemy as sa
from alembic import op

from app.delivery.store.models import Vector
from app.kit.columns import Id, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "documents",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=1000), nullable=False),
        sa.Column("path", sa.String(length=2000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("shape", sa.String(length=40), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("updated_at", Instant(), nullable=True),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "label",
            sa.String(length=500).with_variant(
                sa.String(length=500, collation="C"), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("subkind", sa.String(length=20), nullable=True),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("linked", sa.JSON(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=True),
        sa.Column("body_markdown", sa.Text(), nullable=True),
        sa.Column("body_text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_documents_kind_key")),
    )
    op.create_index(
        "ix_documents_kind_label", "documents", ["kind", "label", "id"], unique=False
    )
    op.create_index("ix_documents_shape", "documents", ["shape"], unique=False)
    op.create_table(
        "facets",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facets")),
        sa.UniqueConstraint("kind", "value", name=op.f("uq_facets_kind_value")),
    )
    op.create_table(
        "paths",
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("resource_id", Id(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_paths")),
    )
    op.create_index("ix_paths_resource_id", "paths", ["resource_id"], unique=False)
    op.create_table(
        "search_entries",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("id", Id(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("vector", Vector(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_search_entries_id")),
    )
    op.create_index(
        "ix_search_entries_vector",
        "search_entries",
        ["vector"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "versions",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("change", sa.String(length=30), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_versions")),
    )
    op.create_table(
        "listings",
        sa.Column(
            "facet_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facet_id"], ["facets.id"], name=op.f("fk_listings_facet_id")
        ),
        sa.PrimaryKeyConstraint(
            "facet_id", "published_at", "id", name=op.f("pk_listings")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_listings_updated",
        "listings",
        ["facet_id", "updated_at", "id"],
        unique=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        # Finished tokens come in; `ascii` leaves them alone but for the spaces.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "title, body, content='search_entries', content_rowid='number',"
            " tokenize='ascii')"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("listings")
    op.drop_table("versions")
    op.drop_table("search_entries")
    op.drop_table("paths")
    op.drop_table("facets")
    op.drop_table("documents")
