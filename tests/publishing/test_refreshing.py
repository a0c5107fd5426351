"""After a rename: the articles that carry the name are rendered again, in batches."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.kit.db import Database
from app.publishing import refreshing
from app.publishing.models import Refresh
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom
from tests.publishing.backstage import desk_at, events, log, position, refresh


class Crash(Exception):
    """The process ends here."""


def crash(_seconds: float) -> None:
    raise Crash


def names(client: TestClient) -> list[str]:
    """Read the authors of every article, newest first."""
    page = client.get("/v1/articles", params={"limit": 100}).json()["data"]
    return [article["authors"][0]["name"] for article in page]


@pytest.fixture
def many(newsroom: Newsroom) -> Json:
    """An author of more articles than one batch refreshes."""
    author = newsroom.author("Ada Reed")
    for number in range(refreshing.BATCH + 5):
        newsroom.published(f"Story {number}", authors=["ada-reed"])
    return author


def test_a_renamed_author_is_renamed_on_her_articles(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    author = newsroom.author("Ada Reed")
    article = newsroom.published(authors=["ada-reed"])
    before = client.get(f"/v1/articles/{article['id']}").json()
    clock.advance(days=1)

    newsroom.patch("authors", author, name="Ada Reed-Holm", slug="ada-reed-holm")
    refresh(database, clock)

    after = client.get(f"/v1/articles/{article['id']}").json()
    assert after["authors"][0]["path"] == "/authors/ada-reed-holm"
    assert after["byline"] == "Ada Reed-Holm"
    for name in ("version", "updated_at", "published_at", "change", "path"):
        assert after[name] == before[name]


def test_a_refresh_is_logged_as_such(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    author = newsroom.author("Ada Reed")
    article = newsroom.published(authors=["ada-reed"])
    at = position(database)

    newsroom.patch("authors", author, name="Ada Holm")
    refresh(database, clock)

    renamed, refreshed = log(database, at)
    assert renamed.event == "author.updated"
    assert refreshed.event == "article.refreshed"
    assert str(refreshed.resource_id) == article["id"]
    assert (refreshed.version, refreshed.change) == (1, "published")
    assert refreshed.facets_before == refreshed.facets_after


@pytest.mark.parametrize(
    "kind",
    ["tags", "sections"],
)
def test_a_renamed_tag_or_section_is_renamed_on_its_articles(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    kind: str,
) -> None:
    made = newsroom.send("POST", f"/{kind}", json={"name": "Before"})
    named: Json = {"tags": [made["id"]]} if kind == "tags" else {"section": made["id"]}
    article = newsroom.published(**named)

    newsroom.patch(kind, made, name="After")
    refresh(database, clock)

    shown = client.get(f"/v1/articles/{article['id']}").json()[kind]
    assert [reference["name"] for reference in shown] == ["After"]


def test_a_refresh_shows_what_was_released_and_nothing_newer(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    author = newsroom.author("Ada Reed")
    article = newsroom.published("Ferry returns", authors=["ada-reed"])
    newsroom.edit(article, headline="Not yet", authors=[])

    newsroom.patch("authors", author, name="Ada Holm")
    refresh(database, clock)

    shown = client.get(f"/v1/articles/{article['id']}").json()
    assert shown["headline"] == "Ferry returns"
    assert shown["authors"][0]["name"] == "Ada Holm"


def test_a_withdrawn_article_is_not_refreshed_and_comes_back_renamed(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    author = newsroom.author("Ada Reed")
    article = newsroom.withdraw(newsroom.published(authors=["ada-reed"]))
    newsroom.patch("authors", author, name="Ada Holm")

    refresh(database, clock)
    assert client.get(f"/v1/articles/{article['id']}").status_code == 410

    newsroom.restore(article)
    shown = client.get(f"/v1/articles/{article['id']}").json()
    assert shown["authors"][0]["name"] == "Ada Holm"


def test_nothing_is_logged_where_nothing_shown_has_changed(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    author = newsroom.author("Ada Reed")
    newsroom.published(authors=["ada-reed"])
    at = position(database)

    newsroom.patch("authors", author, bio="She joined the paper in 2019.")
    refresh(database, clock)

    assert events(database, at) == ["author.updated"]


@pytest.mark.parametrize("kind", ["authors", "tags", "sections"])
def test_a_change_that_changes_nothing_is_not_logged(
    newsroom: Newsroom, database: Database, clock: Clock, kind: str
) -> None:
    more = {} if kind == "sections" else {"listed": True}
    made = newsroom.send("POST", f"/{kind}", json={"name": "Same", **more})
    at = position(database)

    newsroom.patch(kind, made, name="Same")
    refresh(database, clock)

    assert events(database, at) == []


def test_a_refresh_that_was_interrupted_goes_on_where_it_was(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    many: Json,
) -> None:
    newsroom.patch("authors", many, name="Ada Holm")
    at = position(database)
    with pytest.raises(Crash):
        refreshing.run_pending(database, desk_at(clock), pause=crash)

    done = names(client).count("Ada Holm")
    assert 0 < done <= refreshing.BATCH
    assert names(client)[:done] == ["Ada Holm"] * done

    assert refresh(database, clock) == refreshing.BATCH + 5 - done
    assert set(names(client)) == {"Ada Holm"}
    refreshed = [row.resource_id for row in log(database, at)]
    assert len(refreshed) == len(set(refreshed)) == refreshing.BATCH + 5


def test_a_new_request_begins_at_the_top_again(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    many: Json,
) -> None:
    renamed = newsroom.patch("authors", many, name="Ada Holm")
    with pytest.raises(Crash):
        refreshing.run_pending(database, desk_at(clock), pause=crash)

    newsroom.patch("authors", renamed, name="Ada Voss")

    assert refresh(database, clock) == refreshing.BATCH + 5
    assert set(names(client)) == {"Ada Voss"}


def test_a_request_that_comes_in_the_middle_of_a_run_is_heard(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    clock: Clock,
    many: Json,
) -> None:
    renamed = newsroom.patch("authors", many, name="Ada Holm")
    pauses: list[float] = []

    def rename_once(seconds: float) -> None:
        if not pauses:
            newsroom.patch("authors", renamed, name="Ada Voss")
        pauses.append(seconds)

    refreshing.run_pending(database, desk_at(clock), pause=rename_once)

    assert set(names(client)) == {"Ada Voss"}


def test_a_finished_request_leaves_nothing_behind(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    author = newsroom.author("Ada Reed")
    newsroom.published(authors=["ada-reed"])
    newsroom.patch("authors", author, name="Ada Holm")

    refresh(database, clock)

    with database.read() as session:
        assert session.scalars(select(Refresh)).all() == []
    assert refresh(database, clock) == 0
