"""Create what editors write."""

import sqlalchemy as sa
from alembic import op

from app.kit.columns import Id, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL lock_timeout = '500ms'")
        op.execute("SET LOCAL statement_timeout = '15min'")
    op.create_table(
        "ad_policies",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("platform_class", sa.String(length=20), nullable=True),
        sa.Column("page_types", sa.JSON(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_policies")),
        sa.UniqueConstraint("key", name=op.f("uq_ad_policies_key")),
    )
    op.create_table(
        "ad_slots",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.String(length=30), nullable=False),
        sa.Column("page_types", sa.JSON(), nullable=False),
        sa.Column("platforms", sa.JSON(), nullable=False),
        sa.Column("is_repeatable", sa.Boolean(), nullable=False),
        sa.Column("max_instances", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(length=200), nullable=True),
        sa.Column("app_unit_ids", sa.JSON(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("reserve", sa.JSON(), nullable=False),
        sa.Column("label", sa.String(length=500), nullable=True),
        sa.Column("collapse", sa.String(length=20), nullable=True),
        sa.Column("lazy", sa.JSON(), nullable=True),
        sa.Column("targeting", sa.JSON(), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=True),
        sa.Column("fallback_id", Id(), nullable=True),
        sa.Column("include", sa.JSON(), nullable=False),
        sa.Column("exclude", sa.JSON(), nullable=False),
        sa.Column("active_from", Instant(), nullable=True),
        sa.Column("active_to", Instant(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fallback_id"], ["ad_slots.id"], name=op.f("fk_ad_slots_fallback_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_slots")),
        sa.UniqueConstraint("key", name=op.f("uq_ad_slots_key")),
    )
    op.create_index(
        op.f("ix_ad_slots_fallback_id"), "ad_slots", ["fallback_id"], unique=False
    )
    op.create_table(
        "media",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("mime_type", sa.String(length=100), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Double(), nullable=True),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=500), nullable=False),
        sa.Column("focal_point", sa.JSON(), nullable=True),
        sa.Column("renditions", sa.JSON(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("ads", sa.Boolean(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("url", name=op.f("uq_media_url")),
    )
    op.create_table(
        "menus",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menus")),
        sa.UniqueConstraint("key", name=op.f("uq_menus_key")),
    )
    op.create_table(
        "sections",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["sections.id"], name=op.f("fk_sections_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
        sa.UniqueConstraint("path", name=op.f("uq_sections_path")),
    )
    op.create_index(
        op.f("ix_sections_parent_id"), "sections", ["parent_id"], unique=False
    )
    op.create_table(
        "sponsors",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("link", sa.String(length=2000), nullable=True),
        sa.Column("about_link", sa.String(length=2000), nullable=True),
        sa.Column("logo", sa.JSON(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=True),
        sa.Column("valid_to", Instant(), nullable=True),
        sa.Column("editions", sa.JSON(), nullable=False),
        sa.Column("published_since", Instant(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsors")),
        sa.UniqueConstraint("key", name=op.f("uq_sponsors_key")),
    )
    op.create_table(
        "tags",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("iptc_code", sa.String(length=100), nullable=True),
        sa.Column("iab_code", sa.String(length=100), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")),
    )
    op.create_table(
        "articles",
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("path", sa.String(length=2000), nullable=True),
        sa.Column("section_id", Id(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("released_revision", sa.Integer(), nullable=True),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("first_published_at", Instant(), nullable=True),
        sa.Column("content_updated_at", Instant(), nullable=True),
        sa.Column("last_change", sa.String(length=30), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("external_id", sa.String(length=500), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_articles_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("slug", name=op.f("uq_articles_slug")),
        sa.UniqueConstraint(
            "source", "external_id", name=op.f("uq_articles_source_external_id")
        ),
    )
    op.create_index(
        op.f("ix_articles_section_id"), "articles", ["section_id"], unique=False
    )
    op.create_index(
        "ix_articles_updated_at_id", "articles", ["updated_at", "id"], unique=False
    )
    op.create_table(
        "authors",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("role", sa.String(length=500), nullable=True),
        sa.Column("bio", sa.Text(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("portrait_id", Id(), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portrait_id"], ["media.id"], name=op.f("fk_authors_portrait_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authors")),
        sa.UniqueConstraint("slug", name=op.f("uq_authors_slug")),
    )
    op.create_index(
        op.f("ix_authors_portrait_id"), "authors", ["portrait_id"], unique=False
    )
    op.create_table(
        "article_authors",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_authors_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["authors.id"], name=op.f("fk_article_authors_author_id")
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "author_id", name=op.f("pk_article_authors")
        ),
    )
    op.create_index(
        op.f("ix_article_authors_author_id"),
        "article_authors",
        ["author_id"],
        unique=False,
    )
    op.create_table(
        "article_media",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("media_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_media_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_article_media_media_id")
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "media_id", name=op.f("pk_article_media")
        ),
    )
    op.create_index(
        op.f("ix_article_media_media_id"), "article_media", ["media_id"], unique=False
    )
    op.create_table(
        "article_sections",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("section_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_sections_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_article_sections_section_id")
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "section_id", name=op.f("pk_article_sections")
        ),
    )
    op.create_index(
        op.f("ix_article_sections_section_id"),
        "article_sections",
        ["section_id"],
        unique=False,
    )
    op.create_table(
        "article_sponsors",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("sponsor_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_sponsors_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["sponsors.id"], name=op.f("fk_article_sponsors_sponsor_id")
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "sponsor_id", name=op.f("pk_article_sponsors")
        ),
    )
    op.create_index(
        op.f("ix_article_sponsors_sponsor_id"),
        "article_sponsors",
        ["sponsor_id"],
        unique=False,
    )
    op.create_table(
        "article_tags",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("tag_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_tags_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tags.id"], name=op.f("fk_article_tags_tag_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "tag_id", name=op.f("pk_article_tags")),
    )
    op.create_index(
        op.f("ix_article_tags_tag_id"), "article_tags", ["tag_id"], unique=False
    )
    op.create_table(
        "revisions",
        sa.Column("article_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_revisions_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_revisions")),
    )


def downgrade() -> None:
    op.drop_table("revisions")
    op.drop_table("article_tags")
    op.drop_table("article_sponsors")
    op.drop_table("article_sections")
    op.drop_table("article_media")
    op.drop_table("article_authors")
    op.drop_table("authors")
    op.drop_table("articles")
    op.drop_table("tags")
    op.drop_table("sponsors")
    op.drop_table("sections")
    op.drop_table("menus")
    op.drop_table("media")
    op.drop_table("ad_slots")
    op.drop_table("ad_policies")
