"""Authors, tags and media as readers get them: one by name, and lists by name."""

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import page, refusal, slugs, walk
from tests.newsroom import Newsroom

TAGS = [
    ("Éire", "place"),
    ("European Union", "organisation"),
    ("Trade union", "topic"),
    ("Trade", "topic"),
    ("union flag", "keyword"),
    ("100% rule", "keyword"),
]


@pytest.fixture(scope="module")
def client(lasting_newsroom: Newsroom) -> TestClient:
    """Anybody who reads a newspaper with five authors and six tags."""
    portrait = lasting_newsroom.media("portrait")
    lasting_newsroom.author(
        "Ada Reed",
        role="Editor",
        bio="She sails.",
        portrait=portrait["id"],
        listed=True,
    )
    for name in ("Åse Berg", "bo lind", "Cleo Ray", "Zoë Abara"):
        lasting_newsroom.author(name, listed=True)
    lasting_newsroom.author("Hidden Hand")
    for name, kind in TAGS:
        lasting_newsroom.tag(name, kind=kind, listed=True)
    lasting_newsroom.tag("Union secret")
    return lasting_newsroom.client


def test_authors_are_listed_by_name_whatever_their_letters(client: TestClient) -> None:
    names = [author["name"] for author in page(client, path="/v1/authors")["data"]]

    assert names == ["Ada Reed", "Åse Berg", "bo lind", "Cleo Ray", "Zoë Abara"]


@pytest.mark.parametrize("path", ["/v1/authors", "/v1/tags"])
def test_pages_of_names_join_without_a_gap(client: TestClient, path: str) -> None:
    whole = slugs(client, path=path)

    pages = walk(client, "limit=2", path)

    assert [item["slug"] for each in pages for item in each["data"]] == whole
    assert [len(each["data"]) for each in pages[:-1]] == [2] * (len(pages) - 1)


def test_an_author_is_a_profile_with_a_portrait(client: TestClient) -> None:
    shown = client.get("/v1/authors/ada-reed").json()

    assert shown["url"] == "https://www.courier.example/authors/ada-reed"
    assert (shown["role"], shown["bio"]) == ("Editor", "She sails.")
    assert shown["portrait"]["alt"] == "The portrait"
    assert client.get(f"/v1/authors/{shown['id']}").json() == shown
    assert client.get(f"/v1/media/{shown['portrait']['id']}").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "100-rule eire european-union trade trade-union union-flag"),
        ("q=union", "european-union trade-union union-flag"),
        ("q=UNI", "european-union trade-union union-flag"),
        ("q=eire", "eire"),
        ("q=%C3%89i", "eire"),
        ("q=trade+u", "trade-union"),
        ("q=nion", ""),
        ("q=100%25", "100-rule"),
        ("q=%25", ""),
        ("q=_", ""),
        ("kind=topic", "trade trade-union"),
        ("kind=topic&q=union", "trade-union"),
        ("kind=person", ""),
    ],
)
def test_tags_are_found_by_kind_and_the_beginning_of_a_word(
    client: TestClient, query: str, found: str
) -> None:
    assert slugs(client, query, "/v1/tags") == found.split()


def test_a_tag_says_what_kind_it_is(client: TestClient) -> None:
    shown = client.get("/v1/tags/trade").json()

    assert (shown["name"], shown["kind"]) == ("Trade", "topic")
    assert shown["path"] == "/tags/trade"
    assert client.get(f"/v1/tags/{shown['id']}").json() == shown


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=mood", "kind"),
        ("q=", "q"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, query: str, parameter: str
) -> None:
    assert refusal(client, query, "/v1/tags")["parameter"] == parameter


def test_a_cursor_of_one_list_is_none_of_another(client: TestClient) -> None:
    cursor = page(client, "limit=1", "/v1/authors")["links"]["next"].split("=")[-1]

    assert refusal(client, f"cursor={cursor}", "/v1/tags")["parameter"] == "cursor"


@pytest.mark.parametrize(
    "path", ["authors/nobody", "authors/hidden-hand", "tags/union-secret", "media/x"]
)
def test_what_is_not_public_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/v1/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "world", "%2F" * 2001])
def test_a_path_to_resolve_begins_with_a_slash(client: TestClient, path: str) -> None:
    assert refusal(client, f"path={path}", "/v1/resolve")["parameter"] == "path"


@pytest.mark.parametrize("path", ["/authors/ada-reed", "/tags/trade"])
def test_pages_of_authors_and_tags_resolve(client: TestClient, path: str) -> None:
    found = page(client, [("path", path)], "/v1/resolve")

    assert (found["status"], found["location"]) == ("found", path)
    assert found["kind"] == path.split("/")[1].removesuffix("s")


@pytest.mark.parametrize(
    "path", ["/authors/ada-reed/", "/Authors/ada-reed", "/authors", "//tags/trade"]
)
def test_a_path_resolves_only_as_it_is_written(client: TestClient, path: str) -> None:
    assert page(client, [("path", path)], "/v1/resolve")["status"] == "unknown"
