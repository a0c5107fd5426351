"""Moving released articles below their section, while the newsroom works on."""

from starlette.testclient import TestClient

from app.kit.db import Database
from app.publishing import repathing
from tests.conftest import Clock
from tests.newsroom import Newsroom
from tests.publishing.backstage import desk_at, events, position


def test_what_is_taken_back_meanwhile_is_not_moved_and_stays_gone(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    section = newsroom.section("World")
    stories = [newsroom.published(f"Story {n}", section="world") for n in range(2)]
    newsroom.patch("sections", section, slug="abroad")
    moves = list(repathing.misplaced(database))
    newsroom.withdraw(newsroom.send("GET", f"/articles/{stories[1]['id']}"))
    at = position(database)

    done = list(repathing.repath(database, moves, desk_at(clock), pause=lambda _: None))

    assert [move.home for move, _ in done] == ["/abroad/story-0", "/abroad/story-1"]
    assert events(database, at) == ["article.refreshed"]
    assert client.get(f"/v1/articles/{stories[1]['id']}").status_code == 410
    left = newsroom.send("GET", f"/articles/{stories[1]['id']}")
    assert (left["state"], left["path"]) == ("withdrawn", "/world/story-1")
