"""A block keeps its id as long as it says the same, however the body was sent."""

from typing import Any

import pytest

from tests.newsroom import Newsroom

STORY = {"headline": "Snow closes the pass", "section": "world"}
URL = "/articles/by-external-id/wire/1"

BODIES: dict[str, dict[str, Any]] = {
    "blocks": {"body": [{"type": "paragraph", "html": "Shut."}]},
    "html": {"body_html": "<p>Shut.</p><ul><li>Road</li></ul>"},
    "markdown": {"body_markdown": "Shut.\n\n> Closed.\n\n- Road\n- Rail"},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_same_story_twice_is_one_revision(
    newsroom: Newsroom, body: dict[str, Any]
) -> None:
    newsroom.section("World")
    first = newsroom.send("PUT", URL, json={**STORY, **body})

    second = newsroom.send("PUT", URL, json={**STORY, **body})

    assert (second["version"], second["revision"]) == (1, 1)
    assert second["body"] == first["body"]


def test_only_what_was_changed_gets_new_ids(newsroom: Newsroom) -> None:
    newsroom.section("World")
    before = newsroom.draft(
        section="world", body=None, body_markdown="One.\n\nTwo.\n\nThree."
    )

    after = newsroom.edit(before, body_markdown="One.\n\nTwo and a half.\n\nThree.")

    old, new = [[block["id"] for block in each["body"]] for each in (before, after)]
    assert (new[0], new[2]) == (old[0], old[2])
    assert new[1] != old[1]


def test_blocks_that_say_the_same_keep_an_id_each(newsroom: Newsroom) -> None:
    newsroom.section("World")
    draft = newsroom.draft(section="world", body=None, body_markdown="Again.\n\nAgain.")

    after = newsroom.edit(draft, body_markdown="Again.\n\nAgain.\n\nAgain.")

    ids = [block["id"] for block in after["body"]]
    assert len(set(ids)) == 3
    assert ids[:2] == [block["id"] for block in draft["body"]]
