"""Addresses: fixed at the first release, and old ones go on answering."""

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from app.delivery.store import addresses
from app.delivery.store.addresses import AddressTaken
from app.kit.db import Database
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import log, refresh


def resolved(client: TestClient, path: str) -> Json:
    found: Json = client.get("/v1/resolve", params={"path": path}).json()
    return found


def renamed(newsroom: Newsroom, article: Json, slug: str) -> Json:
    """Give an article another slug, and publish that."""
    return newsroom.publish(newsroom.edit(article, slug=slug))


def test_an_old_slug_leads_to_the_new_one_with_its_query(
    newsroom: Newsroom, client: TestClient
) -> None:
    renamed(newsroom, newsroom.published(slug="ferry"), "big-ferry")

    old = client.get(
        "/v1/articles/ferry?body=html&fields=body_html", follow_redirects=False
    )

    assert old.status_code == 308
    assert old.headers["Location"] == (
        "https://api.courier.example/v1/articles/big-ferry?body=html&fields=body_html"
    )
    assert "max-age" in old.headers["Cache-Control"]


def test_an_old_slug_leads_on_from_beside_the_article(
    newsroom: Newsroom, client: TestClient
) -> None:
    renamed(newsroom, newsroom.published(slug="ferry"), "big-ferry")

    old = client.get("/v1/articles/ferry/related?by=author", follow_redirects=False)

    assert old.status_code == 308
    assert old.headers["Location"] == (
        "https://api.courier.example/v1/articles/big-ferry/related?by=author"
    )


def test_an_old_path_has_moved(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    article = newsroom.published(slug="ferry")
    renamed(newsroom, article, "big-ferry")

    old = resolved(client, "/world/ferry")

    assert (old["status"], old["http_status"]) == ("moved", 308)
    assert (old["location"], old["id"]) == ("/world/big-ferry", article["id"])
    row = log(database)[-1]
    assert (row.path, row.paths) == ("/world/big-ferry", ["/world/ferry"])


def test_every_old_slug_leads_straight_to_the_latest(
    newsroom: Newsroom, client: TestClient
) -> None:
    article = newsroom.published(slug="one")
    renamed(newsroom, renamed(newsroom, article, "two"), "three")

    for slug in ("one", "two"):
        old = client.get(f"/v1/articles/{slug}", follow_redirects=False)
        assert old.headers["Location"].endswith("/v1/articles/three")
        assert resolved(client, f"/world/{slug}")["location"] == "/world/three"


def test_a_slug_that_comes_back_is_live_again(
    newsroom: Newsroom, client: TestClient
) -> None:
    article = newsroom.published(slug="one")
    renamed(newsroom, renamed(newsroom, article, "two"), "one")

    assert client.get("/v1/articles/one").json()["path"] == "/world/one"
    assert resolved(client, "/world/one")["status"] == "found"
    assert resolved(client, "/world/two")["status"] == "moved"


def test_a_new_slug_moves_nothing_before_its_release(
    newsroom: Newsroom, client: TestClient
) -> None:
    newsroom.edit(newsroom.published(slug="one"), slug="two")

    assert client.get("/v1/articles/one").status_code == 200
    assert resolved(client, "/world/two")["status"] == "unknown"


def test_a_live_path_beats_an_alias(newsroom: Newsroom, client: TestClient) -> None:
    first = renamed(newsroom, newsroom.published(slug="ferry"), "old-ferry")

    second = newsroom.published(slug="ferry")

    assert client.get("/v1/articles/ferry").json()["id"] == second["id"]
    assert resolved(client, "/world/ferry")["id"] == second["id"]
    assert client.get("/v1/articles/old-ferry").json()["id"] == first["id"]


def test_a_slug_that_readers_still_have_is_not_given_away(
    newsroom: Newsroom, client: TestClient
) -> None:
    first = newsroom.published(slug="ferry")
    newsroom.edit(first, slug="old-ferry")
    second = newsroom.draft(slug="ferry")

    refused = newsroom.request(
        "POST", f"/articles/{second['id']}/publish", json={}, headers=if_match(second)
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/address-taken")
    assert client.get("/v1/articles/ferry").json()["id"] == first["id"]


def test_an_article_keeps_its_path_when_it_changes_section(
    newsroom: Newsroom, client: TestClient
) -> None:
    newsroom.section("World")
    newsroom.section("Business")
    article = newsroom.published(slug="ferry", section="world")

    newsroom.publish(newsroom.edit(article, section="business"))

    shown = client.get(f"/v1/articles/{article['id']}").json()
    assert shown["path"] == "/world/ferry"
    assert shown["section"]["path"] == "/business"
    assert resolved(client, "/world/ferry")["status"] == "found"


def test_a_new_slug_changes_only_the_end_of_the_path(
    newsroom: Newsroom, client: TestClient
) -> None:
    newsroom.section("World")
    newsroom.section("Business")
    article = newsroom.published(slug="ferry", section="world")

    newsroom.publish(newsroom.edit(article, section="business", slug="boat"))

    assert client.get("/v1/articles/boat").json()["path"] == "/world/boat"


def test_an_article_keeps_its_path_when_its_section_moves(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    world = newsroom.section("World")
    newsroom.published(slug="ferry", section="world")

    newsroom.patch("sections", world, slug="planet")
    refresh(database, clock)

    shown = client.get("/v1/articles/ferry").json()
    assert (shown["path"], shown["section"]["path"]) == ("/world/ferry", "/planet")
    assert resolved(client, "/world/ferry")["status"] == "found"


def test_a_story_and_a_section_cannot_share_a_path(
    newsroom: Newsroom, client: TestClient
) -> None:
    newsroom.section("World")
    newsroom.section("Africa", parent="world")
    draft = newsroom.draft(slug="africa", section="world")
    newsroom.published(slug="asia", section="world")

    story = newsroom.request(
        "POST", f"/articles/{draft['id']}/publish", json={}, headers=if_match(draft)
    )
    section = newsroom.request(
        "POST", "/sections", json={"name": "Asia", "slug": "asia", "parent": "world"}
    )

    assert (story.status_code, section.status_code) == (409, 409)
    assert resolved(client, "/world/africa")["kind"] == "section"
    assert resolved(client, "/world/asia")["kind"] == "article"


@pytest.mark.parametrize(
    ("kind", "name"), [("authors", "Ada Reed"), ("tags", "Free ports")]
)
def test_an_author_and_a_tag_answer_under_their_old_slugs(
    newsroom: Newsroom, client: TestClient, kind: str, name: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json={"name": name, "listed": True})

    newsroom.patch(kind, made, slug="renamed")

    old = client.get(f"/v1/{kind}/{made['slug']}", follow_redirects=False)
    assert old.status_code == 308
    assert old.headers["Location"].endswith(f"/v1/{kind}/renamed")
    moved = resolved(client, f"/{kind}/{made['slug']}")
    assert (moved["status"], moved["location"]) == ("moved", f"/{kind}/renamed")


def test_what_never_was_is_unknown(client: TestClient) -> None:
    unknown = resolved(client, "/nowhere/at-all")

    assert (unknown["status"], unknown["http_status"]) == ("unknown", 404)
    assert [unknown[name] for name in ("location", "kind", "id", "note")] == [None] * 4


def test_of_two_new_resources_neither_gets_the_address_of_the_other(
    database: Database,
) -> None:
    new = [
        ("author", uuid4(), ["/authors/ada"]),
        ("article", uuid4(), ["/authors/ada"]),
    ]

    with pytest.raises(AddressTaken), database.write() as session:
        addresses.settle_new(session, new)
