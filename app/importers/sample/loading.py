"""Loading the sample newspaper, story by story."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.importers.sample import files, reference
from app.importers.sample.files import Content
from app.kit.db import Database
from app.kit.patches import checked
from app.newsroom.articles import editing, finding
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCreate, ArticleUpdate
from app.publishing import releasing
from app.publishing.desk import Desk
from app.publishing.releasing import Terms

SOURCE = "sample"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Paper:
    """How much of the sample was loaded just now, and how much there is."""

    loaded: int
    stories: int


def load(database: Database, desk: Desk, progress: Progress) -> Paper:
    """Load what is missing of the sample newspaper."""
    with database.write() as session:
        reference.load(session, desk)
    stories = _in_order(list(files.articles()))
    loaded = 0
    for number, (name, content) in enumerate(stories, start=1):
        with database.write() as session:
            loaded += _story(session, name, content, desk)
        progress(number, len(stories))
    with database.write() as session:
        reference.load_pages(session, desk)
    return Paper(loaded=loaded, stories=len(stories))


def _in_order(stories: list[tuple[str, Content]]) -> list[tuple[str, Content]]:
    """Order the stories as they were published; drafts come last."""

    def when(story: tuple[str, Content]) -> tuple[bool, str]:
        at = story[1]["sample"].get("published_at")
        return at is None, str(at)

    return sorted(stories, key=when)


def _story(session: Session, name: str, content: Content, desk: Desk) -> int:
    if session.scalar(finding.of_origin(SOURCE, name)) is not None:
        return 0
    about: dict[str, Any] = content.pop("sample")
    whole = files.with_media(content, reference.media_ids())
    first = {**whole, "slug": about.get("moved_from", whole["slug"])}
    article = editing.create(
        session,
        checked(ArticleCreate, first),
        by=desk.by,
        now=desk.now,
        origin=(SOURCE, name),
    )
    if about["state"] != "draft":
        _publish(session, article, about, slug=whole["slug"], desk=desk)
    return 1


def _publish(
    session: Session, article: Article, about: Content, *, slug: str, desk: Desk
) -> None:
    published_at: datetime = about["published_at"]
    releasing.release(session, article, Terms(published_at=published_at), desk)
    if article.slug != slug:
        change = checked(ArticleUpdate, {"slug": slug})
        editing.update(session, article, change, by=desk.by, now=desk.now)
        releasing.release(session, article, Terms(is_minor=True), desk)
    if about["state"] == "withdrawn":
        releasing.withdraw(session, article, desk, note=about.get("note"))
