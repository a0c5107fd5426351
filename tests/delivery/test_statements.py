"""What an answer costs: one statement for an article, a fixed number for a list."""

from collections.abc import Sequence

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import page
from tests.delivery.stories import four_stories
from tests.newsroom import SLOT_SIZES, Json, Newsroom, paragraph

SLOT = {
    "key": "f",
    "name": "End",
    "position": "article_end",
    "page_types": ["article"],
    "sizes": SLOT_SIZES,
}

# A snapshot's position is part of the first statement, or is that statement.
READS = {
    "/v1/articles/{id}": 1,
    "/v1/articles/one": 1,
    "/v1/articles/one?body=html": 1,
    "/v1/articles/one?fields=headline,section.name": 1,
    "/v1/articles/guide": 3,
    "/v1/articles/one?at=2027-01-01T00:00:00Z": 2,
    "/v1/articles/one/versions": 2,
    "/v1/articles/one/versions/1": 2,
    "/v1/articles/guide/versions/1": 3,
    "/v1/articles/one/diff": 2,
    "/v1/articles": 3,
    "/v1/articles?section={section}": 3,
    "/v1/articles?section=world": 4,
    "/v1/articles?genre=news": 3,
    "/v1/articles?section=world&author=ada&tag=nato&tag=-eu": 4,
    "/v1/articles?total=true": 4,
    "/v1/articles?ids={id}": 3,
    "/v1/articles?fields=body": 4,
    "/v1/articles/one/ads": 3,
    "/v1/articles/one?include=ads&ads=inline": 3,
    "/v1/articles/one/related": 5,
    "/v1/articles/one/related?by=editors": 3,
    "/v1/articles/one/related?by=author": 4,
    "/v1/articles?q=nato": 4,
    "/v1/articles?q=nato&order=relevance": 5,
    "/v1/search?q=nato": 5,
    "/v1/search?q=nato&section=world&total=true": 7,
    "/v1/search?q=nato&order=newest": 5,
    "/v1/suggest?q=a": 4,
    "/v1/suggest?q=sto": 6,
    "/v1/authors": 2,
    "/v1/authors/ada": 1,
    "/v1/sections": 2,
    "/v1/sections?flat=true": 2,
    "/v1/sections/world": 2,
    "/v1/tags": 2,
    "/v1/tags?q=e&kind=topic": 2,
    "/v1/tags/eu": 1,
    "/v1/media/{media}": 1,
    "/v1/ad-slots": 2,
    "/v1/ad-slots/f": 1,
    "/v1/ad-policies": 2,
    "/v1/ad-policies/usual": 1,
    "/v1/menus": 3,
    "/v1/menus/main": 2,
    "/v1/fronts": 2,
    "/v1/fronts/home": 6,
    "/v1/fronts/home?include=ads": 8,
    "/v1/fronts/world": 8,
    "/v1/resolve?path=/world/one": 1,
    "/v1/resolve?path=/&include=resource,menus,ads,related,front": 10,
    "/v1/resolve?path=/world&include=resource,menus,ads,related,front": 16,
    "/v1/resolve?path=/nowhere": 1,
    "/v1/resolve?path=/world/guide&include=resource,menus,ads,related": 12,
    "/v1/resolve?path=/world&include=resource,menus,ads,related": 9,
    "/v1/resolve?path=/authors/ada&include=resource,menus,ads,related": 9,
    "/v1/articles/one.ninjs": 1,
    "/v1/articles/one.txt": 1,
    "/feeds/home.rss": 4,
    "/feeds/world.json": 5,
    "/feeds/world.atom": 7,
    "/feeds/sections.opml": 2,
    "/sitemap.xml": 2,
    "/sitemaps/news.xml": 2,
    "/sitemaps/pages.xml": 2,
    "/sitemaps/2026-11.xml": 2,
    "/robots.txt": 1,
    "/.well-known/tdmrep.json": 2,
    "/v1/articles/old-slug": 4,
    "/v1/articles/gone": 3,
    "/v1/articles/nowhere": 3,
}


@pytest.fixture
def paper(newsroom: Newsroom) -> dict[str, str]:
    """A newspaper with one of everything; answers the ids a route may want."""
    four_stories(newsroom)
    picture = newsroom.media(listed=True)
    newsroom.send("POST", "/ad-slots", json=SLOT)
    newsroom.send("POST", "/ad-policies", json={"key": "usual", "name": "Usual"})
    story = newsroom.send("GET", "/articles/one")
    leads_on = [paragraph(), {"type": "related", "target_id": story["id"]}]
    newsroom.published("A guide", slug="guide", section="world", body=leads_on)
    items = [
        {"label": "World", "section": "world"},
        {"label": "One", "article": story["id"]},
    ]
    newsroom.send("PUT", "/menus/main", json={"items": items})
    top = {"key": "top", "cards": [{"article": "one"}], "fill": {"tags": ["eu"]}}
    newsroom.send("PUT", "/fronts/home", json={"containers": [top]})
    newsroom.withdraw(newsroom.published("Gone", slug="gone", section="world"))
    renamed = newsroom.published("Old", slug="old-slug", section="world")
    newsroom.publish(newsroom.edit(renamed, slug="new-slug"))
    return {
        "id": story["id"],
        "media": picture["id"],
        "section": newsroom.send("GET", "/sections/world")["id"],
    }


def counted(statements: Sequence[str]) -> int:
    """Count what asks or tells something; only SQLite's `BEGIN` is seen at all."""
    return sum(not each.startswith("BEGIN") for each in statements)


def cost(client: TestClient, statements: list[str], url: str) -> int:
    statements.clear()
    client.get(url, follow_redirects=False)
    return counted(statements)


def test_every_public_route_costs_what_is_written_here(
    paper: dict[str, str], client: TestClient, statements: list[str]
) -> None:
    costs = {url: cost(client, statements, url.format_map(paper)) for url in READS}

    assert costs == READS


@pytest.mark.parametrize("limit", [1, 2, 20, 100])
def test_a_page_costs_the_same_whatever_its_size(
    paper: dict[str, str], client: TestClient, statements: list[str], limit: int
) -> None:
    assert cost(client, statements, f"/v1/articles?limit={limit}") == 3


@pytest.mark.parametrize("width", [1, 2, 50])
def test_a_list_costs_the_same_whatever_is_asked_of_it(
    paper: dict[str, str], client: TestClient, statements: list[str], width: int
) -> None:
    names = ",".join(f"name-{number}" for number in range(width - 1))
    query = f"author=ada,{names}".rstrip(",") + "&tag=-fish&section=world&genre=news"

    assert cost(client, statements, f"/v1/articles?{query}") == 4


def test_a_page_costs_the_same_at_any_depth(
    paper: dict[str, str], client: TestClient, statements: list[str]
) -> None:
    url: str | None = "/v1/articles?limit=1&order=oldest"
    costs = []
    while url is not None:
        costs.append(cost(client, statements, url))
        url = client.get(url).json()["links"]["next"]

    assert costs == [3] * len(page(client)["data"])


def test_a_batch_costs_the_same_whatever_its_size(
    paper: dict[str, str], client: TestClient, statements: list[str]
) -> None:
    every = [item["id"] for item in page(client)["data"]]

    costs = [
        cost(client, statements, f"/v1/articles?ids={','.join(every[:count])}")
        for count in (1, 2, len(every))
    ]

    assert costs == [3] * 3


def test_one_article_is_one_select(
    paper: dict[str, str], client: TestClient, statements: list[str]
) -> None:
    for ref in (paper["id"], "one"):
        statements.clear()

        client.get(f"/v1/articles/{ref}")

        [statement] = [each for each in statements if not each.startswith("BEGIN")]
        assert statement.startswith("SELECT")


def test_a_head_costs_what_its_get_does(
    paper: dict[str, str], client: TestClient, statements: list[str]
) -> None:
    statements.clear()

    client.head("/v1/articles/one")

    assert counted(statements) == 1


def test_publishing_costs_the_same_in_a_full_newspaper(
    newsroom: Newsroom, statements: list[str]
) -> None:
    newsroom.author("Ada")
    newsroom.tag("Trade")

    def publish(number: int) -> int:
        draft = newsroom.draft(f"Story {number}", authors=["ada"], tags=["trade"])
        statements.clear()
        newsroom.publish(draft)
        return counted(statements)

    first, second, *others = (publish(number) for number in range(6))

    # The first one also makes its author and its tag public.
    assert first > second
    assert others == [second] * len(others)


def test_withdrawing_costs_the_same_in_a_full_newspaper(
    newsroom: Newsroom, statements: list[str]
) -> None:
    articles: list[Json] = [newsroom.published(f"Story {n}") for n in range(5)]
    costs = []
    for article in articles:
        statements.clear()
        newsroom.withdraw(article)
        costs.append(counted(statements))

    assert costs == [costs[0]] * 5
