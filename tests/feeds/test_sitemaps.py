"""Sitemaps: whole, within the protocol's limits, without what is not to be found."""

from datetime import timedelta

import pytest
from lxml import etree
from starlette.testclient import TestClient

from app.feeds.sitemaps import reading
from tests.architecture import ROOT
from tests.conftest import START
from tests.newsroom import Newsroom

SCHEMAS = ROOT.parent / "shared" / "data" / "sitemap"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE, API = "https://www.courier.example", "https://api.courier.example"


@pytest.fixture
def reader(newsroom: Newsroom) -> TestClient:
    """A reader of stories of three months, one of them of today."""
    newsroom.section("World")
    for slug, at in [
        ("old", "2025-12-31T23:59:59Z"),
        ("new-year", "2026-01-01T00:00:00Z"),
        ("hidden", "2026-01-02T00:00:00Z"),
    ]:
        more = {"seo": {"noindex": True}} if slug == "hidden" else {}
        draft = newsroom.draft(slug, slug=slug, section="world", **more)
        newsroom.publish(draft, published_at=at)
    newsroom.published("Today & now", slug="today", section="world")
    return newsroom.client


def locations(reader: TestClient, address: str) -> list[str]:
    """List the addresses that a sitemap names; it has to keep to the protocol."""
    answer = reader.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    document = etree.fromstring(answer.content)
    assert_valid(document)
    return [str(each.text) for each in document.iter(f"{SITEMAP}loc")]


def assert_valid(document: etree._Element) -> None:
    """Check it against the schema, which knows no elements of others."""
    is_index = document.tag.endswith("sitemapindex")
    schema = SCHEMAS / ("siteindex.xsd" if is_index else "sitemap.xsd")
    # Google allows a file of no news, the schema none without a page.
    if not schema.exists() or not len(document):
        return
    plain = etree.fromstring(etree.tostring(document))
    for each in list(plain.iter()):
        parent = each.getparent()
        if parent is not None and not str(each.tag).startswith(SITEMAP):
            parent.remove(each)
    etree.XMLSchema(etree.parse(str(schema))).assertValid(plain)


def test_every_month_has_its_file(reader: TestClient) -> None:
    base = f"{API}/sitemaps"
    month = START.strftime("%Y-%m")
    names = ["news", "pages", "2025-12", "2026-01", month]
    assert locations(reader, "/sitemap.xml") == [f"{base}/{each}.xml" for each in names]
    assert locations(reader, "/sitemaps/2025-12.xml") == [f"{SITE}/world/old"]
    assert locations(reader, "/sitemaps/2026-01.xml") == [f"{SITE}/world/new-year"]


def test_a_full_month_has_several_files(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PER_FILE", 2)
    newsroom.section("World")
    for day in range(1, 6):
        draft = newsroom.draft(f"Day {day}", section="world")
        newsroom.publish(draft, published_at=f"2026-01-0{day}T00:00:00Z")
    index = locations(newsroom.client, "/sitemap.xml")
    files = [url.rpartition("/")[2] for url in index if "2026-01" in url]
    assert files == ["2026-01.xml", "2026-01-2.xml", "2026-01-3.xml"]
    found = [locations(newsroom.client, f"/sitemaps/{name}") for name in files]
    assert [url.rpartition("-")[2] for part in found for url in part] == list("12345")


def test_news_are_of_the_last_two_days(reader: TestClient, newsroom: Newsroom) -> None:
    at = (START - timedelta(days=2, minutes=1)).isoformat()
    late = newsroom.draft("Late", section="world")
    newsroom.publish(late, published_at=at.replace("+00:00", "Z"))
    assert locations(reader, "/sitemaps/news.xml") == [f"{SITE}/world/today"]
    document = etree.fromstring(reader.get("/sitemaps/news.xml").content)
    news = "{http://www.google.com/schemas/sitemap-news/0.9}"
    assert document.findtext(f".//{news}title") == "Today & now"
    assert document.findtext(f".//{news}name") == "The Courier"
    assert document.findtext(f".//{news}language") == "en"


def test_pages_and_pictures_are_listed(newsroom: Newsroom) -> None:
    newsroom.section("World")
    picture = newsroom.media("Boat")
    newsroom.author("Ada Reed")
    newsroom.published(
        "Boats", section="world", authors=["ada-reed"], lead_media=picture["id"]
    )
    pages = locations(newsroom.client, "/sitemaps/pages.xml")
    assert pages == [f"{SITE}/authors/ada-reed", f"{SITE}/world"]
    index = newsroom.client.get("/sitemap.xml").text
    month = index.rpartition("/sitemaps/")[2].partition("<")[0]
    text = newsroom.client.get(f"/sitemaps/{month}").text
    assert "<image:image><image:loc>" in text


def test_what_is_killed_is_in_none_of_them(
    reader: TestClient, publisher: Newsroom
) -> None:
    publisher.verb(publisher.send("GET", "/articles/today"), "kill", reason="Libel")
    assert locations(reader, "/sitemaps/news.xml") == []
    assert "today" not in reader.get("/sitemap.xml").text


@pytest.mark.parametrize("name", ["2026-13", "1899-01", "2026-01-0", "x", "2024-01"])
def test_what_is_no_month_or_has_nothing_has_no_file(
    reader: TestClient, name: str
) -> None:
    answer = reader.get(f"/sitemaps/{name}.xml")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_robots_are_told_where_to_begin(reader: TestClient) -> None:
    answer = reader.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Sitemap: https://api.courier.example/sitemap.xml\n" in answer.text
    assert "User-agent: *\n" in answer.text
