"""An archive is published at once, and stands there as if story by story."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.kit.db import Database
from app.kit.errors import Invalid
from app.kit.patches import checked
from app.newsroom.articles import editing
from app.newsroom.articles.adding import NewStory
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCreate
from app.newsroom.references import SlugTaken
from app.publishing import archiving, releasing
from app.publishing.archiving import ArchivedStory
from app.publishing.desk import Desk
from app.publishing.releasing import Terms
from tests.conftest import START, Clock
from tests.newsroom import Json, Newsroom, paragraph
from tests.publishing.backstage import desk_at, events, log
from tests.publishing.standing import rows_about


def _one_by_one(session: Session, stories: list[ArchivedStory], desk: Desk) -> None:
    for each in stories:
        origin = (each.story.source, each.story.external_id)
        article = editing.create(
            session, each.story.data, by=desk.by, now=desk.now, origin=origin
        )
        terms = Terms(published_at=each.published_at)
        releasing.release(session, article, terms, desk)


def _story(number: int, source: str = "archive", **more: object) -> ArchivedStory:
    content: Json = {
        "headline": f"Ferry {number}",
        "slug": f"ferry-{number}-{source}",
        "section": "world",
        **more,
    }
    return ArchivedStory(
        story=NewStory(
            data=checked(ArticleCreate, content),
            source=source,
            external_id=str(number),
        ),
        published_at=START - timedelta(days=number),
    )


def _stories(newsroom: Newsroom, source: str) -> list[ArchivedStory]:
    """Stories of every shape, whose blocks have the same ids each time."""
    [picture] = newsroom.send("GET", "/media", params={"limit": 1})["data"]
    body = [
        {**paragraph("She sailed at *noon*."), "id": "b1"},
        {"type": "image", "media_id": picture["id"], "id": "b2"},
    ]
    return [
        _story(1, source, authors=["ada-reed"], tags=["trade", "nato"], body=body),
        _story(2, source, section="world/europe", sections=["world"], note="wire"),
        _story(3, source, authors=["ada-reed", "bo-holm"], lead_media=picture["id"]),
        _story(4, source, genre="opinion", language="de", access="subscriber"),
    ]


@pytest.fixture
def desk(newsroom: Newsroom, clock: Clock) -> Desk:
    """A desk in a newsroom with everything that the stories name."""
    newsroom.section("World")
    newsroom.section("Europe", parent="world")
    portrait = newsroom.media("ada")
    newsroom.author("Ada Reed", portrait=portrait["id"])
    newsroom.author("Bo Holm")
    newsroom.tag("Trade")
    newsroom.tag("NATO")
    return desk_at(clock)()


def _rows(database: Database, source: str) -> list[list[tuple[str, str]]]:
    """All rows about a source's articles, without what tells sources apart."""
    with database.read() as session:
        articles = session.scalars(
            select(Article).where(Article.source == source).order_by(Article.slug)
        )
        return [rows_about(session, article) for article in articles]


def test_every_row_is_as_if_written_story_by_story(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    with database.write() as session:
        _one_by_one(session, _stories(newsroom, "one"), desk)
    with database.write() as session:
        archiving.publish(session, _stories(newsroom, "two"), desk)

    one, two = _rows(database, "one"), _rows(database, "two")
    assert len(two) == 4
    assert {table for table, _ in two[0]} > {"articles", "documents", "paths"}
    assert two == one


def test_readers_find_the_archive_everywhere(
    newsroom: Newsroom, desk: Desk, client: TestClient, database: Database
) -> None:
    with database.write() as session:
        archiving.publish(session, _stories(newsroom, "wire"), desk)

    listed = client.get("/v1/articles").json()["data"]
    assert [article["headline"] for article in listed] == [
        "Ferry 1",
        "Ferry 2",
        "Ferry 3",
        "Ferry 4",
    ]
    for path, headlines in {
        "/v1/articles?author=bo-holm": ["Ferry 3"],
        "/v1/articles?tag=nato": ["Ferry 1"],
        "/v1/articles?section=world/europe": ["Ferry 2"],
    }.items():
        found = client.get(path).json()["data"]
        assert [article["headline"] for article in found] == headlines
    at = client.get("/v1/resolve?path=/world/europe/ferry-2-wire").json()
    assert at["status"] == "found"


def test_the_log_names_each_story_after_those_it_makes_public(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    before = len(log(database))
    with database.write() as session:
        archiving.publish(session, _stories(newsroom, "wire"), desk)

    told = events(database, before)
    assert told[-4:] == ["article.published"] * 4
    assert sorted(set(told[:-4])) == ["author.created", "media.created", "tag.created"]
    assert [row.position for row in log(database)] == list(
        range(1, before + len(told) + 1)
    )


def test_a_taken_slug_refuses_the_whole_archive(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    newsroom.draft(slug="ferry-2-archive")

    with pytest.raises(SlugTaken), database.write() as session:
        archiving.publish(session, [_story(1), _story(2)], desk)

    assert _rows(database, "archive") == []


def test_one_slug_is_not_given_to_two_stories(desk: Desk, database: Database) -> None:
    with pytest.raises(SlugTaken), database.write() as session:
        archiving.publish(session, [_story(1), _story(1)], desk)


def test_a_derived_slug_that_is_taken_gets_a_number(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    newsroom.draft("Ferry 1")
    with database.write() as session:
        twins = [_story(1, slug=None), _story(1, "wire", slug=None)]
        made = archiving.publish(session, twins, desk)

    assert [article.slug for article in made] == ["ferry-1-2", "ferry-1-3"]


def test_an_archive_is_of_the_past(desk: Desk, database: Database) -> None:
    with pytest.raises(Invalid), database.write() as session:
        archiving.publish(session, [_story(1), _story(-1)], desk)


def test_more_stories_need_no_more_statements(
    desk: Desk, database: Database, statements: list[str]
) -> None:
    counts = []
    for source, many in (("first", 1), ("few", 5), ("many", 50)):
        statements.clear()
        with database.write() as session:
            stories = [_story(number, source) for number in range(many)]
            archiving.publish(session, stories, desk)
        asked = [each for each in statements if "advisory" not in each]
        # What each story names is looked up for it alone.
        counts.append(len([each for each in asked if "FROM sections" not in each]))

    assert counts[1] == counts[2]
