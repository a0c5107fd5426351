"""Published and edited again: readers keep the release until there is a next one."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import START, Clock
from tests.newsroom import Json, Newsroom, if_match, paragraph
from tests.publishing.backstage import events, log, position


def stamp(**later: float) -> str:
    moment = START + timedelta(**later)
    return moment.isoformat().replace("+00:00", "Z")


def read(client: TestClient, article: Json) -> Json:
    shown: Json = client.get(f"/v1/articles/{article['id']}").json()
    return shown


def test_an_edit_changes_nothing_public(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    article = newsroom.published("Ferry returns")
    before = client.get(f"/v1/articles/{article['id']}")
    at = position(database)

    edited = newsroom.edit(
        article,
        headline="Ferry sinks",
        slug="ferry-sinks",
        body=[paragraph("It sank.")],
    )

    after = client.get(f"/v1/articles/{article['id']}")
    assert (edited["state"], edited["has_unreleased_changes"]) == ("published", True)
    assert after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]
    assert client.get("/v1/articles/ferry-sinks").status_code == 404
    assert events(database, at) == []


def test_a_second_release_raises_the_public_version(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    article = newsroom.published("Ferry returns")
    edited = newsroom.edit(article, headline="Ferry returns early")
    clock.advance(hours=1)

    newsroom.publish(edited, note="New times")

    shown = read(client, article)
    assert (shown["version"], shown["change"]) == (2, "updated")
    assert shown["headline"] == "Ferry returns early"
    row = log(database)[-1]
    assert (row.event, row.version, row.change) == ("article.updated", 2, "updated")


def test_updated_at_moves_with_the_content_and_published_at_does_not(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    article = newsroom.published()
    edited = newsroom.edit(article, standfirst="After a year.")
    clock.advance(hours=1)

    newsroom.publish(edited)

    shown = read(client, article)
    assert shown["updated_at"] == stamp(hours=1)
    assert shown["published_at"] == shown["first_published_at"] == stamp()


def test_updated_at_stays_when_a_release_changes_no_content(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    article = newsroom.published()
    clock.advance(hours=1)

    newsroom.publish(article)

    assert read(client, article)["updated_at"] == stamp()
    assert read(client, article)["version"] == 2


def test_an_edit_and_its_undoing_change_no_content(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    article = newsroom.published("Ferry returns")
    edited = newsroom.edit(article, headline="Ferry sinks")
    undone = newsroom.edit(edited, headline="Ferry returns")
    clock.advance(hours=1)

    newsroom.publish(undone)

    assert read(client, article)["updated_at"] == stamp()


def test_a_minor_release_says_so(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    article = newsroom.published()
    edited = newsroom.edit(article, standfirst="After a year away.")

    newsroom.publish(edited, minor=True)

    assert read(client, article)["change"] == "minor"
    row = log(database)[-1]
    assert (row.event, row.change) == ("article.updated", "minor")


def test_a_first_release_is_never_minor(newsroom: Newsroom, client: TestClient) -> None:
    article = newsroom.publish(newsroom.draft(), minor=True)

    assert read(client, article)["change"] == "published"


def test_an_archived_story_is_published_in_the_past(
    newsroom: Newsroom, client: TestClient
) -> None:
    new = newsroom.published("Today")
    old = newsroom.published("Long ago", published_at="1999-03-01T06:00:00Z")

    shown = read(client, old)
    page = client.get("/v1/articles").json()["data"]

    assert shown["published_at"] == "1999-03-01T06:00:00Z"
    assert shown["updated_at"] == "1999-03-01T06:00:00Z"
    assert [each["id"] for each in page] == [new["id"], old["id"]]


def test_nothing_is_published_in_the_future(
    newsroom: Newsroom, client: TestClient
) -> None:
    draft = newsroom.draft()

    refused = newsroom.request(
        "POST",
        f"/articles/{draft['id']}/publish",
        json={"published_at": stamp(seconds=1)},
        headers=if_match(draft),
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/published_at"
    assert client.get(f"/v1/articles/{draft['id']}").status_code == 404
    assert newsroom.send("GET", f"/articles/{draft['id']}")["version"] == 1


def test_an_editor_can_set_the_time_of_a_published_story(
    newsroom: Newsroom, client: TestClient
) -> None:
    article = newsroom.published("One", published_at="2026-05-01T06:00:00Z")
    other = newsroom.published("Two", published_at="2026-05-02T06:00:00Z")

    newsroom.publish(article, published_at="2026-05-03T06:00:00Z")

    page = client.get("/v1/articles").json()["data"]
    assert [each["id"] for each in page] == [article["id"], other["id"]]
    assert read(client, article)["published_at"] == "2026-05-03T06:00:00Z"


def test_a_release_moves_the_article_between_lists(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    newsroom.tag("Trade")
    newsroom.tag("Fish")
    article = newsroom.published(tags=["trade"])

    newsroom.publish(newsroom.edit(article, tags=["fish"]))

    def listed(tag: str) -> int:
        return len(client.get("/v1/articles", params={"tag": tag}).json()["data"])

    assert (listed("trade"), listed("fish")) == (0, 1)
    row = [row for row in log(database) if row.event == "article.updated"][-1]
    assert row.facets_before != row.facets_after


@pytest.mark.parametrize("if_match_header", [{}, {"If-Match": '"v9"'}])
def test_publishing_says_which_version_it_means(
    newsroom: Newsroom, client: TestClient, if_match_header: dict[str, str]
) -> None:
    draft = newsroom.draft()

    refused = newsroom.request(
        "POST", f"/articles/{draft['id']}/publish", json={}, headers=if_match_header
    )

    assert refused.status_code == (412 if if_match_header else 428)
    assert client.get(f"/v1/articles/{draft['id']}").status_code == 404
