"""Authors, tags and media: public with the first release that names them, or listed."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.newsroom import Json, Newsroom
from tests.publishing.backstage import events, log, position

MAKE: dict[str, dict[str, Any]] = {
    "authors": {"name": "Ada Reed"},
    "tags": {"name": "Trade"},
    "media": {
        "kind": "image",
        "url": "https://images.courier.example/quay.jpg",
        "width": 2400,
        "height": 1600,
        "alt": "The quay",
    },
}

KINDS = pytest.mark.parametrize("kind", list(MAKE))


def naming(kind: str, made: Json) -> Json:
    """Fill the field of a story that names such a thing."""
    if kind == "media":
        return {"lead_media": made["id"]}
    return {kind: [made["id"]]}


def is_public(client: TestClient, kind: str, made: Json) -> bool:
    answer = client.get(f"/v1/{kind}/{made['id']}")
    return bool(answer.status_code == 200)


@KINDS
def test_what_no_release_has_named_is_not_public(
    newsroom: Newsroom, client: TestClient, database: Database, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json=MAKE[kind])
    newsroom.draft(**naming(kind, made))

    assert not is_public(client, kind, made)
    if kind != "media":
        assert client.get(f"/v1/{kind}").json()["data"] == []
        path = f"/{kind}/{made['slug']}"
        found = client.get("/v1/resolve", params={"path": path}).json()
        assert found["status"] == "unknown"
    assert events(database) == ["section.created"]


@KINDS
def test_what_is_not_public_is_as_if_it_never_was(
    newsroom: Newsroom, client: TestClient, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json=MAKE[kind])

    hidden = client.get(f"/v1/{kind}/{made['id']}").json()
    never = client.get(f"/v1/{kind}/0198c0de-0000-7000-8000-000000000000").json()

    for problem in (hidden, never):
        del problem["instance"], problem["request_id"]
    assert hidden == never


@KINDS
def test_the_first_release_that_names_it_makes_it_public(
    newsroom: Newsroom, client: TestClient, database: Database, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json=MAKE[kind])
    first = newsroom.draft("One", **naming(kind, made))
    second = newsroom.draft("Two", **naming(kind, made))

    newsroom.publish(first)
    assert is_public(client, kind, made)

    at = position(database)
    newsroom.publish(second)
    assert events(database, at) == ["article.published"]


@KINDS
def test_what_is_listed_is_public_by_itself(
    newsroom: Newsroom, client: TestClient, database: Database, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json={**MAKE[kind], "listed": True})

    assert is_public(client, kind, made)
    assert events(database) == [f"{kind.removesuffix('s')}.created"]


@KINDS
def test_what_becomes_listed_becomes_public(
    newsroom: Newsroom, client: TestClient, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json=MAKE[kind])

    newsroom.patch(kind, made, listed=True)

    assert is_public(client, kind, made)


@pytest.mark.parametrize("kind", ["authors", "tags"])
def test_who_was_named_stays_public_when_the_story_drops_them(
    newsroom: Newsroom, client: TestClient, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json=MAKE[kind])
    article = newsroom.published(**naming(kind, made))

    newsroom.publish(newsroom.edit(article, authors=[], tags=[]))

    assert is_public(client, kind, made)


def test_an_unreleased_edit_names_nobody(
    newsroom: Newsroom, client: TestClient
) -> None:
    secret = newsroom.tag("Operation Heron")
    article = newsroom.published()

    newsroom.edit(article, tags=[secret["id"]])

    assert not is_public(client, "tags", secret)
    assert client.get("/v1/tags", params={"q": "heron"}).json()["data"] == []


def test_a_change_of_what_is_not_public_is_not_logged(
    newsroom: Newsroom, database: Database
) -> None:
    author, tag = newsroom.author(), newsroom.tag()

    newsroom.patch("authors", author, name="Ada Lovelace Reed")
    newsroom.patch("tags", tag, name="Free trade")

    assert log(database) == []


def test_pictures_in_the_body_and_portraits_become_public(
    newsroom: Newsroom, client: TestClient
) -> None:
    picture, portrait = newsroom.media("picture"), newsroom.media("portrait")
    newsroom.author("Ada Reed", portrait=portrait["id"])
    body = [{"type": "image", "media_id": picture["id"]}]

    newsroom.published(authors=["ada-reed"], body=body)

    assert is_public(client, "media", picture)
    assert is_public(client, "media", portrait)


@pytest.mark.parametrize("made", ["listed", "named"])
def test_the_portrait_of_a_public_author_is_public(
    newsroom: Newsroom, client: TestClient, made: str
) -> None:
    portrait = newsroom.media("portrait")
    author = newsroom.author("Ada Reed", listed=made == "listed")
    if made == "named":
        newsroom.published(authors=["ada-reed"])
        author = newsroom.send("GET", "/authors/ada-reed")

    newsroom.patch("authors", author, portrait=portrait["id"])

    shown = client.get("/v1/authors/ada-reed").json()["portrait"]
    assert client.get(f"/v1/media/{shown['id']}").status_code == 200
