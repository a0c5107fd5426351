"""The tables of articles: identity and working content, links, revisions.

What an article refers to, in its working content and in what readers have, is
kept as real foreign keys beside the content: nothing can be deleted from under it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.vocabularies import ArticleState, ChangeKind
from app.kit.columns import Base
from app.newsroom.identity import Named


class Article(Named):
    """An article: who it is, how readers stand to it, and its latest content.

    `revision` is the newest saved one, `released_revision` the one readers have,
    `release` how often it was released: the version that the public sees.
    """

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_articles_updated_at_id", "updated_at", "id"),
        # The release loop asks for what is due, every second and in every process.
        Index("ix_articles_publish_at", "publish_at"),
        Index("ix_articles_expire_at", "expire_at"),
    )

    state: Mapped[ArticleState] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    path: Mapped[str | None] = mapped_column(String(2000))
    section_id: Mapped[UUID] = mapped_column(ForeignKey("sections.id"), index=True)
    content: Mapped[dict[str, Any]]
    revision: Mapped[int]
    released_revision: Mapped[int | None]
    release: Mapped[int]
    published_at: Mapped[datetime | None]
    first_published_at: Mapped[datetime | None]
    content_updated_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None]
    expire_at: Mapped[datetime | None]
    scheduled_revision: Mapped[int | None]
    scheduled_by: Mapped[str | None] = mapped_column(String(200))
    last_change: Mapped[ChangeKind | None] = mapped_column(String(30))
    reason: Mapped[str | None] = mapped_column(String(200))
    updated_by: Mapped[str | None] = mapped_column(String(200))
    lock_holder_id: Mapped[UUID | None]
    locked_by: Mapped[str | None] = mapped_column(String(200))
    locked_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(500))

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.slug

    # Narrower on purpose: a verb that does not say who acts is no verb of the desk.
    def touch(self, now: datetime, *, by: str) -> None:  # type: ignore[override]
        """Note that the article was written, and by whom."""
        super().touch(now)
        self.updated_by = by
        if not self.is_locked(now):
            self.unlock()

    def note_change(self, now: datetime) -> None:
        """Note that readers get something else; a clock set back does not count."""
        self.content_updated_at = max(now, self.content_updated_at or now)

    def is_locked(self, now: datetime) -> bool:
        """Tell whether somebody says that they are at it."""
        return self.locked_until is not None and self.locked_until > now

    def unlock(self) -> None:
        """Note that nobody is at it."""
        self.lock_holder_id = self.locked_by = None
        self.locked_at = self.locked_until = None

    def clear_times(self) -> None:
        """Have the clock do nothing with it any more."""
        self.publish_at = self.expire_at = None
        self.scheduled_revision = self.scheduled_by = None


class ArticleAuthor(Base):
    """That an article names an author."""

    __tablename__ = "article_authors"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("authors.id"), primary_key=True, index=True
    )


class ArticleSection(Base):
    """That an article stands in a section, besides the one it is being moved to."""

    __tablename__ = "article_sections"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    section_id: Mapped[UUID] = mapped_column(
        ForeignKey("sections.id"), primary_key=True, index=True
    )


class ArticleTag(Base):
    """That an article has a tag."""

    __tablename__ = "article_tags"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    tag_id: Mapped[UUID] = mapped_column(
        ForeignKey("tags.id"), primary_key=True, index=True
    )


class ArticleMedia(Base):
    """That an article shows a media asset."""

    __tablename__ = "article_media"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    media_id: Mapped[UUID] = mapped_column(
        ForeignKey("media.id"), primary_key=True, index=True
    )


class ArticleSponsor(Base):
    """That an article names a sponsor."""

    __tablename__ = "article_sponsors"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    sponsor_id: Mapped[UUID] = mapped_column(
        ForeignKey("sponsors.id"), primary_key=True, index=True
    )


class ArticleTarget(Base):
    """That an article leads to another, by an editor's pick or in its body.

    No foreign key: two stories that lead to each other, saved at once, would each
    wait for the row that the other one has locked.
    """

    __tablename__ = "article_targets"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    target_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


class Revision(Base):
    """One saved state of an article, never changed afterwards.

    `version` is the article's lock as this save left it. Verbs raise the lock and
    save nothing, so a lock leads to the last revision that is not above it.
    """

    __tablename__ = "revisions"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(1000))
    version: Mapped[int]


class ReleasedRevision(Base):
    """That readers got a revision, as which version of theirs, when and by whom."""

    __tablename__ = "released_revisions"
    __table_args__ = (
        Index("ix_released_revisions_article_id_revision", "article_id", "revision"),
    )

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id"), primary_key=True
    )
    release: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(String(200))
