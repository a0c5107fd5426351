"""A small newspaper to read from."""

from typing import Any

from tests.newsroom import Newsroom

STORIES: dict[str, dict[str, Any]] = {
    "one": {
        "section": "world/europe",
        "authors": ["ada"],
        "tags": ["nato", "eu"],
        "genre": "news",
        "language": "en-GB",
    },
    "two": {
        "section": "world",
        "sections": ["sport"],
        "authors": ["ada", "bo"],
        "tags": ["nato", "cycling"],
        "genre": "analysis",
        "type": "video",
        "access": "registered",
    },
    "three": {
        "section": "sport",
        "authors": ["bo"],
        "tags": ["eu"],
        "genre": "opinion",
        "type": "gallery",
        "access": "subscriber",
        "language": "de",
    },
    "four": {"section": "world"},
}


def four_stories(newsroom: Newsroom) -> Newsroom:
    """Publish four stories, one day after the other, the last on 4 May."""
    newsroom.section("World")
    newsroom.section("Europe", parent="world")
    newsroom.section("Sport")
    for name in ("Ada", "Bo", "Cleo"):
        newsroom.author(name, listed=True)
    for name in ("NATO", "EU", "Cycling", "Unused"):
        newsroom.tag(name, listed=True)
    for day, (slug, story) in enumerate(STORIES.items(), start=1):
        at = f"2026-05-{day:02}T06:00:00Z"
        newsroom.publish(newsroom.draft(slug, slug=slug, **story), published_at=at)
    return newsroom
