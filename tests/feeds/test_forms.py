"""One article in other clothes, checked against the standards' own schemas."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from starlette.testclient import TestClient

from tests.architecture import ROOT
from tests.newsroom import Newsroom, paragraph

SCHEMAS = ROOT.parent / "shared" / "data" / "ninjs"
VERSIONS = pytest.mark.parametrize("version", ["3.1", "2.2"])


@pytest.fixture
def reader(newsroom: Newsroom) -> TestClient:
    """A reader of a story that has everything, and of some that have little."""
    newsroom.section("World")
    newsroom.author("Ada Reed")
    for name, kind in [("Trade", "topic"), ("Oslo", "place"), ("Bo Ek", "person")]:
        newsroom.tag(name, kind=kind)
    story = newsroom.published(
        "Pact *signed*",
        slug="pact",
        section="world",
        authors=["ada-reed"],
        tags=["trade", "oslo", "bo-ek"],
        genre="analysis",
        kicker="Harbour",
        standfirst="After nine years.",
        lead_media=newsroom.media("Boat")["id"],
        rights={"usage_terms": "Not in print."},
        body=[
            paragraph("Both sides agreed."),
            {**paragraph("For our own readers."), "syndicate": False},
        ],
    )
    newsroom.correct(story, text="The pact has nine articles.")
    newsroom.published("For payers", slug="paid", section="world", access="subscriber")
    newsroom.published("Round", slug="round", section="world", type="gallery")
    return newsroom.client


@cache
def validator(version: str) -> jsonschema_rs.Validator:
    """Make what checks a document against IPTC's schema of this version."""
    if not SCHEMAS.exists():
        pytest.skip("the schemas of ninjs are not beside the project")
    schema, places = (
        json.loads((SCHEMAS / name).read_text())
        for name in (f"ninjs-schema_{version}.json", "GeoJSON-schema.json")
    )
    registry = jsonschema_rs.Registry(
        [("https://geojson.org/schema/GeoJSON.json", places)]
    )
    return jsonschema_rs.validator_for(schema, registry=registry, validate_formats=True)


def valid(reader: TestClient, address: str, version: str) -> Any:
    answer = reader.get(f"{address}?version={version}")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert [e.message for e in validator(version).iter_errors(said)] == []
    return said


@VERSIONS
@pytest.mark.parametrize("slug", ["pact", "paid", "round"])
def test_ninjs_keeps_to_iptcs_schema(
    reader: TestClient, version: str, slug: str
) -> None:
    valid(reader, f"/v1/articles/{slug}.ninjs", version)


def test_ninjs_says_what_there_is_to_say(reader: TestClient) -> None:
    said = reader.get("/v1/articles/pact.ninjs").json()
    assert (said["type"], said["pubStatus"], said["version"]) == ("text", "usable", "2")
    assert said["headlines"][0]["value"] == "Pact *signed*"
    assert said["bodies"][0]["value"].startswith("<p>Both sides")
    assert "For our own readers" not in json.dumps(said)
    assert said["edNote"] == "The pact has nine articles."
    assert said["usageTerms"] == "Not in print."
    assert [each["name"] for each in said["subjects"]] == ["World", "Trade"]
    assert [each["name"] for each in said["places"]] == ["Oslo"]
    assert [each["name"] for each in said["people"]] == ["Bo Ek"]
    assert said["genres"][0]["uri"].endswith("/genre/Analysis")
    assert said["associations"][0]["type"] == "picture"
    paid = reader.get("/v1/articles/paid.ninjs").json()
    assert (paid["representationType"], "bodies" in paid) == ("partial", False)


@VERSIONS
def test_a_feed_is_a_composite_with_what_was_cancelled(
    reader: TestClient, publisher: Newsroom, version: str
) -> None:
    story = publisher.send("GET", "/articles/round")
    publisher.verb(story, "kill", reason="court")
    said = valid(reader, "/feeds/world.ninjs", version)
    status = "pubStatus" if version == "3.1" else "pubstatus"
    told = [(each["name"], each[status]) for each in said["associations"]]
    assert told == [
        ("For payers", "usable"),
        ("Pact *signed*", "usable"),
        ("canceled", "canceled"),
    ]
    assert "Round" not in json.dumps(said)


def test_structured_data_is_what_the_page_has(reader: TestClient) -> None:
    answer = reader.get("/v1/articles/pact.jsonld")
    assert answer.headers["content-type"].startswith("application/ld+json")
    assert answer.json() == reader.get("/v1/articles/pact").json()["seo"]["json_ld"]


def test_a_story_can_be_read_aloud(reader: TestClient) -> None:
    answer = reader.get("/v1/articles/pact.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    parts = answer.text.split("\n\n")
    assert parts[:3] == ["Harbour", "Pact *signed*", "After nine years."]
    assert parts[3].startswith("Ada Reed, 2026-")
    assert "Both sides agreed." in parts
    assert parts[-1] == "© The Courier Not in print.\n"


def test_markdown_escapes_what_is_no_markup(reader: TestClient) -> None:
    answer = reader.get("/v1/articles/pact.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text.startswith("# Pact \\*signed\\*\n\n**After nine years.**\n\n")
    assert "\n\nBoth sides agreed.\n\n" in answer.text


@pytest.mark.parametrize("form", ["ninjs", "jsonld", "txt", "md"])
def test_every_form_ends_as_the_article_does(
    reader: TestClient, publisher: Newsroom, form: str
) -> None:
    story = publisher.send("GET", "/articles/pact")
    address = f"/v1/articles/{story['id']}.{form}"
    etag = reader.get(address).headers["etag"]
    held = reader.get(address, headers={"If-None-Match": etag})
    assert held.status_code == 304

    publisher.patch("articles", story, slug="pact-two")
    moved = publisher.verb(publisher.send("GET", "/articles/pact-two"), "publish")
    old = reader.get(f"/v1/articles/pact.{form}", follow_redirects=False)
    assert old.status_code == 308
    assert old.headers["location"].endswith(f"/v1/articles/pact-two.{form}")

    publisher.verb(moved, "kill", reason="court", note="Removed.")
    gone = reader.get(address, headers={"If-None-Match": etag})
    assert (gone.status_code, gone.json()["detail"]) == (410, "Removed.")
    assert reader.get(f"/v1/articles/never.{form}").status_code == 404
