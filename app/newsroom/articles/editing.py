"""Saving articles: every save is a revision, and nothing readers see changes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Session

from app.kit import patches
from app.kit.errors import Conflict
from app.newsroom import slugs, successors
from app.newsroom.articles import links, workflow
from app.newsroom.articles.composing import compose
from app.newsroom.articles.finding import of_origin, taken_slugs
from app.newsroom.articles.models import Article, Revision
from app.newsroom.articles.schemas import ArticleCreate, ArticleUpdate
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.references import SlugTaken


class WasReleased(Conflict):
    """What readers have had is withdrawn or killed, never deleted."""

    code = "was-released"
    title = "The article was released"


def create(
    session: Session,
    data: ArticleCreate,
    *,
    by: str,
    now: datetime,
    origin: tuple[str, str] | None = None,
) -> Article:
    """Make a draft. `origin` is the source it was imported from, and its id there."""
    slug = slugs.choose(
        session,
        data.slug,
        data.headline,
        is_taken=lambda slug: bool(taken_slugs(session, [slug])),
    )
    snapshot = compose(session, data, slug=slug)
    source, external_id = origin or (None, None)
    article = Article(
        state="draft",
        version=1,
        revision=0,
        released_revision=None,
        release=0,
        last_change=None,
        source=source,
        external_id=external_id,
        created_at=now,
        updated_at=now,
        updated_by=by,
    )
    keep(article, snapshot)
    session.add(article)
    session.flush()
    links.replace(session, article.id, snapshot)
    add_revision(session, article, snapshot, by=by, note=data.note, now=now)
    return article


def update(
    session: Session, article: Article, change: ArticleUpdate, *, by: str, now: datetime
) -> Article:
    """Save a change as a new revision; readers keep the released one."""
    data = changed(latest(article), change)
    return save(session, article, data, by=by, now=now)


def changed(content: Snapshot, change: ArticleUpdate) -> ArticleCreate:
    """Apply a change to a content, as if the client had sent the whole."""
    whole = as_input(content)
    if {"body_html", "body_markdown"} & change.model_fields_set:
        whole = whole.model_copy(update={"body": None})
    return patches.merged(whole, change)


def save(
    session: Session, article: Article, data: ArticleCreate, *, by: str, now: datetime
) -> Article:
    """Save this as the article's whole content."""
    workflow.check(article, "save")
    before = latest(article)
    slug = data.slug or before.slug
    check_slug(session, article, slug)
    snapshot = compose(session, data, slug=slug, before=before)
    if snapshot == before:
        return article
    keep(article, snapshot)
    article.touch(now, by=by)
    links.replace(session, article.id, snapshot, *standing(session, article))
    add_revision(session, article, snapshot, by=by, note=data.note, now=now)
    return article


def check_slug(session: Session, article: Article, slug: str) -> None:
    """Refuse a slug that another article has."""
    if slug != article.slug and taken_slugs(session, [slug], but=article.id):
        raise SlugTaken(f"The slug {slug} is taken.")


def delete(session: Session, article: Article) -> None:
    """Delete a draft that readers have never had, with all its revisions."""
    if article.release:
        raise WasReleased
    workflow.check(article, "delete")
    links.remove(session, article.id)
    session.execute(sql_delete(Revision).where(Revision.article_id == article.id))
    session.delete(article)
    session.flush()


def latest(article: Article) -> Snapshot:
    """Read the working content."""
    return Snapshot.model_validate(article.content)


def save_by_origin(
    session: Session,
    data: ArticleCreate,
    origin: tuple[str, str],
    *,
    by: str,
    now: datetime,
) -> Article:
    """Make or revise the article that a source calls by this id."""
    article = session.scalar(of_origin(*origin).with_for_update())
    if article is None:
        return create(session, data, by=by, now=now, origin=origin)
    return save(session, article, data, by=by, now=now)


def released(session: Session, article: Article) -> list[Snapshot]:
    """Read what was last released, if anything was."""
    if article.released_revision is None:
        return []
    return [get_revision(session, article.id, article.released_revision)]


def standing(session: Session, article: Article) -> list[Snapshot]:
    """Read what was released and what waits for its time, whichever there is."""
    numbers = {article.released_revision, article.scheduled_revision}
    return [get_revision(session, article.id, each) for each in numbers if each]


def relink(session: Session, article: Article) -> None:
    """Let go of what no content names any more: working, released or waiting."""
    contents = [latest(article), *standing(session, article)]
    links.replace(session, article.id, *contents)


def get_revision(session: Session, article_id: UUID, number: int) -> Snapshot:
    """Read what a revision says; what was merged since is named as it is now."""
    revision = session.get_one(Revision, (article_id, number))
    return successors.followed(session, Snapshot.model_validate(revision.content))


def as_input(snapshot: Snapshot) -> ArticleCreate:
    """Write content the way a client would have sent it."""
    return patches.checked(ArticleCreate, snapshot.model_dump(mode="json"))


def keep(article: Article, snapshot: Snapshot) -> None:
    """Make this the working content."""
    article.slug = snapshot.slug
    article.section_id = snapshot.section
    article.content = snapshot.model_dump(mode="json")


def add_revision(
    session: Session,
    article: Article,
    snapshot: Snapshot,
    *,
    by: str,
    note: str | None,
    now: datetime,
) -> None:
    """Keep this as the article's newest revision."""
    article.revision += 1
    session.add(
        Revision(
            article_id=article.id,
            number=article.revision,
            content=snapshot.model_dump(mode="json"),
            saved_at=now,
            saved_by=by,
            note=note,
            version=article.version,
        )
    )
    session.flush()
