"""Showing a revision as readers would get it, to those who are given the token.

It is rendered as a release made now would be. Nothing is released by it: no table
but that of the previews changes, and so no public answer does.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.access.tokens import Token
from app.delivery.store import previews
from app.delivery.store.documents import Rendering
from app.delivery.store.models import Preview
from app.newsroom.articles import editing, workflow
from app.newsroom.articles.models import Article
from app.newsroom.revisions import history
from app.newsroom.teamwork.schemas import ArticlePreview
from app.publishing import naming
from app.publishing.desk import Desk
from app.publishing.rendering import articles as rendering
from app.publishing.rendering import sources
from app.publishing.rendering.release import Release


def make(
    session: Session, article: Article, data: ArticlePreview, token: Token, desk: Desk
) -> Preview:
    """Render a revision, for as long as was asked for."""
    revision = data.revision or article.revision
    made = rendered(session, article, revision, desk)
    preview = Preview(
        id=token.id,
        digest=token.digest,
        article_id=article.id,
        revision=revision,
        created_at=desk.now,
        created_by=desk.by,
        expires_at=desk.now + timedelta(seconds=data.ttl_seconds),
        detail=made.detail,
        linked=[str(each) for each in made.linked],
        body_html=made.body_html,
        body_markdown=made.body_markdown,
        body_text=made.body_text,
    )
    previews.keep(session, preview)
    return preview


def rendered(
    session: Session, article: Article, revision: int, desk: Desk
) -> Rendering:
    """Render a revision as a release made now would be; nothing is kept."""
    workflow.check(article, "preview")
    history.check_number(article, revision)
    snapshot = editing.get_revision(session, article.id, revision)
    is_new = snapshot not in editing.released(session, article)
    named = sources.read(session, snapshot)
    release = Release(
        id=article.id,
        path=naming.path_of(article, snapshot, named),
        version=article.release + 1,
        published_at=article.published_at or desk.now,
        first_published_at=article.first_published_at or desk.now,
        updated_at=desk.now if is_new else article.content_updated_at or desk.now,
        change="updated" if article.release else "published",
    )
    return rendering.render(snapshot, named, release, desk.site)
