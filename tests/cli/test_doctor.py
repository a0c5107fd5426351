"""`broadsheet doctor`: all well is 0; whatever is not is named, and 1."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from app import doctor
from app.changes.models import Change, StreamPosition
from app.delivery.store.models import Document
from app.edge.purging import places
from app.edge.purging.endpoints import Endpoint
from app.edge.purging.lanes import LANES
from app.edge.purging.models import PurgePlace
from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.settings import Settings
from app.newsroom.articles.models import Article
from app.publishing.models import Refresh
from tests.cli.conftest import Ran, Run
from tests.cli.test_documents import SAME_SITE
from tests.newsroom import Newsroom


def _failed(ran: Ran) -> list[str]:
    """Name the subjects that are not well."""
    return [
        line.removeprefix("FAIL").partition(":")[0].strip()
        for line in ran.lines
        if line.startswith("FAIL")
    ]


@pytest.fixture
def paper(newsroom: Newsroom, database: Database) -> Newsroom:
    """A newspaper with a story, of now: the doctor looks at the real clock."""
    newsroom.published()
    with database.engine.begin() as connection:
        connection.execute(update(Change).values(at=system_clock()))
    return newsroom


def test_all_is_well_with_a_sound_newspaper(
    run: Run, paper: Newsroom, database: Database
) -> None:
    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert ran.code == 0, ran.out
    assert all(line.startswith("ok") for line in ran.lines)
    assert "at migration" in ran.out


def test_a_story_that_is_due_and_not_public_is_found(
    run: Run, paper: Newsroom, database: Database
) -> None:
    paper.schedule(paper.draft(), publish_at="2199-01-01T00:00:00Z")
    with database.engine.begin() as connection:
        late = system_clock() - timedelta(seconds=9)
        due = Article.publish_at.is_not(None)
        connection.execute(update(Article).where(due).values(publish_at=late))

    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert _failed(ran) == ["schedule"]
    assert "is a server or worker running?" in ran.out


def test_a_missing_database_is_found_and_not_made(run: Run, folder: Path) -> None:
    ran = run("doctor")

    assert ran.code == 1
    assert _failed(ran) == ["database"]
    assert "broadsheet migrate" in ran.out
    assert list(folder.iterdir()) == []


def test_a_server_that_is_away_is_found(run: Run) -> None:
    ran = run("doctor", database_url="postgresql://ada:hush@127.0.0.1:1/paper")

    assert ran.code == 1
    assert _failed(ran) == ["database"]
    assert "Connection refused" in ran.out
    assert "hush" not in ran.out


def test_tables_that_are_not_up_to_date_are_found(run: Run, url: str) -> None:
    with Database(url) as database, database.engine.begin() as connection:
        connection.execute(text("SELECT 1"))

    ran = run("doctor", database_url=url)

    assert ran.code == 1
    assert _failed(ran) == ["migrations"]
    assert "broadsheet migrate" in ran.out


def test_a_missing_table_is_found_by_name(run: Run, url: str) -> None:
    run("migrate", database_url=url)
    with Database(url) as database, database.engine.begin() as connection:
        connection.execute(text("DROP TABLE refreshes"))

    ran = run("doctor", database_url=url)

    assert ran.code == 1
    assert _failed(ran) == ["tables"]
    assert "missing: refreshes" in ran.out


def test_documents_of_an_old_shape_are_counted(
    run: Run, paper: Newsroom, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.execute(update(Document).values(shape="0-old"))

    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert ran.code == 1
    assert _failed(ran) == ["documents"]
    assert "2 were rendered" in ran.out
    assert "broadsheet render" in ran.out


def test_a_gap_in_the_log_is_found(
    run: Run, paper: Newsroom, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.execute(delete(Change).where(Change.position == 2))

    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert _failed(ran) == ["log"]


def test_a_log_that_was_forgotten_from_its_beginning_is_whole(
    run: Run, paper: Newsroom, database: Database
) -> None:
    with database.engine.begin() as connection:
        connection.execute(delete(Change).where(Change.position == 1))
        connection.execute(update(StreamPosition).values(floor=1))

    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert ran.code == 0, ran.out
    assert "position 2, 1 rows kept" in ran.out


def test_a_log_that_nobody_forgets_anything_of_is_found(
    run: Run, paper: Newsroom, database: Database
) -> None:
    with database.engine.begin() as connection:
        old = system_clock() - timedelta(days=32)
        connection.execute(update(Change).values(at=old))

    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert _failed(ran) == ["log retention"]
    assert "32 days old, 30 are to be kept" in ran.out


def test_a_refresh_that_nobody_works_off_is_found(
    run: Run, paper: Newsroom, database: Database
) -> None:
    long_ago = system_clock() - timedelta(hours=2)
    with database.write() as session:
        session.add(
            Refresh(
                facet_kind="author",
                facet_value="1",
                generation=1,
                requested_at=long_ago,
            )
        )

    ran = run("doctor", database_url=database.url, **SAME_SITE)

    assert _failed(ran) == ["refreshes"]
    assert "is a server running?" in ran.out


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_clock_that_is_wrong_is_found(
    paper: Newsroom, database: Database, minutes: int
) -> None:
    now = system_clock() + timedelta(minutes=minutes)
    settings = Settings(database_url=database.url)

    findings = doctor.examine(database, settings, now=now)

    unwell = {each.subject for each in findings if not each.is_well} - {"documents"}
    expected = set() if database.is_sqlite else {"clock"}
    assert unwell == expected | ({"last change"} if minutes < 0 else set())


def test_a_cache_that_is_behind_is_found_with_what_it_answers(
    run: Run, paper: Newsroom, database: Database
) -> None:
    cache = Endpoint("purge+http://127.0.0.1:1")
    settings = {**SAME_SITE, "purge_urls": cache.name}
    with database.write() as session:
        for lane in LANES:
            places.begin(session, cache, lane)
    on_time = run("doctor", database_url=database.url, **settings)
    with database.engine.begin() as connection:
        late = system_clock() - timedelta(minutes=2)
        connection.execute(update(Change).values(at=late))
        refused = {"position": 0, "attempts": 9, "error": "ConnectError"}
        connection.execute(update(PurgePlace).values(**refused))

    ran = run("doctor", database_url=database.url, **settings)

    assert on_time.code == 0
    assert _failed(ran) == ["purges at 127.0.0.1"]
    assert "9 attempts failed (ConnectError)" in ran.out


def test_a_cache_that_nobody_tells_anything_is_found(
    run: Run, paper: Newsroom, database: Database
) -> None:
    ran = run(
        "doctor",
        database_url=database.url,
        purge_urls="purge+http://127.0.0.1:1",
        **SAME_SITE,
    )

    assert _failed(ran) == ["purges at 127.0.0.1"]
