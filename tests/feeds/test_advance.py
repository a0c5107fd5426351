"""Partners follow what becomes of the stories they have before readers."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.newsroom import Json, Newsroom
from tests.partners import Partner, partner_with

TEN = "2026-11-23T10:00:00Z"
API = "https://api.courier.example/v1"


@pytest.fixture
def partner(client: TestClient, database: Database) -> Partner:
    return partner_with(client, database, ["embargo"])


@pytest.fixture
def secret(newsroom: Newsroom) -> Json:
    newsroom.section("World")
    return newsroom.draft("The vote", slug="vote", section="world")


def followed(partner: Partner, **params: str) -> Json:
    """A page of the log of embargoes."""
    answer = partner.get("changes", **params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    page: Json = answer.json()
    return page


def test_a_partner_follows_what_becomes_of_a_story(
    newsroom: Newsroom,
    publisher: Newsroom,
    secret: Json,
    partner: Partner,
) -> None:
    newsroom.embargo(secret, until=TEN)
    first = followed(partner)["data"]
    href = f"{API}/advance/articles/{secret['id']}"
    assert [(row["event"], row["path"], row["href"]) for row in first] == [
        ("article.embargoed", "/world/vote", href)
    ]
    newsroom.publish(newsroom.send("GET", f"/articles/{secret['id']}"))
    other = publisher.embargo(newsroom.draft("Other"), until=TEN)
    publisher.verb(other, "kill", note="Never.")

    page = followed(partner, after="1")

    rows = [(each["position"], each["event"], each["href"]) for each in page["data"]]
    assert rows == [
        (
            2,
            "article.published",
            f"{API}/articles/{secret['id']}",
        ),
        (3, "article.embargoed", None),
        (4, "article.killed", None),
    ]
    assert page["meta"] == {"after": 1, "upto": 4}


def test_the_log_of_embargoes_is_read_in_pages_and_to_its_end(
    newsroom: Newsroom, secret: Json, partner: Partner
) -> None:
    assert followed(partner)["meta"] == {"after": 0, "upto": 0}
    story = newsroom.embargo(secret, until=TEN)
    for _ in range(2):
        story = newsroom.embargo(story, until=TEN)

    pages = [followed(partner, after=after, limit="2") for after in ("0", "2", "3")]

    positions = [[row["position"] for row in page["data"]] for page in pages]
    assert positions == [[1, 2], [3], []]
    assert [page["links"]["next"] is None for page in pages] == [False, True, True]


def test_the_log_of_embargoes_is_for_who_is_entitled_and_has_its_own_positions(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    secret: Json,
    partner: Partner,
) -> None:
    newsroom.embargo(secret, until=TEN)
    path, stranger = "/v1/advance/changes", partner_with(client, database, [])
    assert client.get(path).status_code == 401
    assert client.get(path, headers=stranger.headers).status_code == 403
    gone = partner.get("changes", after="2")
    assert (gone.status_code, gone.json()["type"].rpartition("/")[2]) == (
        410,
        "position-gone",
    )
