"""Key-values for the ad server, made of what the story says and nothing else.

Never of the reader: the ad server's terms forbid it (Google Publisher Policies, on
identifying users).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from pydantic import JsonValue

from app.content.placement.stories import Story, values
from app.content.vocabularies import Platform

Name = Literal[
    "content_type",
    "section",
    "section_path",
    "keywords",
    "series",
    "contributors",
    "tone",
    "edition",
    "platform",
    "path",
    "path_words",
    "all_keywords",
    "sensitive",
    "branding",
    "video_length",
    "access",
]

NAMES: tuple[Name, ...] = get_args(Name)

KEYS: Mapping[Name, str] = dict(
    zip(
        NAMES,
        "ct s sp k se co tn ed p url urlkw allkw sens br vl ac".split(),
        strict=True,
    )
)
"""What each is called unless the newspaper calls it otherwise."""

# What Google Ad Manager takes in no value.
_FORBIDDEN = re.compile(r"""["'=!+#*~;^()<>\[\]&]""")
_BRANDS = {"sponsored": "s", "supported": "f", "paid_content": "p"}


def of_story(
    story: Story, platform: Platform, renamed: Mapping[str, str]
) -> dict[str, JsonValue]:
    """Write the key-values of a story's page; what it does not have is left out."""
    found = _found(story, platform)
    cleaned = {name: clean(found[name]) for name in NAMES}
    return {
        renamed.get(name, KEYS[name]): list(kept)
        for name, kept in cleaned.items()
        if kept
    }


def clean(given: Iterable[str]) -> list[str]:
    """Bring values to the form that the ad server takes, each once."""
    plain = (_FORBIDDEN.sub("", value).strip().lower() for value in given)
    return list(dict.fromkeys(filter(None, plain)))


def _found(story: Story, platform: Platform) -> dict[Name, list[str]]:
    said = story.content
    section = story.said("section", "path") or ""
    brand = story.said("sponsorship", "type")
    level = story.said("sensitivity", "level")
    tags = said["tags"]
    return {
        "content_type": [story.type],
        "section": [section.rpartition("/")[2]],
        "section_path": [section.strip("/")],
        "keywords": values(tags, "slug", kind="keyword")
        or values(tags, "slug", kind="topic"),
        "series": values(tags, "slug", kind="series"),
        "contributors": values(said["authors"], "slug"),
        "tone": values(tags, "slug", kind="tone"),
        "edition": [str(said["edition"])] if said["edition"] else [],
        "platform": [platform],
        "path": [str(said["path"])],
        "path_words": str(said["slug"]).split("-"),
        "all_keywords": values(tags, "slug"),
        "sensitive": ["f" if level == "none" else "t"],
        "branding": [_BRANDS[brand]] if brand else [],
        "video_length": _video_length(said["body"]),
        "access": [str(said["access"])],
    }


def _video_length(body: JsonValue) -> list[str]:
    """Tell how many seconds the first video lasts."""
    blocks = body if isinstance(body, list) else []
    lengths = (
        block["duration"]
        for block in blocks
        if isinstance(block, dict) and block["type"] == "video"
    )
    first = next(lengths, None)
    return [str(round(first))] if isinstance(first, int | float) else []
