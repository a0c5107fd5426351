"""Everything that a page shows, in one answer of `/v1/resolve`."""

from collections.abc import Sequence

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import refusal
from tests.delivery.stories import four_stories
from tests.newsroom import Json, Newsroom, if_match, paragraph

ALL = "resource,menus,related"
PARTS = ("resource", "breadcrumbs", "menus", "related")


@pytest.fixture
def reader(newsroom: Newsroom) -> TestClient:
    """A reader of a newspaper with four stories, one that leads to another, a menu."""
    four_stories(newsroom)
    one = newsroom.send("GET", "/articles/one")
    leads_on = [paragraph(), {"type": "related", "target_id": one["id"]}]
    guide = newsroom.published("A guide", slug="guide", section="world", body=leads_on)
    items = [{"label": "Guide", "article": guide["id"]}]
    newsroom.send("PUT", "/menus/main", json={"items": items})
    newsroom.withdraw(newsroom.published("Gone", slug="gone", section="world"))
    renamed = newsroom.published("Old", slug="old-slug", section="world")
    newsroom.publish(newsroom.edit(renamed, slug="new-slug"))
    return newsroom.client


def page(reader: TestClient, path: str, include: str = ALL) -> Json:
    answer = reader.get("/v1/resolve", params={"path": path, "include": include})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/world/guide", "articles/guide"),
        ("/world", "sections/world"),
        ("/authors/ada", "authors/ada"),
        ("/tags/nato", "tags/nato"),
    ],
)
def test_the_resource_is_what_its_own_route_answers(
    reader: TestClient, path: str, route: str
) -> None:
    shown = page(reader, path)

    assert (shown["status"], shown["location"]) == ("found", path)
    assert shown["resource"] == reader.get(f"/v1/{route}").json()
    assert shown["menus"] == reader.get("/v1/menus").json()["data"]


def test_beside_a_story_stands_what_is_related_to_it(reader: TestClient) -> None:
    shown = page(reader, "/world/guide")

    beside = reader.get("/v1/articles/guide/related?limit=10").json()["data"]
    assert shown["related"] == beside != []
    section = reader.get("/v1/sections/world").json()
    assert shown["breadcrumbs"] == section["breadcrumbs"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/world", "section=world"),
        ("/authors/ada", "author=ada"),
        ("/tags/nato", "tag=nato"),
    ],
)
def test_anything_else_has_its_newest_stories_beside_it(
    reader: TestClient, path: str, query: str
) -> None:
    shown = page(reader, path)

    newest = reader.get(f"/v1/articles?{query}&limit=10").json()["data"]
    assert shown["related"] == newest != []


@pytest.mark.parametrize("path", ["/world/gone", "/world/old-slug", "/nowhere"])
def test_where_nothing_lives_nothing_is_gathered(reader: TestClient, path: str) -> None:
    assert [page(reader, path)[part] for part in PARTS] == [None] * 4


def test_what_is_not_asked_for_is_not_there(reader: TestClient) -> None:
    plain = reader.get("/v1/resolve", params={"path": "/world/guide"}).json()
    menus = page(reader, "/world/guide", "menus")

    assert not plain.keys() & set(PARTS)
    assert menus.keys() & set(PARTS) == {"menus"}


@pytest.mark.parametrize("include", ["body", "resource,", "", "menus;related"])
def test_a_part_that_there_is_not_is_refused(reader: TestClient, include: str) -> None:
    query = f"path=/world&include={include}"

    assert refusal(reader, query, "/v1/resolve")["parameter"] == "include"


def test_the_answer_changes_with_any_part_of_it(
    newsroom: Newsroom, reader: TestClient
) -> None:
    seen: Sequence[object] = []

    def read() -> None:
        nonlocal seen
        answer = reader.get(f"/v1/resolve?path=/world/guide&include={ALL}")
        assert answer.headers["ETag"] not in seen
        seen = [*seen, answer.headers["ETag"]]

    read()
    menu = newsroom.send("GET", "/menus/main")
    newsroom.send("PUT", "/menus/main", json={"items": []}, headers=if_match(menu))
    read()
    newsroom.published("Beside it", section="world")
    read()
    one = newsroom.send("GET", "/articles/one")
    newsroom.publish(newsroom.edit(one, headline="Another"))
    read()
    newsroom.patch("sections", newsroom.send("GET", "/sections/world"), name="Globe")
    read()


def test_an_article_is_whole_while_its_section_moves(newsroom: Newsroom) -> None:
    section = newsroom.section("Moving")
    newsroom.published("Boats", slug="boats", section="moving")
    newsroom.patch("sections", section, slug="moved")
    asked = {"path": "/moving/boats", "include": "resource"}

    answer = newsroom.client.get("/v1/resolve", params=asked)

    assert answer.status_code == 200
    assert [each["path"] for each in answer.json()["breadcrumbs"]] == ["/moved"]


def test_every_alternate_is_there_in_the_form_it_says(newsroom: Newsroom) -> None:
    newsroom.section("World")
    author, tag = newsroom.author(listed=True), newsroom.tag(listed=True)
    newsroom.published("Boats", slug="boats", section="world")
    named = [f"/authors/{author['slug']}", f"/tags/{tag['slug']}"]
    for path in ("/", "/world", "/world/boats", *named):
        asked = {"path": path, "include": "resource"}
        page = newsroom.client.get("/v1/resolve", params=asked).json()
        assert len(page["alternates"]) == 4
        for each in page["alternates"]:
            answer = newsroom.client.get(each["href"])
            assert answer.status_code == 200, each
            assert answer.headers["content-type"].partition(";")[0] == each["type"]
