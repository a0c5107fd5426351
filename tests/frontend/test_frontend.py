"""The reference frontend in a real Chromium, before a real server with the sample.

Its pages may load nothing from anybody else: their policy forbids it, and Chromium
says on the console what it refused. So a quiet console is the test of both.
"""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app import schema
from app.cli import frontend
from app.importers import sample
from app.importers.sample import pictures
from app.kit.clock import system_clock
from app.kit.db import Database
from app.main import create_app
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import OwnSettings
from tests.ports import free_port
from tests.serving import HOST, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"

TOOL = Path(__file__).parents[2] / "node_modules/structured-data-testing-tool"

ARTICLE = "/world/vesmark-and-tarn-sign-mutual-aid-pact"
NAME = "The Aldmere Courier"
WIDE, NARROW = 1280, 390

RUN_AXE = r"""
import "/axe.js";
const main = document.getElementById("content");
const isBusy = () => main.getAttribute("aria-busy") === "true";
while (isBusy()) await new Promise((go) => setTimeout(go, 20));
const found = await window.axe.run();
const where = (each) => each.nodes.map((node) => node.target.join(" "));
const all = found.violations.map((each) => [each.id, where(each)]);
const said = document.createElement("script");
said.type = "application/json";
said.id = "axe";
said.textContent = JSON.stringify(all).replaceAll("<", "\\u003c");
document.body.append(said);
"""


RUN_TOOL = """
const [tool, page] = process.argv.slice(1);
const { structuredDataTest } = require(tool);
const { Google, Facebook, Twitter } = require(`${tool}/presets`);
const html = require("fs").readFileSync(page, "utf8");
const named = (tests) => tests.map((each) => `${each.test}: ${each.description ?? ""}`);
const tell = ({ passed, failed }) =>
  console.log(JSON.stringify({ passed: named(passed), failed: named(failed) }));
structuredDataTest(html, { presets: [Google, Facebook, Twitter] })
  .then(tell, (error) => tell(error.res));
"""


@dataclass(frozen=True)
class Browser:
    """Chromium, which opens a page and tells what became of it."""

    site: str
    folder: Path

    def opened(self, path: str, *, width: int = WIDE) -> LexborHTMLParser:
        """Open a page, and have nothing said on the console."""
        made, said = self._run(path, "--dump-dom", width=width)
        assert said == []
        return LexborHTMLParser(made)

    def _run(self, path: str, *options: str, width: int) -> tuple[str, list[str]]:
        assert CHROMIUM is not None
        command = [
            CHROMIUM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            f"--user-data-dir={self.folder}",
            f"--window-size={width},1400",
            "--virtual-time-budget=15000",
            *options,
            f"{self.site}{path}",
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=True
        )
        said = re.findall(r"CONSOLE[^\n]*", done.stderr)
        return done.stdout, said


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser at the sample newspaper, as a frontend shows it."""
    if CHROMIUM is None:
        pytest.skip("no chromium: the frontend is not tested")
    folder = tmp_path_factory.mktemp("frontend")
    port = free_port()
    settings = OwnSettings(
        database_url=f"sqlite:///{folder / 'paper.db'}",
        media_path=folder / "media",
        api_url=f"http://{HOST}:{port}",
        site_url="https://www.aldmerecourier.example",
        site_name=NAME,
        site_logo="https://www.aldmerecourier.example/logo.png",
        background=False,
    )
    desk = Desk(now=system_clock(), by="the loader", site=Site.of(settings))
    app = create_app(settings)
    database: Database = app.state.database
    schema.migrate(database)
    sample.load(database, desk, lambda _done, _total: None)
    pictures.load(database, app.state.studio, desk)
    with serving(app, port=port) as api:
        port = free_port()
        server = frontend.serve(HOST, port, api=api, name=NAME)
        assert server is not None
        yield Browser(f"http://{HOST}:{port}", folder / "chromium")
        server.should_exit = True
        [thread] = [each for each in threading.enumerate() if each.name == "frontend"]
        thread.join(timeout=20)


def words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_page_of_a_story_has_its_parts_in_order(
    browser: Browser, width: int
) -> None:
    page = browser.opened(ARTICLE, width=width)
    assert words(page.css("body > *")[0]) == "Skip to main content"
    utility = [words(each) for each in page.css("#utility a")]
    assert utility[0] == "Advertise"
    assert utility[-1] == "Support us"
    shown = page.css("main h1, main .body, main .ad p, main section h2")
    said = ["body" if "body" in n.attributes.values() else words(n) for n in shown]
    order = [
        "Ad slot A - page top",
        "Drey and Ferrand sign mutual-aid pact and call it ‘a roof over two houses’",
        "body",
        "Ad slot C - in the article",
        "Ad slot F - article bottom",
        "More from this author",
    ]
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    more = page.css("main > section")[0].css(".dateline")
    assert len(more) == 2
    assert all(re.fullmatch(r"\w+ / \d+ \w+ \d{4}", words(each)) for each in more)


def test_the_head_of_a_story_says_what_the_api_said(browser: Browser) -> None:
    page = browser.opened(ARTICLE)
    title = page.css_first("title")
    assert title is not None
    assert words(title).endswith(f"– {NAME}")
    assert page.css("meta[property='og:title']")
    said = page.css("script[type='application/ld+json']")
    kinds = [json.loads(each.text())["@type"] for each in said]
    assert kinds == ["NewsArticle", "BreadcrumbList"]


def test_the_structured_data_of_a_story_passes_the_tool_that_looks_for_it(
    browser: Browser, tmp_path: Path
) -> None:
    if not TOOL.exists():
        pytest.skip("no structured-data-testing-tool: the page's head is not tested")
    html = browser.opened(ARTICLE).html
    assert html is not None
    page = tmp_path / "page.html"
    page.write_text(html, encoding="utf-8")
    asked = [str(each) for each in ("node", "-e", RUN_TOOL, TOOL, page)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(done.stdout)
    assert told["failed"] == []
    assert len(told["passed"]) > 20


def test_the_front_page_shows_its_rows_with_slots_between_them(
    browser: Browser,
) -> None:
    page = browser.opened("/")
    shown = page.css("main > section > h2, main > .ad p")
    assert [words(each) for each in shown] == [
        "Ad slot A - page top",
        "Ad slot G - between containers",
        "Politics",
        "On the water",
        "Ad slot G - between containers",
        "Culture",
        "Sport",
        "Ad slot G - between containers",
        "Opinion",
        "Lives remembered",
    ]
    links = [card.attributes["href"] for card in page.css("main .card a")]
    assert len(links) == len(set(links)) > 15


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Front page"),
        ("/world", "World"),
        ("/authors/nadia-brook", "Nadia Brook"),
        ("/search?q=ferry", "Results for “ferry”"),
        ("/search?q=%3Cb%3Exyzzy", "Results for “<b>xyzzy”"),
        ("/nothing/here", "There is no such page"),
    ],
)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_kind_of_page_is_shown(
    browser: Browser, path: str, heading: str, width: int
) -> None:
    page = browser.opened(path, width=width)
    assert [words(each) for each in page.css("h1")] == [heading]
    if path in ("/", "/world", "/search?q=ferry"):
        assert len(page.css("main .card")) >= 3


def test_a_story_that_was_withdrawn_says_why(browser: Browser) -> None:
    [gone] = [
        (content, said)
        for _, content in sample.files.articles()
        if (said := content["sample"])["state"] == "withdrawn"
    ][:1]
    content, said = gone
    page = browser.opened(f"/{content['section']}/{content['slug']}")
    assert words(page.css("h1")[0]) == "This page is gone"
    assert said["note"] in words(page.css("main")[0])


@pytest.mark.parametrize("path", ["/", "/world", ARTICLE, "/search?q=ferry"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing(
    browser: Browser,
    path: str,
    width: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not AXE.exists():
        pytest.skip("no axe-core: accessibility is not tested")
    folder = tmp_path / "frontend"
    shutil.copytree(frontend.FOLDER, folder)
    shutil.copy(AXE, folder / "axe.js")
    (folder / "run-axe.js").write_text(RUN_AXE)
    page = folder / "index.html"
    own = '<script type="module" src="/app.js"></script>'
    run = '<script type="module" src="/run-axe.js"></script>'
    page.write_text(page.read_text().replace(own, f"{own}{run}"))
    monkeypatch.setattr(frontend, "FOLDER", folder)
    [found] = browser.opened(path, width=width).css("script#axe")
    assert json.loads(found.text()) == []


def test_it_is_small() -> None:
    lines = [
        line
        for file in frontend.FOLDER.iterdir()
        for line in file.read_text().splitlines()
    ]
    assert len(lines) <= 600
