"""What is still to be done: lists to refresh, files to remove, releases that failed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.columns import Base


class Refresh(Base):
    """That the articles of one list have to be rendered again, and how far it is.

    Asked for again while it runs, it begins anew: `generation` tells.
    """

    __tablename__ = "refreshes"

    facet_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    facet_value: Mapped[str] = mapped_column(String(100), primary_key=True)
    generation: Mapped[int]
    requested_at: Mapped[datetime]
    reached_at: Mapped[datetime | None]
    reached_id: Mapped[UUID | None]


class Removal(Base):
    """That the files of an upload are to be removed, once this time has come.

    And once more a little later (`is_repeated`): somebody may have been making a
    print of it while the others went.
    """

    __tablename__ = "removals"

    folder: Mapped[str] = mapped_column(String(32), primary_key=True)
    due_at: Mapped[datetime]
    is_repeated: Mapped[bool]


class Setback(Base):
    """That an article was due and could not be released, and when to try again."""

    __tablename__ = "setbacks"

    article_id: Mapped[UUID] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    )
    attempts: Mapped[int]
    failed_at: Mapped[datetime]
    retry_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))
