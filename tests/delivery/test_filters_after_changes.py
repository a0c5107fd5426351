"""Filters after something has changed its name, and by when it changed."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import Clock
from tests.delivery.reading import slugs
from tests.delivery.stories import four_stories
from tests.newsroom import Newsroom
from tests.publishing.backstage import refresh


@pytest.fixture
def paper(newsroom: Newsroom) -> Newsroom:
    """Four stories to change something about."""
    return four_stories(newsroom)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("authors", "ada", "ada-holm"), ("tags", "nato", "alliance")],
)
def test_an_old_slug_goes_on_as_a_filter(
    paper: Newsroom, client: TestClient, kind: str, old: str, new: str
) -> None:
    resource = paper.send("GET", f"/{kind}/{old}")

    paper.patch(kind, resource, slug=new)

    parameter = kind.removesuffix("s")
    assert slugs(client, f"{parameter}={old}") == ["two", "one"]
    assert slugs(client, f"{parameter}={new}") == ["two", "one"]
    assert slugs(client, f"{parameter}=-{old}") == ["four", "three"]


def test_an_old_section_path_goes_on_as_a_filter(
    paper: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    paper.patch("sections", paper.send("GET", "/sections/world"), slug="planet")
    refresh(database, clock)

    for path in ("world", "planet"):
        assert slugs(client, f"section={path}") == ["four", "two", "one"]
        assert slugs(client, f"section={path}/europe") == ["one"]


def test_updated_after_finds_what_changed_since(
    paper: Newsroom, client: TestClient, clock: Clock
) -> None:
    clock.advance(hours=2)
    story = paper.send("GET", "/articles/two")
    paper.publish(paper.edit(story, standfirst="Again."))

    assert slugs(client, "updated_after=2026-11-23T11:00:00Z") == ["two"]
    assert slugs(client, "updated_after=2026-11-23T11:00:01Z") == []
    assert slugs(client, "updated_after=2026-05-03T06:00:00Z") == [
        "four",
        "three",
        "two",
    ]
