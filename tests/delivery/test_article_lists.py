"""Lists of articles: order, pages, batches by id, totals."""

import re

import pytest
from sqlalchemy import insert, select
from starlette.testclient import TestClient

from app.delivery.store.facets import EVERYTHING
from app.delivery.store.models import Facet, Listing
from app.kit.db import Database
from app.kit.ids import new_id
from tests.conftest import START, Clock
from tests.delivery.reading import page, refusal, slugs, walk
from tests.delivery.stories import four_stories
from tests.newsroom import Newsroom

NEVER = "0198c0de-0000-7000-8000-000000000000"


@pytest.fixture
def paper(newsroom: Newsroom) -> Newsroom:
    """Four stories to change something about."""
    return four_stories(newsroom)


def at_once(newsroom: Newsroom, count: int, *, since: int = 0) -> list[str]:
    """Publish stories of the very same moment; answers their ids, newest first."""
    names = [f"story-{number}" for number in range(since, since + count)]
    made = [newsroom.published(name, slug=name)["id"] for name in names]
    return sorted(made, reverse=True)


def ids(pages: list[dict[str, list[dict[str, str]]]]) -> list[str]:
    return [item["id"] for each in pages for item in each["data"]]


def test_the_newest_come_first_unless_asked_otherwise(
    paper: Newsroom, client: TestClient, clock: Clock
) -> None:
    newest = ["four", "three", "two", "one"]
    clock.advance(hours=1)
    paper.publish(paper.edit(paper.send("GET", "/articles/two"), kicker="Updated"))

    assert slugs(client) == slugs(client, "order=newest") == newest
    assert slugs(client, "order=oldest") == newest[::-1]
    assert slugs(client, "order=updated") == ["two", "four", "three", "one"]


@pytest.mark.parametrize("order", ["newest", "oldest", "updated"])
def test_stories_of_one_moment_have_one_order_on_every_page(
    newsroom: Newsroom, client: TestClient, order: str
) -> None:
    made = at_once(newsroom, 7)

    pages = walk(client, f"order={order}&limit=2")

    assert ids(pages) == (made[::-1] if order == "oldest" else made)
    assert [len(each["data"]) for each in pages] == [2, 2, 2, 1]


def test_a_page_says_where_the_next_one_is(paper: Newsroom, client: TestClient) -> None:
    answer = client.get("/v1/articles?section=world&limit=2")

    shown = answer.json()
    following = shown["links"]["next"]
    assert shown["links"]["self"] == (
        "https://api.courier.example/v1/articles?section=world&limit=2"
    )
    assert shown["meta"] == {"limit": 2}
    assert answer.headers["Link"] == f'<{following}>; rel="next"'
    assert [item["slug"] for item in client.get(following).json()["data"]] == ["one"]


def test_the_last_page_has_no_next(paper: Newsroom, client: TestClient) -> None:
    answer = client.get("/v1/articles?limit=4")

    assert answer.json()["links"]["next"] is None
    assert "Link" not in answer.headers


def test_a_cursor_goes_on_where_it_was_while_stories_come_in(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    before = at_once(newsroom, 5)
    first = client.get("/v1/articles?limit=2").json()
    clock.advance(minutes=1)
    at_once(newsroom, 3, since=10)

    second = client.get(first["links"]["next"]).json()
    third = client.get(second["links"]["next"]).json()

    assert ids([first, second, third]) == before


def test_a_cursor_outlives_the_story_it_stands_on(
    newsroom: Newsroom, client: TestClient
) -> None:
    before = at_once(newsroom, 5)
    first = client.get("/v1/articles?limit=2").json()

    newsroom.withdraw(newsroom.send("GET", f"/articles/{before[1]}"))

    assert ids([client.get(first["links"]["next"]).json()]) == before[2:4]


def test_a_cursor_belongs_to_its_query(paper: Newsroom, client: TestClient) -> None:
    following = page(client, "limit=1")["links"]["next"]
    cursor = re.search(r"cursor=([^&]+)", following)
    assert cursor is not None

    refused = refusal(client, f"section=world&cursor={cursor[1]}")

    assert refused["parameter"] == "cursor"
    assert slugs(client, f"limit=2&fields=slug&cursor={cursor[1]}") == ["three", "two"]


def test_a_batch_keeps_its_order_and_drops_what_is_not_there(
    paper: Newsroom, client: TestClient
) -> None:
    one, two, three = (
        paper.send("GET", f"/articles/{slug}") for slug in ("one", "two", "three")
    )
    draft = paper.draft("Secret", section="world")
    paper.withdraw(three)
    asked = [two["id"], NEVER, three["id"], draft["id"], one["id"], two["id"]]

    found = slugs(client, f"ids={','.join(asked)}")

    assert found == ["two", "one"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag=eu", "three one"),
        ("tag=-eu", "four two"),
        ("section=world&author=ada", "two one"),
        ("published_after=2026-05-03T00:00:00Z", "four three"),
        ("published_before=2026-05-03T00:00:00Z", "two one"),
        ("updated_after=2026-05-04T00:00:00Z", "four"),
        ("author=nobody", ""),
    ],
)
def test_a_batch_is_narrowed_by_the_other_filters(
    paper: Newsroom, client: TestClient, query: str, found: str
) -> None:
    every = ",".join(item["id"] for item in page(client)["data"])

    assert slugs(client, f"ids={every}&{query}") == found.split()


def test_a_batch_leaves_out_what_is_excluded(
    paper: Newsroom, client: TestClient
) -> None:
    four, three, two, one = (item["id"] for item in page(client)["data"])

    found = slugs(client, f"ids={one},{two},{three}&exclude={two},{four}")

    assert found == ["one", "three"]


def test_a_batch_of_a_hundred_is_one_page(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = at_once(newsroom, 25)
    asked = [*made, *(NEVER[:-3] + f"{number:03}" for number in range(75))]

    answer = page(client, f"ids={','.join(asked)}&total=true")

    assert ids([answer]) == made
    assert answer["links"]["next"] is None
    assert answer["meta"]["total"] == 25


def test_a_batch_takes_no_cursor(paper: Newsroom, client: TestClient) -> None:
    cursor = page(client, "limit=1")["links"]["next"].rpartition("cursor=")[2]

    assert refusal(client, f"ids={NEVER}&cursor={cursor}")["parameter"] == "cursor"


def test_what_is_on_the_page_already_is_left_out(
    paper: Newsroom, client: TestClient
) -> None:
    four, _, two, _ = (item["id"] for item in page(client)["data"])

    answer = page(client, f"exclude={four},{two}&total=true&limit=1")

    assert [item["slug"] for item in answer["data"]] == ["three"]
    assert answer["meta"]["total"] == 2
    rest = client.get(answer["links"]["next"]).json()
    assert [item["slug"] for item in rest["data"]] == ["one"]


def test_a_total_is_told_when_asked_for(paper: Newsroom, client: TestClient) -> None:
    assert page(client, "limit=1")["meta"] == {"limit": 1}
    assert page(client, "limit=1&total=true&author=ada,bo")["meta"] == {
        "limit": 1,
        "total": 3,
        "total_is_capped": False,
    }


@pytest.mark.parametrize(
    ("count", "total", "is_capped"), [(9_999, 10_000, False), (10_000, 10_000, True)]
)
def test_a_total_is_counted_to_ten_thousand(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    *,
    count: int,
    total: int,
    is_capped: bool,
) -> None:
    newsroom.published()
    with database.write() as session:
        everything = session.scalar(
            select(Facet.id).where(Facet.kind == EVERYTHING.kind)
        )
        rows = [
            {"facet_id": everything, "published_at": START, "id": new_id()}
            for _ in range(count)
        ]
        session.execute(insert(Listing), [{**row, "updated_at": START} for row in rows])

    meta = page(client, "total=true&limit=1")["meta"]

    assert meta == {"limit": 1, "total": total, "total_is_capped": is_capped}


def test_lists_carry_summaries_without_bodies(
    paper: Newsroom, client: TestClient
) -> None:
    [item] = page(client, "limit=1")["data"]

    whole = client.get(f"/v1/articles/{item['id']}").json()
    assert item == {name: whole[name] for name in item}
    assert not {"body", "body_html", "seo", "corrections"} & item.keys()
