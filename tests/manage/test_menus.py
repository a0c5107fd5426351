"""Menus: saved by key, with addresses looked up when somebody reads them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.newsroom import Newsroom, if_match

Item = dict[str, Any]

SHOP = {"label": "Shop", "url": "https://shop.courier.example/"}


def put(
    newsroom: Newsroom, key: str, *items: Item, **options: object
) -> dict[str, Any]:
    content = {"items": list(items)}
    return newsroom.send("PUT", f"/menus/{key}", json=content, **options)


def public(client: TestClient, key: str) -> list[Item]:
    response = client.get(f"/v1/menus/{key}")
    assert response.status_code == 200
    items: list[Item] = response.json()["items"]
    return items


def test_a_new_key_makes_a_menu(newsroom: Newsroom, client: TestClient) -> None:
    section = newsroom.section("World")

    made = newsroom.request(
        "PUT",
        "/menus/utility",
        json={"items": [SHOP, {"label": "World", "section": "world"}]},
    )

    assert made.status_code == 201
    assert made.headers["ETag"] == '"v1"'
    assert public(client, "utility") == [
        {**SHOP, "kind": None, "id": None, "items": []},
        {
            "label": "World",
            "url": "https://www.courier.example/world",
            "kind": "section",
            "id": section["id"],
            "items": [],
        },
    ]


def test_editors_read_a_menu_the_way_it_is_written(newsroom: Newsroom) -> None:
    section = newsroom.section("World")
    author = newsroom.author()
    made = put(
        newsroom,
        "main",
        {
            "label": "World",
            "section": "world",
            "items": [{"label": "Ada", "author": "ada-reed"}],
        },
    )

    again = newsroom.request(
        "PUT",
        "/menus/main",
        json={"items": made["items"]},
        headers=if_match(made),
    )

    [item] = made["items"]
    assert (item["section"], item["url"]) == (section["id"], None)
    assert item["items"][0]["author"] == author["id"]
    assert again.status_code == 200
    assert again.json() == made


def test_a_known_key_is_replaced_from_the_version_that_was_read(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = put(newsroom, "main", SHOP)
    content = {"items": [{**SHOP, "label": "Store"}]}

    blind = newsroom.request("PUT", "/menus/main", json=content)
    replaced = newsroom.request(
        "PUT", "/menus/main", json=content, headers=if_match(made)
    )
    stale = newsroom.request("PUT", "/menus/main", json=content, headers=if_match(made))

    assert [blind.status_code, replaced.status_code, stale.status_code] == [
        428,
        200,
        412,
    ]
    assert replaced.json()["version"] == 2
    assert public(client, "main")[0]["label"] == "Store"


def test_a_version_of_a_menu_that_is_not_there_does_not_match(
    newsroom: Newsroom,
) -> None:
    refused = newsroom.request(
        "PUT", "/menus/main", json={"items": []}, headers={"If-Match": '"v1"'}
    )

    assert refused.status_code == 412
    assert newsroom.request("GET", "/menus/main").status_code == 404


def test_a_menu_shows_only_what_is_public(
    newsroom: Newsroom, client: TestClient
) -> None:
    newsroom.section("World")
    draft = newsroom.draft("A secret", section="world")
    hidden = newsroom.tag("Inquiry")
    put(
        newsroom,
        "main",
        {"label": "Secret", "article": draft["id"]},
        {
            "label": "Inquiry",
            "tag": hidden["slug"],
            "items": [{"label": "World", "section": "world"}],
        },
    )

    [heading] = public(client, "main")

    assert (heading["url"], heading["kind"], heading["id"]) == (None, None, None)
    assert heading["items"][0]["url"] == "https://www.courier.example/world"


def test_an_article_appears_with_its_release_and_goes_with_its_withdrawal(
    newsroom: Newsroom, client: TestClient
) -> None:
    draft = newsroom.draft("Ferry returns")
    put(newsroom, "main", {"label": "Ferry", "article": draft["id"]})
    before = client.get("/v1/menus/main")

    published = newsroom.publish(draft)
    [item] = public(client, "main")
    newsroom.withdraw(published)

    assert item["url"] == f"https://www.courier.example{published['path']}"
    assert before.json()["items"] == []
    # The answer named all articles, and no draft: caches let go of it at a release.
    named = before.headers["Surrogate-Key"].split()
    assert "articles" in named
    assert f"article:{draft['id']}" not in named
    assert public(client, "main") == []


def test_a_moved_section_moves_in_every_menu(
    newsroom: Newsroom, client: TestClient
) -> None:
    section = newsroom.section("World")
    put(newsroom, "main", {"label": "World", "section": "world"})
    before = client.get("/v1/menus/main")

    newsroom.patch("sections", section, slug="abroad")

    after = client.get("/v1/menus/main")
    assert after.json()["items"][0]["url"] == "https://www.courier.example/abroad"
    assert after.headers["ETag"] != before.headers["ETag"]


def test_all_menus_are_filled_with_one_select(
    newsroom: Newsroom, client: TestClient, statements: list[str]
) -> None:
    newsroom.section("World")
    for key in ("main", "footer", "utility"):
        put(newsroom, key, {"label": "World", "section": "world"})
    statements.clear()

    listed = client.get("/v1/menus").json()["data"]

    assert {menu["key"] for menu in listed} == {"main", "footer", "utility"}
    assert {menu["items"][0]["url"] for menu in listed} == {
        "https://www.courier.example/world"
    }
    assert len([sql for sql in statements if sql.startswith("SELECT")]) == 3


def test_pages_of_menus_follow_each_other(
    newsroom: Newsroom, client: TestClient
) -> None:
    for key in ("main", "footer", "utility"):
        put(newsroom, key, SHOP)
    seen: list[str] = []
    url: str | None = "/v1/menus?limit=2"

    while url and len(seen) < 10:
        page = client.get(url).json()
        seen += [menu["key"] for menu in page["data"]]
        url = page["links"]["next"]

    assert sorted(seen) == ["footer", "main", "utility"]


def test_a_menu_with_many_targets_names_them_by_kind(
    newsroom: Newsroom, client: TestClient
) -> None:
    sections = [newsroom.section(f"Part {number}") for number in range(41)]
    items = [{"label": each["name"], "section": each["path"]} for each in sections]
    put(newsroom, "main", *items)

    named = client.get("/v1/menus/main").headers["Surrogate-Key"].split()

    assert "sections" in named
    assert not [key for key in named if key.startswith("section:")]


@pytest.mark.parametrize(
    ("item", "pointer"),
    [
        ({"label": "World", "section": "unknown"}, "/items/0/section"),
        ({"label": "World", "url": "/world"}, "/items/0/url"),
        ({**SHOP, "tag": "shopping"}, "/items/0"),
        ({"label": "x", "items": [{"label": ""}]}, "/items/0/items/0/label"),
        ({"label": "x", "colour": "red"}, "/items/0/colour"),
    ],
)
def test_a_refusal_points_at_the_item(
    newsroom: Newsroom, item: Item, pointer: str
) -> None:
    refused = newsroom.request("PUT", "/menus/main", json={"items": [item]})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


def test_a_key_is_written_like_a_slug(newsroom: Newsroom) -> None:
    refused = newsroom.request("PUT", "/menus/Main Menu", json={"items": []})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == "menu"


def test_a_deleted_menu_leaves_its_key_free(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = put(newsroom, "main", SHOP)

    newsroom.send("DELETE", "/menus/main", headers=if_match(made))

    assert client.get("/v1/menus/main").status_code == 404
    assert put(newsroom, "main", SHOP)["id"] != made["id"]
    assert client.get("/v1/menus/main").status_code == 200
