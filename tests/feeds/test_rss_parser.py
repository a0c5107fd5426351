"""A reader that is not ours: `rss-parser`, which Node programs read feeds with."""

import json
import shutil
import subprocess
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.architecture import ROOT
from tests.newsroom import Newsroom, paragraph

PACKAGE = "rss-parser"
PROGRAM = f"""
const Parser = require("{PACKAGE}");
let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", async () =>
  console.log(JSON.stringify(await new Parser().parseString(text))));
"""


@pytest.fixture
def node() -> str:
    """The program that runs the reader, which sees the package from here."""
    found = shutil.which("node")
    if found is None or not (ROOT / "node_modules" / PACKAGE).exists():
        pytest.skip(f"NO RSS-PARSER: npm install --no-save {PACKAGE}")
    return found


def parsed(node: str, content: bytes) -> Any:
    ran = subprocess.run(
        [node, "-e", PROGRAM], input=content, capture_output=True, cwd=ROOT, check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_it_reads_title_author_date_and_body(
    node: str, newsroom: Newsroom, client: TestClient, form: str
) -> None:
    newsroom.section("World")
    newsroom.author("Ada Reed")
    draft = newsroom.draft(
        "Ferry & <bridge>",
        section="world",
        authors=["ada-reed"],
        standfirst="Both are back.",
        body=[paragraph("The <em>ferry</em> came back.")],
    )
    newsroom.publish(draft, published_at="2026-05-01T06:00:00Z")

    feed = parsed(node, client.get(f"/feeds/world.{form}").content)

    assert feed["title"] == "World – The Courier"
    [item] = feed["items"]
    assert item["title"] == "Ferry & <bridge>"
    assert item["isoDate"] == "2026-05-01T06:00:00.000Z"
    assert item.get("creator") or item["author"] == "Ada Reed"
    body = item.get("content:encoded") or item["content"]
    assert body == "<p>The <em>ferry</em> came back.</p>"
