"""Media close when the last that shows them is gone, and open again with it."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import events, log, position

Act = Callable[[Newsroom, Json], object]


def withdraw(newsroom: Newsroom, article: Json) -> None:
    newsroom.withdraw(article)


def drop(newsroom: Newsroom, article: Json) -> None:
    newsroom.publish(newsroom.edit(article, lead_media=None, body=[]))


ENDS = pytest.mark.parametrize("end", [withdraw, drop])


def status(client: TestClient, asset: Json) -> int:
    return int(client.get(f"/v1/media/{asset['id']}").status_code)


@ENDS
def test_what_no_released_story_shows_any_more_is_gone(
    newsroom: Newsroom, client: TestClient, database: Database, end: Act
) -> None:
    lead, inside = newsroom.media("quay"), newsroom.media("crane")
    body = [{"type": "image", "media_id": inside["id"]}]
    article = newsroom.published(lead_media=lead["id"], body=body)
    answers = [client.get(f"/v1/media/{each['id']}") for each in (lead, inside)]
    at = position(database)

    end(newsroom, article)

    assert [status(client, each) for each in (lead, inside)] == [410, 410]
    assert events(database, at)[1:] == ["media.deleted", "media.deleted"]
    dropped = {key for row in log(database, at) for key in row.keys}
    for answer in answers:
        assert set(answer.headers["Surrogate-Key"].split()) <= dropped


@ENDS
def test_what_another_story_shows_stays(
    newsroom: Newsroom, client: TestClient, end: Act
) -> None:
    asset = newsroom.media()
    article = newsroom.published("One", lead_media=asset["id"])
    other = newsroom.published("Two", lead_media=asset["id"])

    end(newsroom, article)
    assert status(client, asset) == 200

    end(newsroom, other)
    assert status(client, asset) == 410


@ENDS
def test_what_is_listed_stays(newsroom: Newsroom, client: TestClient, end: Act) -> None:
    asset = newsroom.media(listed=True)

    end(newsroom, newsroom.published(lead_media=asset["id"]))

    assert status(client, asset) == 200


@ENDS
def test_the_portrait_of_a_public_author_stays(
    newsroom: Newsroom, client: TestClient, end: Act
) -> None:
    portrait = newsroom.media("ada")
    newsroom.author("Ada Reed", portrait=portrait["id"])

    end(newsroom, newsroom.published(lead_media=portrait["id"], authors=["ada-reed"]))

    assert status(client, portrait) == 200


def test_a_draft_that_shows_it_keeps_nothing_open(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media()
    newsroom.draft("Next week", lead_media=asset["id"])

    newsroom.withdraw(newsroom.published(lead_media=asset["id"]))

    assert status(client, asset) == 410


def test_a_restored_story_brings_its_pictures_back(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media()
    article = newsroom.published(lead_media=asset["id"])
    before = client.get(f"/v1/media/{asset['id']}").content

    newsroom.restore(newsroom.withdraw(article))

    assert client.get(f"/v1/media/{asset['id']}").content == before


def test_what_is_listed_no_more_closes(newsroom: Newsroom, client: TestClient) -> None:
    alone, shown = (newsroom.media(each, listed=True) for each in ("quay", "crane"))
    newsroom.published(lead_media=shown["id"])

    for asset in (alone, shown):
        newsroom.patch("media", asset, listed=False)

    assert [status(client, each) for each in (alone, shown)] == [410, 200]


def test_the_portrait_of_a_deleted_author_closes(
    newsroom: Newsroom, client: TestClient
) -> None:
    portrait = newsroom.media("ada")
    author = newsroom.author("Ada Reed", portrait=portrait["id"], listed=True)

    newsroom.send("DELETE", f"/authors/{author['id']}", headers=if_match(author))

    assert status(client, portrait) == 410
