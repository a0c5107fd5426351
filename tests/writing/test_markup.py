"""A body in HTML or Markdown that makes no good blocks is refused, not stored."""

import pytest

from tests.newsroom import Newsroom

BAD = {
    "markup nested without end": ("body_html", "<b><i>" * 5000),
    "more elements than a story has": ("body_html", "<p>a</p>" * 9000),
    "more text than a story has": ("body_markdown", "word " * 70_000),
}


@pytest.mark.parametrize(("name", "text"), BAD.values(), ids=BAD)
def test_markup_beyond_measure_is_refused_by_name(
    newsroom: Newsroom, name: str, text: str
) -> None:
    section = newsroom.section()

    story = {"headline": "Too much", "section": section["id"], name: text}
    response = newsroom.request("POST", "/articles", json=story)

    assert response.status_code == 422, response.text
    assert response.json()["errors"][0]["pointer"] == f"/{name}"
    assert newsroom.send("GET", "/articles")["data"] == []
