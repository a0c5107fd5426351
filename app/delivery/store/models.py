"""The delivery tables: all that a reading process needs, and nothing unreleased."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    cast,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.kit.columns import Base

Number = BigInteger().with_variant(Integer(), "sqlite")

# Bytes are compared and not a language's rules, so that both databases sort alike.
Label = String(500).with_variant(String(500, collation="C"), "postgresql")


class Vector(TypeDecorator[str]):
    """A finished tsvector, given as text; SQLite has none and keeps a null."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        is_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(Text() if is_sqlite else TSVECTOR())

    def bind_expression(self, bindparam: BindParameter[str]) -> ColumnElement[str]:
        return cast(bindparam, self)


class Document(Base):
    """A resource as the public gets it, rendered when it was released.

    `key` is what the API finds it by beside its id: the slug of an article,
    author or tag, the path of a section, the key of a slot, policy or menu.
    `linked` are the articles its body leads to, `picks` those that its editors put
    beside it. `label` is its name, folded for
    sorting and finding; `subkind` a tag's kind.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_documents_kind_label", "kind", "label", "id"),
        Index("ix_documents_shape", "shape"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(1000))
    path: Mapped[str | None] = mapped_column(String(2000))
    version: Mapped[int]
    etag: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(BigInteger)
    shape: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    parent_id: Mapped[UUID | None]
    ordinal: Mapped[int]
    label: Mapped[str] = mapped_column(Label)
    subkind: Mapped[str | None] = mapped_column(String(20))
    facets: Mapped[list[int]]
    linked: Mapped[list[str]]
    picks: Mapped[list[str]]
    summary: Mapped[bytes] = mapped_column(LargeBinary)
    detail: Mapped[bytes] = mapped_column(LargeBinary)
    body_html: Mapped[str | None] = mapped_column(Text)
    body_markdown: Mapped[str | None] = mapped_column(Text)
    body_text: Mapped[str | None] = mapped_column(Text)


class Facet(Base):
    """A value that articles can be listed by, as a small number."""

    __tablename__ = "facets"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(100))


class Listing(Base):
    """That an article stands in the list of a facet: a posting list on disk."""

    __tablename__ = "listings"
    __table_args__ = (
        Index("ix_listings_updated", "facet_id", "updated_at", "id"),
        {"sqlite_with_rowid": False},
    )

    facet_id: Mapped[int] = mapped_column(
        Number, ForeignKey("facets.id"), primary_key=True, autoincrement=False
    )
    published_at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    updated_at: Mapped[datetime]


class Address(Base):
    """Where something is, was, or was taken away from.

    The text is a public path, which begins with a slash, or the API's own
    `kind/key`. It is found by its digest, so that a killed story's address can go
    on answering 410 when its text, which is a headline, is no longer stored.
    """

    __tablename__ = "paths"
    __table_args__ = (Index("ix_paths_resource_id", "resource_id"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    text: Mapped[str | None] = mapped_column(String(2000))
    kind: Mapped[str] = mapped_column(String(30))
    resource_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(1000))


class PictureFile(Base):
    """The file that prints of a public picture are made from.

    There is a row as long as there is the picture's document: what has none here
    has no print that anybody could ask for.
    """

    __tablename__ = "pictures"

    media_id: Mapped[UUID] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(String(32))
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    focal_x: Mapped[float | None]
    focal_y: Mapped[float | None]


class SearchEntry(Base):
    """The words of an article, made by us, so that both engines find the same."""

    __tablename__ = "search_entries"
    __table_args__ = (
        Index("ix_search_entries_vector", "vector", postgresql_using="gin"),
    )

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    vector: Mapped[str | None] = mapped_column(Vector)


class IndexSweep(Base):
    """That words which nobody may have any more are still in SQLite's index.

    There is one row or none. `is_begun` once all blocks are marked to be merged.
    """

    __tablename__ = "index_sweeps"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_begun: Mapped[bool]


class Version(Base):
    """What was published when: one row a release."""

    __tablename__ = "versions"

    article_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    change: Mapped[str] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(String(1000))
    detail: Mapped[bytes] = mapped_column(LargeBinary)


class Preview(Base):
    """One revision as readers would get it, for whoever has the token.

    `digest` is that of the token, which itself is kept nowhere.
    """

    __tablename__ = "previews"
    __table_args__ = (
        Index("ix_previews_article_id", "article_id"),
        Index("ix_previews_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    article_id: Mapped[UUID]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime]
    detail: Mapped[bytes] = mapped_column(LargeBinary)
    linked: Mapped[list[str]]
    body_html: Mapped[str | None] = mapped_column(Text)
    body_markdown: Mapped[str | None] = mapped_column(Text)
    body_text: Mapped[str | None] = mapped_column(Text)
