"""What stands beside an article: more by its author, in its section, on its topic."""

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import refusal, slugs, walk
from tests.newsroom import Newsroom

STORIES = {
    "first": ("world/europe", ["ada"], ["nato"]),
    "second": ("world/europe", ["bo"], ["nato", "eu"]),
    "third": ("world", ["ada", "bo"], ["eu"]),
    "fourth": ("world/europe/north", ["ada"], []),
    "fifth": ("sport", ["ada"], ["nato"]),
    "alone": ("sport", [], []),
}


@pytest.fixture(scope="module")
def paper(lasting_newsroom: Newsroom) -> Newsroom:
    """Six stories, published one day after the other, and a withdrawn one."""
    lasting_newsroom.section("World")
    lasting_newsroom.section("Europe", parent="world")
    lasting_newsroom.section("North", parent="world/europe")
    lasting_newsroom.section("Sport")
    for name in ("Ada", "Bo"):
        lasting_newsroom.author(name)
    for name in ("NATO", "EU"):
        lasting_newsroom.tag(name)
    for day, (slug, (section, authors, tags)) in enumerate(STORIES.items(), start=1):
        draft = lasting_newsroom.draft(
            slug, slug=slug, section=section, authors=authors, tags=tags
        )
        at = f"2026-05-{day:02}T06:00:00Z"
        lasting_newsroom.publish(draft, published_at=at)
    gone = lasting_newsroom.published("Gone", section="world/europe", authors=["ada"])
    lasting_newsroom.withdraw(gone, note="An error.")
    return lasting_newsroom


@pytest.fixture
def client(paper: Newsroom) -> TestClient:
    """Anybody who reads them."""
    return paper.client


@pytest.mark.parametrize(
    ("slug", "by", "found"),
    [
        ("first", "author", "fifth fourth third"),
        ("third", "author", "fifth fourth second first"),
        ("alone", "author", ""),
        ("first", "section", "fourth second"),
        ("third", "section", "fourth second first"),
        ("fourth", "section", ""),
        ("first", "tags", "fifth second"),
        ("second", "tags", "fifth third first"),
        ("alone", "tags", ""),
    ],
)
def test_related_articles_share_something_and_leave_the_article_out(
    client: TestClient, slug: str, by: str, found: str
) -> None:
    assert slugs(client, f"by={by}", f"/v1/articles/{slug}/related") == found.split()


def test_they_are_found_by_id_as_well(client: TestClient) -> None:
    article = client.get("/v1/articles/first").json()

    by_id = slugs(client, "by=author", f"/v1/articles/{article['id']}/related")

    assert by_id == ["fifth", "fourth", "third"]


def test_they_are_summaries_with_section_and_date(client: TestClient) -> None:
    answer = client.get("/v1/articles/first/related?by=author&limit=1").json()

    [item] = answer["data"]
    whole = client.get("/v1/articles/fifth").json()
    assert item == {name: whole[name] for name in item}
    assert (item["section"]["name"], item["published_at"]) == (
        "Sport",
        "2026-05-05T06:00:00Z",
    )


def test_they_come_in_pages(client: TestClient) -> None:
    pages = walk(client, "by=author&limit=2", "/v1/articles/first/related")

    found = [[item["slug"] for item in each["data"]] for each in pages]
    assert found == [["fifth", "fourth"], ["third"]]


def test_beside_what_is_gone_stands_nothing(client: TestClient) -> None:
    assert client.get("/v1/articles/gone/related?by=author").status_code == 410
    assert client.get("/v1/articles/never/related?by=author").status_code == 404


def test_the_best_are_one_page(client: TestClient) -> None:
    fault = refusal(client, "cursor=x", "/v1/articles/first/related")

    assert fault["parameter"] == "cursor"
    assert client.get("/v1/articles/alone/related").json()["links"]["next"] is None


@pytest.mark.parametrize("query", ["by=mood", "by=tag", "limit=0&by=author"])
def test_what_cannot_be_meant_is_refused(client: TestClient, query: str) -> None:
    fault = refusal(client, query, "/v1/articles/first/related")

    assert fault["parameter"] in ("by", "limit")
