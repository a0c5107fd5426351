"""A resource in use cannot be deleted: 409 names its users."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import events, log, position

Naming = Callable[[Json], Json]


def _one(field: str) -> Naming:
    return lambda made: {field: made["id"]}


def _list(field: str) -> Naming:
    return lambda made: {field: [made["id"]]}


NEW: dict[str, Json] = {
    "authors": {"name": "Ada Reed"},
    "tags": {"name": "Trade"},
    "sections": {"name": "Business"},
    "sponsors": {"name": "Halyard Bank", "type": "sponsored"},
    "media": {
        "kind": "image",
        "url": "https://images.courier.example/quay.jpg",
        "width": 2400,
        "height": 1600,
        "alt": "The quay",
    },
}

USES = pytest.mark.parametrize(
    ("kind", "naming"),
    [
        pytest.param("authors", _list("authors"), id="author"),
        pytest.param("tags", _list("tags"), id="tag"),
        pytest.param("sections", _one("section"), id="section"),
        pytest.param("sections", _list("sections"), id="further section"),
        pytest.param("sponsors", _one("sponsor"), id="sponsor"),
        pytest.param("media", _one("lead_media"), id="lead picture"),
        pytest.param(
            "media",
            lambda made: {"body": [{"type": "image", "media_id": made["id"]}]},
            id="picture in the body",
        ),
    ],
)

NOTHING: dict[str, Any] = {
    "authors": [],
    "tags": [],
    "sections": [],
    "sponsor": None,
    "lead_media": None,
    "body": [],
}


def delete(newsroom: Newsroom, kind: str, made: Json) -> Response:
    path = f"/{kind}/{made['id']}"
    current = newsroom.send("GET", path)
    return newsroom.request("DELETE", path, headers=if_match(current))


def prepared(newsroom: Newsroom, kind: str) -> tuple[Json, Json]:
    """Make a thing to delete, and a section that stories can go to."""
    return newsroom.send("POST", f"/{kind}", json=NEW[kind]), newsroom.section("Other")


@USES
def test_what_a_draft_names_is_not_deleted(
    newsroom: Newsroom, kind: str, naming: Naming
) -> None:
    made, other = prepared(newsroom, kind)
    draft = newsroom.draft(**{"section": other["id"], **naming(made)})

    refused = delete(newsroom, kind, made)

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/in-use")
    details = [fault["detail"] for fault in refused.json()["errors"]]
    assert any(draft["slug"] in detail for detail in details)


@USES
def test_what_readers_still_see_is_not_deleted(
    newsroom: Newsroom, kind: str, naming: Naming
) -> None:
    made, other = prepared(newsroom, kind)
    article = newsroom.published(**{"section": other["id"], **naming(made)})
    newsroom.edit(article, **NOTHING, section=other["id"])

    assert delete(newsroom, kind, made).status_code == 409


@USES
def test_what_a_withdrawn_story_can_bring_back_is_not_deleted(
    newsroom: Newsroom, client: TestClient, kind: str, naming: Naming
) -> None:
    made, other = prepared(newsroom, kind)
    article = newsroom.published(**{"section": other["id"], **naming(made)})
    edited = newsroom.edit(newsroom.withdraw(article), **NOTHING, section=other["id"])

    assert delete(newsroom, kind, made).status_code == 409
    newsroom.restore(edited)
    assert client.get(f"/v1/articles/{article['id']}").status_code == 200


@USES
def test_what_no_story_names_any_more_is_deleted(
    newsroom: Newsroom, kind: str, naming: Naming
) -> None:
    made, other = prepared(newsroom, kind)
    article = newsroom.published(**{"section": other["id"], **naming(made)})
    newsroom.publish(newsroom.edit(article, **NOTHING, section=other["id"]))

    assert delete(newsroom, kind, made).status_code == 204
    assert newsroom.request("GET", f"/{kind}/{made['id']}").status_code == 404


def test_a_section_with_sections_below_it_is_not_deleted(newsroom: Newsroom) -> None:
    world = newsroom.section("World")
    newsroom.section("Europe", parent="world")

    refused = delete(newsroom, "sections", world)

    assert refused.status_code == 409
    assert "world/europe" in refused.json()["errors"][0]["detail"]


@pytest.mark.parametrize("kind", ["authors", "tags", "media"])
def test_a_deleted_resource_is_gone_and_logged(
    newsroom: Newsroom, client: TestClient, database: Database, kind: str
) -> None:
    made = newsroom.send("POST", f"/{kind}", json={**NEW[kind], "listed": True})
    answer = client.get(f"/v1/{kind}/{made['id']}")

    delete(newsroom, kind, made)

    assert client.get(f"/v1/{kind}/{made['id']}").status_code == 410
    row = log(database)[-1]
    assert row.event == f"{kind.removesuffix('s')}.deleted"
    assert set(answer.headers["Surrogate-Key"].split()) <= set(row.keys)


def test_the_deletion_of_what_nobody_saw_is_not_logged(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    tag = newsroom.tag("Operation Heron")

    delete(newsroom, "tags", tag)

    assert events(database) == []
    assert client.get("/v1/tags/operation-heron").status_code == 404


def test_the_slug_of_a_deleted_author_is_free_again(
    newsroom: Newsroom, client: TestClient
) -> None:
    delete(newsroom, "authors", newsroom.author("Ada Reed", listed=True))

    again = newsroom.author("Ada Reed", listed=True)

    assert client.get("/v1/authors/ada-reed").json()["id"] == again["id"]


def test_deleting_needs_the_version(newsroom: Newsroom, database: Database) -> None:
    tag = newsroom.tag(listed=True)
    at = position(database)

    blind = newsroom.request("DELETE", f"/tags/{tag['id']}")
    stale = newsroom.request(
        "DELETE", f"/tags/{tag['id']}", headers={"If-Match": '"v9"'}
    )

    assert (blind.status_code, stale.status_code) == (428, 412)
    assert log(database, at) == []


@pytest.mark.parametrize("way", ["related", "body"])
def test_a_draft_that_another_story_leads_to_is_not_deleted(
    newsroom: Newsroom, way: str
) -> None:
    draft = newsroom.draft("Wanted")
    leads = {"type": "related", "target_id": draft["id"]}
    more: Json = {"related": [draft["id"]]} if way == "related" else {"body": [leads]}
    user = newsroom.draft("User", **more)

    refused = delete(newsroom, "articles", draft)

    assert refused.status_code == 409
    assert any(user["slug"] in fault["detail"] for fault in refused.json()["errors"])


def test_a_draft_that_a_menu_leads_to_is_not_deleted(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    items = [{"label": "Soon", "article": draft["id"]}]
    newsroom.send("PUT", "/menus/main", json={"items": items})

    refused = delete(newsroom, "articles", draft)

    assert refused.status_code == 409
    assert refused.json()["errors"][0]["detail"] == "menu main"


def test_a_draft_that_no_story_leads_to_any_more_is_deleted(newsroom: Newsroom) -> None:
    draft = newsroom.draft("Wanted")
    user = newsroom.draft("User", related=[draft["id"]])
    newsroom.edit(user, related=[])

    assert delete(newsroom, "articles", draft).status_code == 204


def test_a_draft_that_only_leads_to_itself_is_deleted(newsroom: Newsroom) -> None:
    draft = newsroom.draft("Alone")
    leading = newsroom.edit(draft, related=[draft["id"]])

    assert delete(newsroom, "articles", leading).status_code == 204
