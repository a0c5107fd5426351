"""Feeds, read by readers that we did not write: feedparser, and JSON Feed's schema."""

import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]
import jsonschema_rs
import pytest
from httpx import Response
from lxml import etree
from starlette.testclient import TestClient

from tests.architecture import ROOT
from tests.conftest import START
from tests.newsroom import Newsroom, paragraph

SCHEMAS = ROOT.parent / "shared" / "data"
FORMS = {"rss": "application/rss+xml", "atom": "application/atom+xml"}
MORE_THAN_A_PAGE = 33
HIDDEN = {"type": "paragraph", "html": "Nor this.", "syndicate": False}


@pytest.fixture
def reader(newsroom: Newsroom) -> TestClient:
    """A reader of two sections, one below the other, with four stories."""
    world = newsroom.section("World", description="All of it.")
    newsroom.section("Europe", parent=world["id"])
    newsroom.section("Sport")
    newsroom.author("Ada Reed")
    newsroom.tag("Trade")
    boat = newsroom.media("Boat")
    for number, section in enumerate(["world", "world/europe", "sport"], start=1):
        newsroom.publish(
            newsroom.draft(
                f"Story <{number}> & more",
                slug=f"story-{number}",
                section=section,
                authors=["ada-reed"],
                tags=["trade"],
                standfirst="What it is about.",
                lead_media=boat["id"],
                body=[
                    {**paragraph("Open to all."), "id": "a"},
                    {**paragraph("Not for partners."), "id": "b", "syndicate": False},
                    {
                        "type": "list",
                        "items": [{"html": "One", "blocks": [HIDDEN]}, {"html": "Two"}],
                    },
                    {"type": "paragraph", "html": '<a href="/world">Here</a>'},
                    {
                        "type": "image",
                        "url": "https://example.org/boat.jpg",
                        "alt": "A boat",
                    },
                ],
            ),
            published_at=f"2026-05-0{number}T06:00:00Z",
        )
    newsroom.published("For payers", slug="paid", section="sport", access="subscriber")
    return newsroom.client


def feed(reader: TestClient, address: str) -> Any:
    """Read a feed with feedparser, which has to find nothing odd in it."""
    answer = reader.get(address)
    assert answer.status_code == 200, answer.text
    parsed = feedparser.parse(
        answer.content,
        response_headers={"content-type": answer.headers["content-type"]},
    )
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("form", FORMS)
def test_a_stranger_reads_title_author_date_and_body(
    reader: TestClient, form: str
) -> None:
    parsed = feed(reader, f"/feeds/home.{form}")

    assert parsed.feed.title == "The Courier"
    titles = [each.title for each in parsed.entries]
    assert titles[0] == "For payers"
    assert titles[1:] == [f"Story <{number}> & more" for number in (3, 2, 1)]
    last = parsed.entries[-1]
    assert last.author == "Ada Reed"
    assert last.published_parsed[:6] == (2026, 5, 1, 6, 0, 0)
    assert last.summary == "What it is about."
    assert last.link == "https://www.courier.example/world/story-1"
    [content] = [each.value for each in last.content if "Open" in each.value]
    assert "Not for partners" not in content
    assert "Nor this" not in content
    assert "Two" in content
    assert 'href="https://www.courier.example/world"' in content
    assert 'src="https://example.org/boat.jpg"' in content
    [picture] = last.media_content
    assert (picture["medium"], picture["url"][:8]) == ("image", "https://")
    assert "Trade" in [tag.get("label") or tag.term for tag in last.tags]
    assert last.rights == "© The Courier"


@pytest.mark.parametrize("form", [*FORMS, "json"])
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("home", 4),
        ("world", 2),
        ("world/europe", 1),
        ("authors/ada-reed", 3),
        ("tags/trade", 3),
    ],
)
def test_each_page_has_its_feed(
    reader: TestClient, form: str, name: str, count: int
) -> None:
    answer = reader.get(f"/feeds/{name}.{form}")
    said = answer.text.count("urn:uuid:")
    own = 1 if form == "atom" and name != "home" else 0
    assert (answer.status_code, said) == (200, count + own)
    kind = FORMS.get(form, "application/feed+json")
    assert answer.headers["content-type"] == f"{kind}; charset=utf-8"
    assert f'/feeds/{name}.{form}>; rel="self"' in answer.headers["link"]


def test_what_only_some_may_read_is_there_in_short(reader: TestClient) -> None:
    first = feed(reader, "/feeds/sport.rss").entries[0]
    assert (first.title, "content" in first) == ("For payers", False)
    [item, _] = reader.get("/feeds/sport.json").json()["items"]
    assert (item["content_text"], "content_html" in item) == ("For payers", False)


def test_json_feed_keeps_to_its_schema(reader: TestClient) -> None:
    feeds = SCHEMAS / "jsonfeed"
    if not feeds.exists():
        pytest.skip("the schema of JSON Feed is not beside the project")
    schema, first = (
        json.loads((feeds / name).read_text()) for name in ("feed.json", "feed-1.json")
    )
    found = reader.get("/feeds/home.json").json()
    registry = jsonschema_rs.Registry([(first.get("$id", "feed-1.json"), first)])
    validator = jsonschema_rs.validator_for(schema, registry=registry)
    assert [error.message for error in validator.iter_errors(found)] == []


def test_a_feed_goes_on_to_its_end(newsroom: Newsroom) -> None:
    newsroom.section("World")
    for number in range(MORE_THAN_A_PAGE):
        newsroom.published(f"Story {number}", section="world")
    for form in ("rss", "atom", "json"):
        seen = [answer.text for answer in _pages(newsroom.client, form)]
        ids = [text.count("urn:uuid:") for text in seen]
        assert ids == [30, 3], form


def _pages(client: TestClient, form: str) -> Iterator[Response]:
    address: str | None = f"/feeds/home.{form}"
    while address:
        answer = client.get(address)
        yield answer
        if form == "json":
            address = answer.json().get("next_url")
        else:
            links = feedparser.parse(answer.content).feed.links
            address = next((e.href for e in links if e.rel == "next"), None)


def test_what_is_taken_away_leaves_a_tombstone(
    reader: TestClient, publisher: Newsroom
) -> None:
    story = publisher.send("GET", "/articles/story-2")
    publisher.verb(story, "kill", reason="Libel")

    for name, buried in [("home", 1), ("world/europe", 1), ("world", 1), ("sport", 0)]:
        content = reader.get(f"/feeds/{name}.atom").content
        document = etree.fromstring(content)
        stones = document.findall("{http://purl.org/atompub/tombstones/1.0}*")
        assert len(stones) == buried, name
        assert b"Story &lt;2&gt;" not in content
        for stone in stones:
            assert stone.get("ref") == f"urn:uuid:{story['id']}"
            assert str(stone.get("when")).endswith("Z")


def test_what_comes_back_has_no_tombstone(
    reader: TestClient, newsroom: Newsroom
) -> None:
    story = newsroom.withdraw(newsroom.send("GET", "/articles/story-1"))
    assert b"deleted-entry" in reader.get("/feeds/world.atom").content
    newsroom.restore(story)
    assert b"deleted-entry" not in reader.get("/feeds/world.atom").content


def test_dates_and_order_are_as_the_validator_wants_them(reader: TestClient) -> None:
    document = etree.fromstring(reader.get("/feeds/home.rss").content)
    [channel] = document
    assert [each.tag for each in channel][:3] == ["title", "link", "description"]
    for item in channel.findall("item"):
        at = item.findtext("pubDate", "")
        assert at.endswith("GMT")
        assert parsedate_to_datetime(at) <= START
        names = [each.tag.rpartition("}")[2] for each in item]
        if "encoded" in names:
            assert names.index("description") < names.index("encoded")
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"


def test_a_feed_that_is_held_already_is_not_sent_again(reader: TestClient) -> None:
    etag = reader.get("/feeds/home.atom").headers["etag"]
    again = reader.get("/feeds/home.atom", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/feeds/nowhere.rss", 404),
        ("/feeds/authors/nobody.atom", 404),
        ("/feeds/authors.atom", 404),
        ("/feeds/.json", 404),
        ("/feeds/home.xml", 404),
        ("/feeds/home.rss?cursor=x", 422),
        ("/feeds/home.rss?limit=3", 422),
    ],
)
def test_what_is_not_there_is_said_to_be_so(
    reader: TestClient, address: str, status: int
) -> None:
    answer = reader.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_old_slug_leads_to_the_feed_of_today(
    reader: TestClient, newsroom: Newsroom
) -> None:
    author = newsroom.send("GET", "/authors/ada-reed")
    newsroom.patch("authors", author, slug="ada-finch")
    moved = reader.get("/feeds/authors/ada-reed.atom", follow_redirects=False)
    assert moved.status_code == 308
    assert moved.headers["location"].endswith("/feeds/authors/ada-finch.atom")


def test_all_sections_are_listed_for_readers_that_take_many(reader: TestClient) -> None:
    answer = reader.get("/feeds/sections.opml")
    outlines = etree.fromstring(answer.content).findall("body/outline")
    assert answer.headers["content-type"] == "text/x-opml; charset=utf-8"
    addresses = [str(each.get("xmlUrl")) for each in outlines]
    names = [address.partition("/feeds/")[2] for address in addresses]
    assert names[0] == "home.rss"
    assert set(names) == {
        "home.rss",
        "world.rss",
        "world/europe.rss",
        "sport.rss",
    }
    assert all(reader.get(address).status_code == 200 for address in addresses)
    assert outlines[1].get("text") == "Sport – The Courier"
