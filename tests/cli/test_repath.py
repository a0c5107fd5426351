"""`broadsheet repath`: released articles follow their section, when told to."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.catching_up import catch_up
from tests.cli.conftest import Run
from tests.newsroom import Json, Newsroom
from tests.publishing.backstage import events, position

SAME_SITE = {
    "api_url": "https://api.courier.example",
    "site_url": "https://www.courier.example",
    "site_name": "The Courier",
}


@pytest.fixture
def article(newsroom: Newsroom) -> Json:
    """A story whose section has got another path since it was published."""
    section = newsroom.section("World")
    article = newsroom.published("Ferry returns", section="world")
    newsroom.patch("sections", section, slug="abroad")
    return article


def test_an_article_follows_its_section_and_its_old_path_redirects(
    article: Json,
    run: Run,
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
) -> None:
    before = client.get(f"/v1/articles/{article['id']}").json()
    at = position(database)

    ran = run("repath", database_url=database.url, **SAME_SITE)

    assert (ran.code, ran.lines[-1]) == (0, "Articles moved: 1.")
    catch_up(client)
    after = client.get(f"/v1/articles/{article['id']}").json()
    assert after["path"] == "/abroad/ferry-returns"
    assert (after["version"], after["updated_at"]) == (1, before["updated_at"])
    old = client.get("/v1/resolve", params={"path": article["path"]}).json()
    assert (old["http_status"], old["location"]) == (308, "/abroad/ferry-returns")
    assert events(database, at) == ["article.refreshed"]
    edited = newsroom.send("GET", f"/articles/{article['id']}")
    assert (edited["path"], edited["version"]) == ("/abroad/ferry-returns", 3)
    assert newsroom.publish(edited)["path"] == "/abroad/ferry-returns"


def test_a_second_run_finds_nothing_to_move(
    article: Json, run: Run, database: Database
) -> None:
    run("repath", database_url=database.url, **SAME_SITE)

    again = run("repath", database_url=database.url, **SAME_SITE)

    assert again.lines[-1] == "Articles moved: 0."


def test_a_dry_run_prints_the_moves_and_makes_none(
    article: Json, run: Run, client: TestClient, database: Database
) -> None:
    ran = run("repath", "--dry-run", database_url=database.url, **SAME_SITE)

    assert ran.lines[-2:] == [
        "/world/ferry-returns → /abroad/ferry-returns",
        "Articles that would move: 1.",
    ]
    catch_up(client)
    document = client.get(f"/v1/articles/{article['id']}").json()
    assert document["path"] == "/world/ferry-returns"


def test_an_article_stays_where_its_new_path_is_taken(
    article: Json, run: Run, newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    newsroom.section("Ferry returns", parent="abroad")

    ran = run("repath", database_url=database.url, **SAME_SITE)

    assert ran.code == 1
    assert ran.lines[-1] == (
        "/world/ferry-returns stays: /abroad/ferry-returns is taken."
    )
    catch_up(client)
    document = client.get(f"/v1/articles/{article['id']}").json()
    assert document["path"] == "/world/ferry-returns"


def test_working_content_alone_moves_nothing(
    run: Run, newsroom: Newsroom, database: Database
) -> None:
    newsroom.section("World")
    newsroom.section("Sport")
    article = newsroom.published(section="world")
    newsroom.edit(article, section="sport")

    ran = run("repath", database_url=database.url, **SAME_SITE)

    assert ran.lines[-1] == "Articles moved: 0."
