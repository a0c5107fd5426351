"""What a migration adds is filled from what was there before it."""

from sqlalchemy import select
from starlette.testclient import TestClient

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from app.main import create_app
from app.newsroom.articles.models import ArticleTarget
from tests.conftest import Clock, OwnSettings
from tests.newsroom import Newsroom, paragraph

Link = tuple[object, object]


def test_links_between_articles_are_read_out_of_what_is_written_and_released(
    empty: Database,
) -> None:
    schema.migrate(empty)
    _write_stories_that_lead_to_others(empty)
    before = _links(empty)

    schema.downgrade(empty, to="0011")
    schema.migrate(empty)

    assert len(before) == 3
    assert _links(empty) == before


def _write_stories_that_lead_to_others(database: Database) -> None:
    clock = Clock()
    with database.write() as session:
        _, key = keys.create(session, name="Desk", role=Role.editor, now=clock())
    settings = OwnSettings(database_url=database.url, background=False, threads=2)
    with TestClient(create_app(settings, clock=clock)) as client:
        newsroom = Newsroom(client, key, clock)
        first, second = newsroom.draft("One"), newsroom.draft("Two")
        leads = {"type": "related", "target_id": first["id"]}
        inside = {"type": "box", "kind": "factbox", "title": "See", "blocks": [leads]}
        user = newsroom.published("User", body=[paragraph(), inside])
        # Readers keep the link that the working content no longer has.
        newsroom.edit(user, body=[paragraph()], related=[second["id"]])
        newsroom.draft("Another", related=[first["id"]])


def _links(database: Database) -> set[Link]:
    columns = select(ArticleTarget.article_id, ArticleTarget.target_id)
    with database.read() as session:
        return {(article_id, target) for article_id, target in session.execute(columns)}
