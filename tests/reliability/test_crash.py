"""Whatever breaks, and whenever: readers have all of an act or nothing of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count

import pytest
from sqlalchemy import Connection, delete, event, insert, make_url, select
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.changes.log import PUBLIC
from app.changes.models import Change, StreamPosition
from app.delivery.store.models import Document
from app.kit.db import Database
from app.newsroom.articles import editing
from app.newsroom.articles.schemas import ArticleCreate
from app.publishing import refreshing, releasing
from app.publishing.desk import Desk
from app.publishing.models import Refresh
from app.publishing.releasing import Terms
from app.tables import metadata
from tests.newsroom import Json, Newsroom, if_match

Desks = Callable[[], Desk]
State = dict[str, list[str]]
Act = Callable[[Newsroom], tuple[str, str, Json, Json]]

STORIES = refreshing.BATCH + 5


class Killed(Exception):
    """The process is gone: nothing that comes after this line happens."""


def _first_release(newsroom: Newsroom) -> tuple[str, str, Json, Json]:
    portrait = newsroom.media("portrait")["id"]
    author = newsroom.author(portrait=portrait)["id"]
    named: Json = {"authors": [author], "tags": [newsroom.tag()["id"]]}
    draft = newsroom.draft(lead_media=newsroom.media()["id"], **named)
    return "POST", f"/articles/{draft['id']}/publish", draft, {}


def _release_with_new_slug(newsroom: Newsroom) -> tuple[str, str, Json, Json]:
    _, path, draft, _ = _first_release(newsroom)
    published = newsroom.publish(draft)
    edited = newsroom.edit(published, slug="other", tags=[], genre="opinion")
    return "POST", path, edited, {"note": "Another address."}


def _withdrawal(newsroom: Newsroom) -> tuple[str, str, Json, Json]:
    story = newsroom.published()
    return "POST", f"/articles/{story['id']}/withdraw", story, {"note": "Gone."}


def _move(newsroom: Newsroom) -> tuple[str, str, Json, Json]:
    world = newsroom.section("World")
    asia = newsroom.section("Asia", parent=world["id"])
    newsroom.published(section=asia["id"])
    return "PATCH", f"/sections/{world['id']}", world, {"slug": "abroad"}


ACTS = [_first_release, _release_with_new_slug, _withdrawal, _move]
IDS = ["first release", "new slug", "withdrawal", "moved section"]


@pytest.mark.parametrize("act", ACTS, ids=IDS)
def test_an_act_that_breaks_anywhere_leaves_nothing_behind(
    newsroom: Newsroom, database: Database, act: Act
) -> None:
    half_done, broken_at = _break_everywhere(newsroom, database, act)

    assert broken_at > 10
    assert half_done == []


def test_an_act_that_commits_as_it_goes_is_caught(
    newsroom: Newsroom, database: Database
) -> None:
    with _committing_as_it_goes(database):
        half_done, _ = _break_everywhere(newsroom, database, _first_release)

    assert half_done != []


def test_a_release_whose_commit_fails_is_no_release(
    newsroom: Newsroom, database: Database
) -> None:
    draft = newsroom.draft()
    before = _state(database)

    def fail(connection: Connection) -> None:
        if database.is_sqlite:
            raise OperationalError("COMMIT", None, Exception("disk I/O error"))
        driver = connection.connection.driver_connection
        assert driver
        driver.close()

    event.listen(database.engine, "commit", fail)
    answer = _publish(newsroom, draft)
    event.remove(database.engine, "commit", fail)

    assert answer == 503
    assert _state(database) == before
    assert _publish(newsroom, draft) == 200


def test_without_its_log_row_there_is_no_release(
    newsroom: Newsroom, database: Database
) -> None:
    draft = newsroom.draft()
    with database.engine.begin() as connection:
        counter = connection.execute(select(StreamPosition)).mappings().all()
        connection.execute(delete(StreamPosition))
    before = _state(database)

    answer = _publish(newsroom, draft)

    with database.engine.begin() as connection:
        after = _state(database)
        connection.execute(insert(StreamPosition), [dict(row) for row in counter])
    assert answer == 500
    assert after == before
    assert _publish(newsroom, draft) == 200


def test_a_database_that_cannot_write_is_a_503_and_nothing_else(
    newsroom: Newsroom, database: Database, client: TestClient
) -> None:
    draft = newsroom.draft()
    before = _state(database)

    with _obstructed(database):
        answer = _publish(newsroom, draft)
        read = client.get("/v1/articles")

    assert answer == 503
    assert (read.status_code, read.json()["data"]) == (200, [])
    assert _state(database) == before
    assert _publish(newsroom, draft) == 200


def test_a_refresh_goes_on_where_its_process_was_killed(
    newsroom: Newsroom, database: Database, desk: Desks
) -> None:
    _rename_an_author_of_many(newsroom, database, desk())

    def die(_seconds: float) -> None:
        raise Killed

    with pytest.raises(Killed):
        refreshing.run_pending(database, desk, pause=die)
    done_before = _refreshed(database)
    refreshing.run_pending(database, desk, pause=lambda _: None)

    assert 0 < len(done_before) < STORIES
    assert len(_refreshed(database)) == len(set(_refreshed(database))) == STORIES
    assert _shown(database, b"New Name") == STORIES
    assert _requests(database) == 0


def test_a_refresh_killed_inside_a_batch_does_that_batch_again(
    newsroom: Newsroom, database: Database, desk: Desks
) -> None:
    _rename_an_author_of_many(newsroom, database, desk())

    with _breaking(database, at=25), pytest.raises(OperationalError):
        refreshing.run_pending(database, desk, pause=lambda _: None)

    # A slow machine may have finished a batch before: what it did is whole.
    done = _refreshed(database)
    assert (_shown(database, b"New Name"), _requests(database)) == (len(done), 1)
    assert len(done) < STORIES
    refreshing.run_pending(database, desk, pause=lambda _: None)
    assert (_shown(database, b"New Name"), _requests(database)) == (STORIES, 0)
    assert len(set(_refreshed(database))) == len(_refreshed(database)) == STORIES


def test_a_refresh_that_forgets_its_request_is_caught(
    newsroom: Newsroom, database: Database, desk: Desks
) -> None:
    _rename_an_author_of_many(newsroom, database, desk())
    with database.write() as session:
        session.execute(delete(Refresh))

    refreshing.run_pending(database, desk, pause=lambda _: None)

    assert _shown(database, b"New Name") < STORIES


def _break_everywhere(
    newsroom: Newsroom, database: Database, act: Act
) -> tuple[list[int], int]:
    """Let the n-th statement fail for every n; list after which n half was done."""
    method, path, resource, content = act(newsroom)
    before = _state(database)
    half_done: list[int] = []
    for n in count(1):
        with _breaking(database, at=n):
            answer = newsroom.request(
                method, path, json=content, headers=if_match(resource)
            )
        if answer.is_success:
            return half_done, n
        if _state(database) != before:
            half_done.append(n)
        if answer.status_code != 503:
            return half_done, n
    raise AssertionError


@contextmanager
def _breaking(database: Database, *, at: int) -> Iterator[None]:
    """Let the n-th statement of the writing engine fail, as a lost connection does."""
    numbers = count(1)

    def fail(*_arguments: object) -> None:
        if next(numbers) == at:
            raise OperationalError("statement", None, Exception("connection lost"))

    event.listen(database.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", fail)


@contextmanager
def _committing_as_it_goes(database: Database) -> Iterator[None]:
    """The known-bad twin: every write is committed at once, not with the others."""

    def commit(
        _connection: Connection, cursor: object, statement: str, *_: object
    ) -> None:
        is_write = statement.startswith(("INSERT", "UPDATE", "DELETE"))
        if is_write and "RETURNING" not in statement:
            driver = cursor.connection  # type: ignore[attr-defined]
            driver.commit()
            if database.is_sqlite:
                driver.execute("BEGIN IMMEDIATE")

    event.listen(database.engine, "after_cursor_execute", commit)
    try:
        yield
    finally:
        event.remove(database.engine, "after_cursor_execute", commit)


@contextmanager
def _obstructed(database: Database) -> Iterator[None]:
    """Hold what every release waits for: SQLite's file, PostgreSQL's counter."""
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            counter = select(StreamPosition).where(StreamPosition.stream == PUBLIC)
            connection.execute(counter.with_for_update())
            yield
        return
    path = make_url(database.url).database
    assert path
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _rename_an_author_of_many(
    newsroom: Newsroom, database: Database, desk: Desk
) -> None:
    """Rename the author of more stories than one batch holds."""
    author = newsroom.author("Old Name")
    section = newsroom.section()
    with database.write() as session:
        for number in range(STORIES):
            story = ArticleCreate(
                headline=f"Story {number}",
                section=section["id"],
                authors=[author["id"]],
            )
            article = editing.create(session, story, by=desk.by, now=desk.now)
            releasing.release(session, article, Terms(), desk)
    newsroom.patch(
        "authors", newsroom.send("GET", f"/authors/{author['id']}"), name="New Name"
    )


def _publish(newsroom: Newsroom, draft: Json) -> int:
    path = f"/articles/{draft['id']}/publish"
    headers = if_match(draft)
    return newsroom.request("POST", path, json={}, headers=headers).status_code


def _state(database: Database) -> State:
    """Read every row of every table."""
    with database.read() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in metadata.sorted_tables
        }


def _refreshed(database: Database) -> list[str]:
    with database.read() as session:
        rows = session.scalars(
            select(Change.resource_id).where(Change.event == "article.refreshed")
        )
        return list(map(str, rows))


def _shown(database: Database, words: bytes) -> int:
    """Count the stories that say this."""
    with database.read() as session:
        rows = session.scalars(
            select(Document.detail).where(Document.kind == "article")
        )
        return sum(words in row for row in rows)


def _requests(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(Refresh)).all())
