"""What machines are told: by the newspaper, by a section, by an article."""

from collections.abc import Iterator

import pytest
from lxml import etree
from starlette.testclient import TestClient

from app.kit.settings import Settings
from app.main import create_app
from tests.newsroom import Newsroom

POLICY = "https://www.courier.example/mining"
LICENSE = "https://www.courier.example/license.xml"
TERMS = "Not in print."


@pytest.fixture
def reserved(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newspaper that reserves mining, but for one section and one article."""
    settings: Settings = newsroom.client.app.state.settings  # type: ignore[attr-defined]
    told = {
        "data_mining": "reserve",
        "data_mining_policy": POLICY,
        "license_url": LICENSE,
        "content_usage": "train-ai=n, search=y",
    }
    app = create_app(settings.model_copy(update=told), clock=newsroom.clock)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        key = newsroom.headers["Authorization"].removeprefix("Bearer ")
        desk = Newsroom(client, key, newsroom.clock)
        desk.section("World")
        desk.section("Europe", parent="world", data_mining="allow")
        desk.published(
            "Closed", slug="closed", section="world", rights={"usage_terms": TERMS}
        )
        desk.published("Open", slug="open", section="world/europe")
        own = {"data_mining": "allow"}
        desk.published("Own", slug="own", section="world", rights=own)
        yield desk


def mined(reserved: Newsroom, slug: str) -> tuple[str, str]:
    """What an article says of mining, and what its page's head says."""
    said = reserved.client.get(f"/v1/articles/{slug}").json()
    metas = {each["name"]: each["content"] for each in said["seo"]["meta"]}
    assert metas["tdm-policy"] == POLICY
    return said["rights"]["data_mining"], metas["tdm-reservation"]


def test_an_article_says_it_else_its_section_else_the_newspaper(
    reserved: Newsroom,
) -> None:
    assert mined(reserved, "closed") == ("reserve", "1")
    assert mined(reserved, "open") == ("allow", "0")
    assert mined(reserved, "own") == ("allow", "0")


def test_a_section_that_changes_its_mind_changes_its_articles(
    reserved: Newsroom,
) -> None:
    section = reserved.send("GET", "/sections/world")
    reserved.patch("sections", section, data_mining="allow")
    profile = reserved.client.get("/v1/sections/world").json()
    assert profile["data_mining"] == "allow"


@pytest.mark.parametrize("form", ["ninjs", "jsonld", "txt", "md"])
@pytest.mark.parametrize(("slug", "reservation"), [("closed", "1"), ("open", "0")])
def test_every_form_has_the_headers(
    reserved: Newsroom, form: str, slug: str, reservation: str
) -> None:
    told = reserved.client.get(f"/v1/articles/{slug}.{form}").headers
    assert told["TDM-Reservation"] == reservation
    assert told["TDM-Policy"] == POLICY
    assert told["Content-Usage"] == "train-ai=n, search=y"
    assert told["Link"] == f'<{LICENSE}>; rel="license"; type="application/rsl+xml"'


@pytest.mark.parametrize(
    ("name", "reservation"), [("home", "1"), ("world", "1"), ("world/europe", "0")]
)
def test_every_feed_has_them(reserved: Newsroom, name: str, reservation: str) -> None:
    told = reserved.client.get(f"/feeds/{name}.rss").headers
    assert told["TDM-Reservation"] == reservation
    assert 'rel="license"' in told["Link"]


def test_the_terms_are_in_every_format(reserved: Newsroom) -> None:
    for address in (
        *(f"/feeds/world.{form}" for form in ("rss", "atom", "json", "ninjs")),
        *(f"/v1/articles/closed{form}" for form in ("", ".ninjs", ".jsonld", ".txt")),
        "/v1/articles/closed.md",
    ):
        assert TERMS in reserved.client.get(address).text, address


def test_the_rules_go_from_the_deepest_section_to_the_whole(
    reserved: Newsroom,
) -> None:
    assert reserved.client.get("/.well-known/tdmrep.json").json() == [
        {"location": "/world/europe/*", "tdm-reservation": 0, "tdm-policy": POLICY},
        {"location": "/*", "tdm-reservation": 1, "tdm-policy": POLICY},
    ]


def test_robots_are_told_too(reserved: Newsroom) -> None:
    lines = reserved.client.get("/robots.txt").text.splitlines()
    assert lines[0] == f"License: {LICENSE}"
    assert lines[2:5] == [
        "User-agent: *",
        "Content-Usage: train-ai=n, search=y",
        "Allow: /",
    ]


def test_who_says_nothing_tells_nothing(newsroom: Newsroom) -> None:
    newsroom.published("Plain", slug="plain")
    answer = newsroom.client.get("/v1/articles/plain.txt")
    assert "TDM-Reservation" not in answer.headers
    assert "Content-Usage" not in answer.headers
    said = newsroom.client.get("/v1/articles/plain").json()
    assert said["rights"]["data_mining"] is None
    assert newsroom.client.get("/.well-known/tdmrep.json").json() == []
    feed = etree.fromstring(newsroom.client.get("/feeds/home.rss").content)
    assert feed.tag == "rss"
