"""Small requests that ask for much work: each is done or refused within its budget."""

import pytest

from tests import hearing
from tests.hostile.spending import (
    ANSWER_BYTES,
    CREATE,
    MEGABYTE,
    ON_ONE_DATABASE,
    SECONDS,
    measured,
    table,
    within_budget,
)
from tests.hostile.standing import Standing
from tests.newsroom import paragraph

HTML = {
    "div-closed": "<div>" * 45_000 + "</div>" * 45_000,
    "div-open": "<div>" * 100_000,
    "div-closed-only": "</div>" * 160_000,
    "b": "<b>" * 300_000,
    "two-kinds": "<b><i>" * 160_000,
    "misnested": "<b><p></b></p>" * 70_000,
    "a": "<a href=x>" * 90_000,
    "a-p": "<a><p>" * 150_000,
    "font-p": "<font size=1><p>" * 60_000,
    "blockquote": "<blockquote>" * 80_000,
    "ul": "<ul><li>" * 120_000,
    "dl": "<dl><dt>" * 120_000,
    "table": "<table>" * 140_000,
    "table-of-100000-rows": "<table>" + "<tr><td>" * 100_000,
    "td": "<table><tr>" + "<td>a" * 190_000,
    "svg": "<svg>" * 190_000,
    "math": "<math>" * 160_000,
    "template": "<template>" * 90_000,
    "select": "<select>" * 120_000,
    "script": "<script>" * 120_000,
    "style": "<style>" * 120_000,
    "form": "<form>" * 160_000,
    "paragraphs": "<p>" * 330_000,
    "headings": "<h2>a" * 190_000,
    "breaks": "<br>" * 240_000,
    "images": "<img src=https://a.example/a.jpg>" * 30_000,
    "frames": "<iframe src=https://www.youtube.com/embed/aaaaaaaaaaa>" * 18_000,
    "links": "<a href=https://a.example/>a</a>" * 30_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(90_000)) + ">",
    "same-attribute": "<p " + "a=1 " * 240_000 + ">",
    "ampersands": "&" * MEGABYTE,
    "entities": "&amp;" * 200_000,
    "less-than": "<" * MEGABYTE,
    "comments": "<!--" * 250_000,
    "cdata": "<![CDATA[" * 110_000,
    "one-paragraph": "<p>" + "word " * 199_000,
    "one-word": "<p>" + "a" * 990_000,
    "spaces": " " * MEGABYTE,
    "marks": "<p>a" + "\u0301" * 300_000,
}

MARKDOWN = {
    "quotes": ">" * MEGABYTE,
    "quotes-and-spaces": "> " * 500_000,
    "quotes-by-lines": (">" * 900 + "a\n") * 1_000,
    "quotes-of-lists": "> - " * 250_000,
    "lists": "- " * 500_000,
    "lists-by-numbers": "1) " * 330_000,
    "lists-by-indent": "".join(" " * (2 * n) + "- a\n" for n in range(950)),
    "list-items": "- a\n" * 240_000,
    "stars": "*" * MEGABYTE,
    "emphasis-open": "*a " * 330_000,
    "emphasis-inside": "a**b" * 250_000,
    "emphasis-mixed": "*_" * 490_000,
    "underscores": "_a" * 490_000,
    "brackets": "[" * MEGABYTE,
    "brackets-closed": "[" * 250_000 + "a" + "](b)" * 150_000,
    "links-open": "[a](" * 250_000,
    "links-empty": "[](" * 330_000,
    "images-open": "![" * 500_000,
    "definitions": "".join(f"[a{n}]: b\n" for n in range(60_000)) + "[a1]" * 20_000,
    "same-definition": "[a]: b\n" * 140_000,
    "backticks": "`" * MEGABYTE,
    "backticks-growing": "".join("`" * n + " " for n in range(1_300)),
    "fences": "```\n" * 240_000,
    "tildes": "~" * MEGABYTE,
    "rows": "|a|b|\n|-|-|\n" + "|a|b|\n" * 140_000,
    "columns": "|a" * 240_000 + "|\n" + "|-" * 240_000 + "|\n",
    "pipes": "|" * MEGABYTE,
    "hashes": "#" * MEGABYTE,
    "headings": "# a\n" * 240_000,
    "underlined": "a\n-\n" * 240_000,
    "rules": "---\n" * 240_000,
    "tags": "<b>" * 330_000,
    "tags-by-lines": "<div>\n" * 160_000,
    "less-than": "<" * MEGABYTE,
    "comments": "<!--" * 250_000,
    "instructions": "<?" * 490_000,
    "declarations": "<!A " * 250_000,
    "addresses": "<http://a.example>" * 55_000,
    "entities": "&amp;" * 200_000,
    "hard-breaks": "a  \n" * 240_000,
    "one-paragraph": "word " * 199_000,
}

MARKUP = {
    **{f"html-{name}": ("body_html", text) for name, text in HTML.items()},
    **{f"markdown-{name}": ("body_markdown", text) for name, text in MARKDOWN.items()},
}


@ON_ONE_DATABASE
@pytest.mark.parametrize("name", sorted(MARKUP))
def test_a_megabyte_of_markup_is_done_or_refused(name: str, standing: Standing) -> None:
    field, text = MARKUP[name]
    story = {"headline": "Long", "section": "world", field: text[:MEGABYTE]}
    response = within_budget(standing, CREATE, story)
    assert len(response.content) < 2 * MEGABYTE
    if response.status_code != 201:
        assert len(response.content) < ANSWER_BYTES


def test_the_largest_stories_are_taken_and_published_within_budget(
    standing: Standing,
) -> None:
    largest = (
        [paragraph("a")] * 2_000,
        [paragraph("word " * 9_500)] * 9,
        [table([["a"] * 50] * 200)] * 10,
    )
    for blocks in largest:
        story = {"headline": "Long", "section": "world", "body": blocks}
        response = within_budget(standing, CREATE, story)
        assert response.status_code == 201, response.text[:300]
        with measured() as spent:
            _publish_and_read(standing, str(response.json()["id"]))
        assert spent.seconds < SECONDS


def test_a_long_story_takes_no_more_statements_than_a_short_one(
    standing: Standing,
) -> None:
    counts = []
    for slug, length in (("one-paragraph", 1), ("many-paragraphs", 2_000)):
        statements: list[str] = []
        with hearing.told(standing.database, statements.append):
            blocks = [paragraph("a")] * length
            story = {"headline": "A", "slug": slug, "section": "world", "body": blocks}
            made = standing.write(CREATE, story).json()
            _publish_and_read(standing, str(made["id"]))
        counts.append(len(statements))
    assert counts[0] == counts[1]


def _publish_and_read(standing: Standing, article: str) -> None:
    answer = standing.client.post(
        f"/manage/v1/articles/{article}/publish",
        json={},
        headers=standing.admin | {"If-Match": "*"},
    )
    assert answer.status_code == 200, answer.text[:300]
    for form in ("html", "markdown", "text"):
        answer = standing.client.get(f"/v1/articles/{article}", params={"body": form})
        assert answer.status_code == 200
