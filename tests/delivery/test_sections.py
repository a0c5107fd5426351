"""Sections as readers get them: the tree, the flat list, and one of them."""

import pytest
from starlette.testclient import TestClient

from tests.newsroom import Json, Newsroom


@pytest.fixture(scope="module")
def client(lasting_newsroom: Newsroom) -> TestClient:
    """Anybody who reads a newspaper of six sections, in an order of their own."""
    lasting_newsroom.section("World", ordinal=2)
    lasting_newsroom.section("Business", ordinal=1, description="Money.")
    lasting_newsroom.section("Arts", ordinal=2)
    lasting_newsroom.section("Africa", parent="world", ordinal=5)
    lasting_newsroom.section("Europe", parent="world", ordinal=4)
    lasting_newsroom.section("Balkans", parent="world/europe")
    return lasting_newsroom.client


def names(branches: list[Json]) -> list[object]:
    """Write a tree as names, each with the list of those below it."""
    return [
        [branch["name"], names(branch["children"])]
        if branch["children"]
        else branch["name"]
        for branch in branches
    ]


def test_sections_are_a_tree_in_the_newspaper_s_order(client: TestClient) -> None:
    tree = client.get("/v1/sections").json()["data"]

    assert names(tree) == [
        "Business",
        "Arts",
        ["World", [["Europe", ["Balkans"]], "Africa"]],
    ]


def test_the_flat_list_goes_down_the_tree(client: TestClient) -> None:
    flat = client.get("/v1/sections?flat=true").json()["data"]

    assert [section["path"] for section in flat] == [
        "/business",
        "/arts",
        "/world",
        "/world/europe",
        "/world/europe/balkans",
        "/world/africa",
    ]
    assert "children" not in flat[0]


def test_one_section_has_its_children_and_the_way_to_it(client: TestClient) -> None:
    shown = client.get("/v1/sections/world/europe").json()

    assert shown["url"] == "https://www.courier.example/world/europe"
    assert [step["name"] for step in shown["breadcrumbs"]] == ["World", "Europe"]
    assert shown["parent"]["path"] == "/world"
    assert [child["path"] for child in shown["children"]] == ["/world/europe/balkans"]


def test_children_stand_in_the_newspaper_s_order(client: TestClient) -> None:
    shown = client.get("/v1/sections/world").json()

    assert [child["name"] for child in shown["children"]] == ["Europe", "Africa"]
    assert (shown["parent"], len(shown["breadcrumbs"])) == (None, 1)


def test_a_section_is_found_by_id(client: TestClient) -> None:
    by_path = client.get("/v1/sections/business").json()

    by_id = client.get(f"/v1/sections/{by_path['id']}").json()

    assert by_id == by_path
    assert by_id["description"] == "Money."


@pytest.mark.parametrize(
    "path", ["nowhere", "europe", "world/asia", "world/europe/", "World"]
)
def test_what_is_no_section_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/v1/sections/{path}").status_code == 404
