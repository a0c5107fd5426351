"""Stories in bulk: finished rows, the same as an editor's, or none at all."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text
from starlette.testclient import TestClient

from app.changes.log import PUBLIC
from app.delivery.store.models import Document
from app.importers import ahead, generated
from app.importers.generated import SOURCE, Drafting
from app.importers.sample import reference
from app.kit.db import Database
from app.kit.errors import Invalid
from app.kit.patches import checked
from app.newsroom.articles.adding import NewStory
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCreate
from app.publishing.archiving import ArchivedStory
from app.publishing.bulk import preparing, putting
from app.publishing.bulk.preparing import Prepared
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import START, Clock, on_sqlite
from tests.newsroom import Json, Newsroom, paragraph
from tests.publishing.backstage import log
from tests.publishing.standing import rows_about

ORIGIN = re.compile(r"'(source|external_id)': (None|S|'[^']*')")


def _contents(newsroom: Newsroom, ending: str) -> list[Json]:
    """Stories of every shape: backslashes, tabs and other letters among them."""
    [picture] = newsroom.send("GET", "/media", params={"limit": 1})["data"]
    body = [
        {**paragraph("She sailed at *noon*: \\N, \\. and a\\tb."), "id": "b1"},
        {"type": "image", "media_id": picture["id"], "id": "b2"},
        {"type": "code", "text": "a\tb\n\\N\\\r", "language": "c", "id": "b3"},
    ]
    shapes: list[Json] = [
        {"authors": ["ada-reed"], "tags": ["trade"], "body": body},
        {"section": "world/europe", "sections": ["world"], "note": "by hand"},
        {"authors": ["ada-reed"], "lead_media": picture["id"], "genre": "opinion"},
        {"headline": "Fähre kehrt zurück", "language": "de", "access": "subscriber"},
    ]
    plain: Json = {
        "headline": "Ferry",
        "section": "world",
        "body": [{**paragraph(), "id": "b1"}],
    }
    return [
        {**plain, "slug": f"f{at}-{ending}", **shape} for at, shape in enumerate(shapes)
    ]


def _stories(newsroom: Newsroom, ending: str = "wire") -> list[ArchivedStory]:
    return [
        ArchivedStory(
            NewStory(
                data=checked(ArticleCreate, content),
                source="wire",
                external_id=str(content["slug"]),
            ),
            published_at=START - timedelta(days=1),
        )
        for content in _contents(newsroom, ending)
    ]


@pytest.fixture
def desk(newsroom: Newsroom, clock: Clock, database: Database) -> Desk:
    """A desk where a story of each shape has already come out."""
    newsroom.section("World")
    newsroom.section("Europe", parent="world")
    newsroom.author("Ada Reed", portrait=newsroom.media("ada")["id"])
    newsroom.tag("Trade")
    published_at = (START - timedelta(days=1)).isoformat()
    for content in _contents(newsroom, "desk"):
        newsroom.publish(newsroom.draft(**content), published_at=published_at)
    with database.read() as session:
        editor = session.scalars(select(Article.updated_by).limit(1)).one()
    settings = newsroom.client.app.state.settings  # type: ignore[attr-defined]
    return Desk(now=clock(), by=editor or "", site=Site.of(settings))


def _prepared(database: Database, stories: list[ArchivedStory], desk: Desk) -> Prepared:
    with database.read_primary() as session:
        prepared = preparing.prepare(session, stories, desk)
    assert prepared is not None
    return prepared


def _put(database: Database, prepared: Prepared) -> bool:
    with database.write() as session:
        return putting.put(session, prepared)


def _rows(database: Database, ending: str) -> list[list[tuple[str, str]]]:
    with database.read() as session:
        articles = session.scalars(
            select(Article).where(Article.slug.endswith(ending)).order_by(Article.slug)
        ).all()
        rows = [rows_about(session, article) for article in articles]
    return [
        sorted((table, _alike(text, ending)) for table, text in about) for about in rows
    ]


def _alike(text: str, ending: str) -> str:
    # An editor's story comes from nowhere, and is written down as if all that is
    # nothing were where it comes from.
    return ORIGIN.sub(r"'\1': *", text.replace(f"-{ending}", "")).replace("None", "S")


def test_every_row_is_as_if_an_editor_had_published(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    assert _put(database, _prepared(database, _stories(newsroom), desk))

    bulk, edited = _rows(database, "wire"), _rows(database, "desk")
    assert len(bulk) == 4
    assert {table for table, _ in bulk[0]} > {"articles", "documents", "listings"}
    for one, other in zip(bulk, edited, strict=True):
        assert set(one) ^ set(other) == set()
        assert one == other


def test_readers_find_them_beside_the_editor_s(
    newsroom: Newsroom, desk: Desk, client: TestClient, database: Database
) -> None:
    _put(database, _prepared(database, _stories(newsroom), desk))

    for query in ("author=ada-reed", "tag=trade", "section=world/europe"):
        found = client.get(f"/v1/articles?{query}").json()["data"]
        endings = [each["slug"].partition("-")[2] for each in found]
        assert endings.count("wire") == endings.count("desk") > 0


def test_the_index_of_words_holds_them_beside_the_editor_s(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    _put(database, _prepared(database, _stories(newsroom), desk))

    by_fts = "SELECT count(*) FROM search_index WHERE search_index MATCH 'noon'"
    by_vector = "SELECT count(*) FROM search_entries WHERE vector @@ 'noon'::tsquery"
    with database.read() as session:
        asked = text(by_fts if database.is_sqlite else by_vector)
        assert session.execute(asked).scalar_one() == 2


def test_the_log_goes_on_without_a_gap_and_documents_know_their_place(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    before = log(database)
    _put(database, _prepared(database, _stories(newsroom), desk))

    rows = log(database)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    new = {row.resource_id: row.position for row in rows[len(before) :]}
    assert len(new) == 4
    assert {row.stream for row in rows} == {PUBLIC}
    with database.read() as session:
        stored = select(Document.id, Document.position).where(Document.id.in_(new))
        assert {row.id: row.position for row in session.execute(stored)} == new


def _rename(newsroom: Newsroom) -> None:
    ada = newsroom.send("GET", "/authors/ada-reed")
    newsroom.patch("authors", ada, name="Ada Reed-Holm")


def _move(newsroom: Newsroom) -> None:
    world = newsroom.send("GET", "/sections/world")
    newsroom.patch("sections", world, slug="abroad")


def _take(newsroom: Newsroom) -> None:
    newsroom.draft(slug="f2-wire")


@pytest.mark.parametrize("act", [_rename, _move, _take])
def test_what_has_aged_is_not_written(
    newsroom: Newsroom, desk: Desk, database: Database, act: Callable[[Newsroom], None]
) -> None:
    prepared = _prepared(database, _stories(newsroom), desk)
    act(newsroom)
    before = len(log(database))

    assert not _put(database, prepared)

    assert len(log(database)) == before
    with database.read() as session:
        wire = select(Article).where(Article.source == "wire")
        assert session.scalars(wire).all() == []


def test_whom_a_story_would_introduce_is_not_passed_over(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    bo = newsroom.author("Bo Holm")
    newsroom.published(authors=["bo-holm"])
    prepared = _prepared(database, [_story_of(bo)], desk)
    with database.write() as session:
        session.execute(delete(Document).where(Document.key == "bo-holm"))

    assert not _put(database, prepared)


def _story_of(author: Json) -> ArchivedStory:
    content = {"headline": "Hers", "slug": "hers", "section": "world"}
    data = checked(ArticleCreate, {**content, "authors": [author["id"]]})
    story = NewStory(data=data, source="wire", external_id="hers")
    return ArchivedStory(story, published_at=START)


def test_a_slug_that_has_to_be_chosen_is_not_made_ready(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    [story, *_] = _stories(newsroom)
    data = story.story.data.model_copy(update={"slug": None})
    unnamed = NewStory(data=data, source="wire", external_id="0")
    with database.read_primary() as session:
        stories = [ArchivedStory(unnamed, story.published_at)]
        assert preparing.prepare(session, stories, desk) is None


def test_a_story_of_a_later_day_is_not_made_ready(
    newsroom: Newsroom, desk: Desk, database: Database
) -> None:
    [story, *_] = _stories(newsroom)
    later = ArchivedStory(story.story, desk.now + timedelta(seconds=1))

    with database.read_primary() as session, pytest.raises(Invalid):
        preparing.prepare(session, [later], desk)


def test_loading_stopped_in_the_middle_goes_on_there(
    desk: Desk, database: Database
) -> None:
    with database.write() as session:
        reference.load(session, desk)

    def stop(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generated.fill(database, desk, 14, stop, size=3)
    told: list[tuple[int, int]] = []
    generated.fill(database, desk, 14, lambda *of: told.append(of), size=3)

    # Four of them are the editor's.
    assert told == [(3, 4), (4, 4)]
    with database.read() as session:
        made = select(Article.external_id).where(Article.source == SOURCE)
        assert sorted(int(each or 0) for each in session.scalars(made)) == [*range(10)]


@on_sqlite  # other processes read from either alike
def test_other_processes_make_the_same_ready(desk: Desk, database: Database) -> None:
    with database.write() as session:
        reference.load(session, desk)
    batches = [range(at, at + 1) for at in range(ahead.FEW + 1)]

    made = list(ahead.each(database, Drafting(desk), batches, processes=1))

    assert [batch for batch, _ in made] == batches
