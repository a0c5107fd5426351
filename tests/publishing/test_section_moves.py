"""Sections: public when saved; moving one moves its subtree and leaves aliases."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import events, log, position, refresh


@pytest.fixture
def tree(newsroom: Newsroom) -> dict[str, Json]:
    """World with Europe and Balkans below it, and Business beside it."""
    return {
        "world": newsroom.section("World"),
        "europe": newsroom.section("Europe", parent="world"),
        "balkans": newsroom.section("Balkans", parent="world/europe"),
        "business": newsroom.section("Business"),
    }


def resolved(client: TestClient, path: str) -> Json:
    found: Json = client.get("/v1/resolve", params={"path": path}).json()
    return found


def listed(client: TestClient, section: str) -> list[str]:
    page = client.get("/v1/articles", params={"section": section}).json()
    return [article["slug"] for article in page["data"]]


def refused(newsroom: Newsroom, section: Json, **changes: object) -> Json:
    """Try a change that has to be refused."""
    answer = newsroom.request(
        "PATCH",
        f"/sections/{section['id']}",
        json=changes,
        headers=if_match(section),
    )
    problem: Json = answer.json()
    assert answer.is_client_error, answer.text
    return problem


def test_a_section_is_public_when_saved(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    made = newsroom.section("World")

    shown = client.get("/v1/sections/world").json()

    assert (shown["id"], shown["path"], shown["children"]) == (made["id"], "/world", [])
    assert resolved(client, "/world")["kind"] == "section"
    assert events(database) == ["section.created"]


def test_moving_a_section_moves_everything_below_it(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    newsroom.patch("sections", tree["europe"], parent="business", slug="eu")

    for old, new in (
        ("world/europe", "business/eu"),
        ("world/europe/balkans", "business/eu/balkans"),
    ):
        assert client.get(f"/v1/sections/{new}").json()["path"] == f"/{new}"
        moved = client.get(f"/v1/sections/{old}", follow_redirects=False)
        assert moved.status_code == 308
        assert moved.headers["Location"].endswith(f"/v1/sections/{new}")
        assert resolved(client, f"/{old}")["location"] == f"/{new}"
    way = client.get("/v1/sections/business/eu/balkans").json()["breadcrumbs"]
    assert [step["path"] for step in way] == [
        "/business",
        "/business/eu",
        "/business/eu/balkans",
    ]


def test_a_move_is_logged_for_each_section_with_its_aliases(
    newsroom: Newsroom, tree: dict[str, Json], database: Database
) -> None:
    before = position(database)

    newsroom.patch("sections", tree["europe"], parent="business")

    rows = log(database, before)
    assert [(row.event, row.path, row.paths) for row in rows] == [
        ("section.moved", "/business/europe", ["/world/europe"]),
        ("section.moved", "/business/europe/balkans", ["/world/europe/balkans"]),
    ]


def test_a_moved_section_is_found_in_lists_by_either_path(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    newsroom.published(slug="ferry", section="world/europe")

    newsroom.patch("sections", tree["europe"], parent="business")

    assert listed(client, "world/europe") == ["ferry"]
    assert listed(client, "business/europe") == ["ferry"]


def test_articles_move_between_ancestor_lists_with_the_refresh(
    newsroom: Newsroom,
    client: TestClient,
    tree: dict[str, Json],
    database: Database,
    clock: Clock,
) -> None:
    newsroom.published(slug="ferry", section="world/europe/balkans")
    newsroom.patch("sections", tree["europe"], parent="business")

    refresh(database, clock)

    assert listed(client, "world") == []
    assert listed(client, "business") == ["ferry"]
    assert listed(client, "business/europe") == ["ferry"]
    shown = client.get("/v1/articles/ferry").json()
    assert shown["section"]["path"] == "/business/europe/balkans"
    assert shown["path"] == "/world/europe/balkans/ferry"
    row = log(database)[-1]
    assert row.event == "article.refreshed"
    assert {
        f"articles:section:{tree[name]['id']}" for name in ("world", "business")
    } <= (set(row.keys))


def test_a_renamed_section_keeps_its_path(
    newsroom: Newsroom,
    client: TestClient,
    tree: dict[str, Json],
    database: Database,
    clock: Clock,
) -> None:
    newsroom.published(slug="ferry", section="world/europe")

    newsroom.patch("sections", tree["world"], name="The World")
    refresh(database, clock)

    below = client.get("/v1/sections/world/europe").json()
    assert [step["name"] for step in below["breadcrumbs"]] == ["The World", "Europe"]
    assert client.get("/v1/sections/world").json()["name"] == "The World"


def test_a_section_cannot_stand_below_itself(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    for parent in ("world", "world/europe/balkans"):
        problem = refused(newsroom, tree["world"], parent=parent)
        assert problem["status"] == 409
        assert problem["type"].endswith("/section-loop")
    assert client.get("/v1/sections/world/europe/balkans").status_code == 200


def test_sections_are_nested_eight_deep(newsroom: Newsroom) -> None:
    parent = newsroom.section("Level 1")
    for level in range(2, 9):
        parent = newsroom.section(f"Level {level}", parent=parent["id"])

    too_deep = newsroom.request(
        "POST", "/sections", json={"name": "Level 9", "parent": parent["id"]}
    )

    assert too_deep.status_code == 422
    assert too_deep.json()["errors"][0]["pointer"] == "/parent"


def test_a_move_cannot_push_a_subtree_too_deep(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    parent = newsroom.section("Level 1")
    for level in range(2, 7):
        parent = newsroom.section(f"Level {level}", parent=parent["id"])

    problem = refused(newsroom, tree["world"], parent=parent["id"])

    assert problem["status"] == 422
    assert client.get("/v1/sections/world/europe/balkans").status_code == 200


@pytest.mark.parametrize("slug", ["authors", "tags", "media", "feeds", "docs"])
def test_some_paths_are_kept_for_other_things(newsroom: Newsroom, slug: str) -> None:
    refusal = newsroom.request("POST", "/sections", json={"name": "X", "slug": slug})

    assert refusal.status_code == 422
    assert refusal.json()["errors"][0]["pointer"] == "/slug"


def test_a_reserved_word_is_free_below_another_section(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    newsroom.section("Authors", parent="business")

    assert client.get("/v1/sections/business/authors").status_code == 200


def test_siblings_share_no_slug_and_cousins_may(
    newsroom: Newsroom, tree: dict[str, Json]
) -> None:
    cousin = newsroom.section("Europe", parent="business", slug="europe")
    explicit = newsroom.request(
        "POST",
        "/sections",
        json={"name": "Europe", "slug": "europe", "parent": "world"},
    )
    derived = newsroom.section("Europe", parent="world")

    assert cousin["path"] == "business/europe"
    assert explicit.status_code == 409
    assert derived["path"] == "world/europe-2"


def test_a_move_onto_a_taken_path_is_refused(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    newsroom.section("Europe", parent="business")

    problem = refused(newsroom, tree["europe"], parent="business")

    assert problem["status"] == 409
    assert problem["type"].endswith("/slug-taken")
    assert client.get("/v1/sections/world/europe").status_code == 200


def test_a_new_section_takes_over_an_alias(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    newsroom.patch("sections", tree["business"], slug="money")

    fresh = newsroom.section("Business")

    assert client.get("/v1/sections/business").json()["id"] == fresh["id"]
    assert resolved(client, "/business")["id"] == fresh["id"]
    assert client.get("/v1/sections/money").json()["id"] == tree["business"]["id"]


def test_a_section_can_move_back(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    moved = newsroom.patch("sections", tree["europe"], parent="business")

    newsroom.patch("sections", moved, parent="world")

    assert resolved(client, "/world/europe/balkans")["status"] == "found"
    assert resolved(client, "/business/europe/balkans")["location"] == (
        "/world/europe/balkans"
    )


def test_a_section_moved_to_the_top_has_no_parent(
    newsroom: Newsroom, client: TestClient, tree: dict[str, Json]
) -> None:
    newsroom.patch("sections", tree["balkans"], parent=None)

    shown = client.get("/v1/sections/balkans").json()
    assert (shown["path"], shown["parent"]) == ("/balkans", None)
