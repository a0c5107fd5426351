"""What editors put beside an article, and what is found for it."""

from starlette.testclient import TestClient

from tests.delivery.reading import slugs
from tests.newsroom import Json, Newsroom


def test_editors_picks_come_in_their_order_and_only_the_public_ones(
    newsroom: Newsroom, client: TestClient
) -> None:
    first, second = newsroom.published("First"), newsroom.published("Second")
    draft = newsroom.draft("Draft")
    picks = [second["id"], draft["id"], first["id"]]
    story = newsroom.published("Ferry", related=picks)
    beside = f"/v1/articles/{story['id']}/related"
    assert slugs(client, "by=editors", beside) == ["second", "first"]

    newsroom.publish(draft)
    newsroom.withdraw(newsroom.send("GET", f"/articles/{first['id']}"))
    assert slugs(client, "by=editors", beside) == ["second", "draft"]

    newsroom.publish(newsroom.edit(story, related=[]))
    assert slugs(client, "by=editors", beside) == []


def test_picks_are_followed_by_what_has_most_in_common(
    newsroom: Newsroom, client: TestClient
) -> None:
    ada, bo = newsroom.author("Ada")["id"], newsroom.author("Bo")["id"]
    newsroom.section("World")
    newsroom.section("Sport")
    ports, ships = newsroom.tag("Ports")["id"], newsroom.tag("Ships")["id"]

    def publish(slug: str, at: str, **more: object) -> Json:
        draft = newsroom.draft(slug, slug=slug, **{"section": "world"} | more)
        return newsroom.publish(draft, published_at=f"{at}T06:00:00Z")

    publish("none", "2026-05-31", section="sport", authors=[bo])
    publish("section", "2026-05-31")
    publish("author", "2026-05-31", authors=[ada], section="sport")
    publish("tags", "2026-05-30", tags=[ports, ships], section="sport")
    publish("all", "2026-05-29", tags=[ports, ships], authors=[ada])
    publish("all-old", "2025-01-01", tags=[ports, ships], authors=[ada])
    pick = publish("pick", "2020-01-01", section="sport")
    shared = {"authors": [ada], "tags": [ports, ships], "related": [pick["id"]]}
    story = publish("ferry", "2026-05-31", **shared)
    beside = f"/v1/articles/{story['id']}/related"

    found = slugs(client, "", beside)

    assert found == ["pick", "all", "tags", "author", "section", "all-old"]
    assert slugs(client, "limit=2", beside) == ["pick", "all"]
    seen = client.get("/v1/articles/all").json()["id"]
    assert slugs(client, f"exclude={seen},{pick['id']}", beside) == [
        *("tags", "author", "section", "all-old")
    ]
    assert slugs(client, f"by=author&exclude={seen}", beside) == ["author", "all-old"]
