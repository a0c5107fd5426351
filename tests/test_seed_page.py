"""The sample newspaper, and the page of an article that a frontend builds from it.

The page has the anatomy of a real newspaper's: a utility menu, section and
headline, paragraphs, an advertisement below them, and more from the author.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import schema
from app.importers import sample
from app.importers.sample import pictures
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests import servers
from tests.conftest import START, Clock, OwnSettings
from tests.questions import QUESTIONS

Json = dict[str, Any]

DRAWN = "the-breakwater-that-took-155-years"
SLUG = "vesmark-and-tarn-sign-mutual-aid-pact"


def ignored(_done: int, _total: int) -> None:
    """Nobody watches the progress."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def paper_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """An empty database of its own, on each engine."""
    folder: Path = tmp_path_factory.mktemp("sample")
    with servers.empty_database(request.param, request.config, folder) as url:
        yield _settings(url, folder)


def _settings(url: str, folder: Path) -> Settings:
    return OwnSettings(
        database_url=url,
        media_path=folder / "media",
        api_url="https://api.aldmerecourier.example",
        site_url="https://www.aldmerecourier.example",
        site_name="The Aldmere Courier",
        background=False,
        threads=4,
    )


@pytest.fixture(scope="module")
def database(paper_settings: Settings) -> Iterator[Database]:
    """The sample newspaper, loaded."""
    with Database(paper_settings.database_url) as database:
        schema.migrate(database)
        paper = sample.load(database, desk(paper_settings), ignored)
        assert paper.loaded == paper.stories
        yield database


@pytest.fixture(scope="module")
def client(paper_settings: Settings, database: Database) -> Iterator[TestClient]:
    """Anybody who reads it."""
    app = create_app(paper_settings, clock=Clock())
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def desk(settings: Settings) -> Desk:
    return Desk(now=START, by="the loader", site=Site.of(settings))


def read(client: TestClient, url: str) -> Json:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def every(client: TestClient, url: str) -> list[Json]:
    """Follow a list to its end."""
    found: list[Json] = []
    following: str | None = f"{url}?limit=100"
    while following is not None:
        page = read(client, following)
        found += page["data"]
        following = page["links"]["next"]
    return found


def stories(**about: str) -> list[tuple[Json, Json]]:
    """Read the sample's files: what is written, and what is said of it."""
    found = []
    for _, content in sample.files.articles():
        said = content.pop("sample")
        if about.items() <= said.items():
            found.append((content, said))
    return found


def test_the_utility_menu_stands_in_its_order(client: TestClient) -> None:
    items = read(client, "/v1/menus/utility")["items"]

    assert [item["label"] for item in items] == [
        "Advertise",
        "Buy the paper",
        "Contact us",
        "Shop",
        "Subscribe",
        "Support us",
    ]
    assert all(item["url"].startswith("https://") for item in items)


def test_the_path_leads_to_the_article(client: TestClient) -> None:
    found = read(client, f"/v1/resolve?path=/world/{SLUG}")

    assert (found["status"], found["kind"]) == ("found", "article")
    article = read(client, f"/v1/articles/{found['id']}")
    assert (article["slug"], article["section"]["name"]) == (SLUG, "World")


def test_headline_and_paragraphs_stand_as_they_were_written(client: TestClient) -> None:
    [written] = [content for content, _ in stories() if content["slug"] == SLUG]

    article = read(client, f"/v1/articles/{SLUG}")

    assert article["headline"] == written["headline"]
    assert {block["type"] for block in article["body"]} == {"paragraph"}
    paragraphs = [block["text"] for block in article["body"]]
    assert paragraphs == written["body_markdown"].strip().split("\n\n")
    assert len(paragraphs) == 15


def test_slot_f_stands_after_the_last_block(client: TestClient) -> None:
    slot = read(client, "/v1/ad-slots/f")

    assert slot["position"] == "article_end"
    assert "article" in slot["page_types"]
    assert slot["is_active"] is True
    keys = [each["key"] for each in every(client, "/v1/ad-slots")]
    assert sorted(keys)[:6] == ["a", "b", "c", "d", "e", "f"]


def test_more_from_this_author_has_section_and_date(client: TestClient) -> None:
    more = read(client, f"/v1/articles/{SLUG}/related?by=author&limit=2")["data"]

    assert [(item["section"]["name"], item["published_at"][:10]) for item in more] == [
        ("World", "2024-11-03"),
        ("World", "2024-11-01"),
    ]
    author = read(client, f"/v1/articles/{SLUG}")["authors"][0]
    assert all(author in item["authors"] for item in more)
    assert all(item["headline"] and item["path"] for item in more)


def test_the_main_menu_leads_to_sections_that_are_there(client: TestClient) -> None:
    items = read(client, "/v1/menus/main")["items"]

    for item in items:
        section = read(client, f"/v1/sections/{item['id']}")
        assert item["url"] == section["url"]
    assert len(items) >= 5


def test_there_is_enough_of_everything(client: TestClient) -> None:
    sections = read(client, "/v1/sections?flat=true")["data"]
    articles = every(client, "/v1/articles")

    assert len(sections) >= 10
    assert any(section["parent"] for section in sections)
    assert len(every(client, "/v1/authors")) >= 15
    assert len(every(client, "/v1/tags")) >= 40
    assert len(articles) >= 50
    assert median(article["word_count"] for article in articles) >= 400


def test_the_stories_have_many_shapes(client: TestClient) -> None:
    articles = every(client, "/v1/articles")

    genres = {article["genre"] for article in articles}
    assert genres >= {
        "news",
        "analysis",
        "opinion",
        "review",
        "interview",
        "obituary",
        "explainer",
    }
    assert {"article", "gallery"} <= {article["type"] for article in articles}
    bodies = [
        read(client, f"/v1/articles/{article['id']}")["body"] for article in articles
    ]
    kinds = {block["type"] for body in bodies for block in body}
    assert kinds >= {"box", "timeline", "table", "gallery", "pullquote", "correction"}


def test_published_stories_are_public_newest_first(client: TestClient) -> None:
    articles = every(client, "/v1/articles")

    published = {content["slug"] for content, _ in stories(state="published")}
    assert {article["slug"] for article in articles} == published
    times = [article["published_at"] for article in articles]
    assert all(one >= other for one, other in pairwise(times))


def test_drafts_are_nowhere(client: TestClient) -> None:
    drafts = stories(state="draft")
    everything = "\n".join(
        client.get(url).text
        for url in (
            "/v1/articles?limit=100",
            "/v1/menus",
            "/v1/authors?limit=100",
            "/v1/tags?limit=100",
            "/v1/sections",
        )
    )

    assert drafts
    for content, _ in drafts:
        assert client.get(f"/v1/articles/{content['slug']}").status_code == 404
        path = f"/{content['section']}/{content['slug']}"
        assert read(client, f"/v1/resolve?path={path}")["status"] == "unknown"
        assert content["slug"] not in everything
        assert content["headline"] not in everything


def test_what_was_withdrawn_is_gone_with_its_note(client: TestClient) -> None:
    withdrawn = stories(state="withdrawn")

    assert withdrawn
    for content, said in withdrawn:
        gone = client.get(f"/v1/articles/{content['slug']}")
        assert (gone.status_code, gone.json()["detail"]) == (410, said.get("note"))
        path = f"/{content['section']}/{content['slug']}"
        assert read(client, f"/v1/resolve?path={path}")["http_status"] == 410


def test_what_was_moved_answers_under_its_old_name(client: TestClient) -> None:
    moved = [story for story in stories() if "moved_from" in story[1]]

    assert moved
    for content, said in moved:
        old = client.get(f"/v1/articles/{said['moved_from']}", follow_redirects=False)
        assert old.status_code == 308
        assert old.headers["Location"].endswith(f"/v1/articles/{content['slug']}")
        path = f"/{content['section']}/{said['moved_from']}"
        found = read(client, f"/v1/resolve?path={path}")
        assert found["location"] == f"/{content['section']}/{content['slug']}"


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_every_story_reads_well_in_every_form(client: TestClient, form: str) -> None:
    for content, _ in stories(state="published"):
        article = read(client, f"/v1/articles/{content['slug']}?body={form}")

        text = article[f"body_{form}"]
        # Pictures and tables count for no words, and a form has all of them.
        assert len(text.split()) >= article["word_count"] * 0.9, content["slug"]


def links_in(value: Json | list[Any] | object) -> Iterator[Json]:
    """Find the links of a body: what leads to a story, or elsewhere."""
    if isinstance(value, list):
        for item in value:
            yield from links_in(item)
    elif isinstance(value, dict):
        if "target_id" in value:
            yield value
        yield from links_in(list(value.values()))


def test_every_link_leads_somewhere(client: TestClient) -> None:
    found = 0
    for content, _ in stories(state="published"):
        body = read(client, f"/v1/articles/{content['slug']}")["body"]
        for link in links_in(body):
            found += 1
            assert link["url"] or link["article"]["url"], content["slug"]

    assert found >= 3


def test_every_picture_is_public(client: TestClient) -> None:
    leads = [
        article["lead_media"]
        for article in every(client, "/v1/articles")
        if article["lead_media"]
    ]

    assert len(leads) >= 20
    for lead in leads:
        asset = read(client, f"/v1/media/{lead['id']}")
        assert (asset["url"], asset["alt"]) == (lead["url"], lead["alt"])


def test_the_drawn_pictures_are_there_in_every_size(
    client: TestClient, database: Database, paper_settings: Settings
) -> None:
    studio = client.app.state.studio  # type: ignore[attr-defined]
    desk_of_now = desk(paper_settings)

    drawn = [row for row in sample.files.rows("media") if row["kind"] == "image"]
    assert pictures.load(database, studio, desk_of_now) == len(drawn)

    lead = read(client, f"/v1/articles/{DRAWN}")["lead_media"]
    assert lead["alt"]
    for each in lead["renditions"]:
        assert client.get(each["url"]).status_code == 200
    assert pictures.load(database, studio, desk_of_now) == 0


def test_loading_again_changes_nothing(
    client: TestClient, database: Database, paper_settings: Settings
) -> None:
    urls = ["/v1/articles?limit=100", "/v1/menus", "/v1/sections", "/v1/tags?limit=100"]
    before = [client.get(url) for url in urls]

    again = sample.load(database, desk(paper_settings), ignored)

    assert again.loaded == 0
    after = [client.get(url) for url in urls]
    assert [each.content for each in after] == [each.content for each in before]
    positions = {each.headers["Broadsheet-Position"] for each in (*before, *after)}
    assert len(positions) == 1


@pytest.mark.parametrize("asked", QUESTIONS.strip().splitlines())
def test_a_reader_s_question_finds_its_story(client: TestClient, asked: str) -> None:
    question, slug, count = (part.strip() for part in asked.split("|"))
    query = {"q": question, "limit": "1", "total": "true"}

    answer = client.get("/v1/search", params=query).json()

    assert answer["meta"]["total"] == int(count)
    assert [item["slug"] for item in answer["data"]] == slug.split()
