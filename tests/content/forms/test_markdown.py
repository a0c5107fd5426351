"""A body as Markdown."""

import pytest

from app.content.blocks.reading import Restricted
from app.content.forms.markdown import to_markdown
from app.content.forms.markdown_inline import inline
from app.content.intake.from_markdown import blocks_from_markdown
from tests.content.bodies import (
    ARTICLE_ID,
    MEDIA_ID,
    PAGE,
    PICTURE,
    SAMPLES,
    TYPES,
    Json,
    read,
)

LINK = PAGE.replace("&", "&amp;")
SAMPLE = dict(zip(TYPES, SAMPLES, strict=True))
SHOT = '![A "cat" & dog](https://img.example/a.jpg "Two friends (Ada Reed)")'
FORMS: dict[str, str] = {
    "paragraph": "Some *words*",
    "heading": "### A `heading`",
    "list": "1. One",
    "quote": f"> Said\n>\n> — [Ada & Bo]({LINK})",
    "pullquote": "> Large \\<words\\>\n>\n> — Ada",
    "image": SHOT,
    "gallery": f"**Cats**\n\n{SHOT}\n\n{SHOT}",
    "video": "[Film](https://v.example/a.mp4)",
    "audio": "[Episode](https://a.example/a.mp3)",
    "social_post": f"> A \\<b\\>post\\</b\\>\n>\n> — [@ada]({LINK})",
    "embed": f"[See it there]({LINK})",
    "interactive": "Some *words*",
    "related": f"More [Another story]({LINK})",
    "link_list": f"**Links**\n\n- [A page]({LINK})",
    "callout": f"**Every morning**\n\nGet the **news**\n\n[Sign up]({LINK})",
    "box": "> **Facts**\n>\n> Some *words*",
    "timeline": "**Spring**\n\n**May Day** A march\n\n"
    f"![Marchers]({PICTURE})\n\nSome *words*",
    "table": "Results\n\n| Team | Points |\n| :--- | ---: |\n| **A** | 3\\|4 |",
    "code": "````python\nif a < b:\n    print('```')\n\n````",
    "divider": "---",
    "rating": "Good: 4/5 stars",
    "correction": "We said ~~x~~",
    "live_post": "### Goal\n\n2026-05-01 12:00 UTC, Ada Reed\n\nSome *words*",
    "product": f"**Kettle**\n\nAcme, £20\n\n![]({PICTURE})\n\nSome *words*\n\n"
    f"- [Buy £19]({LINK})",
    "structured": f"[See it there]({LINK})",
    "group": "Some *words*",
    "meter_break": "",
    "legacy_html": "",
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_block_has_its_markdown(kind: str) -> None:
    assert to_markdown(read(SAMPLE[kind])) == FORMS[kind]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("snake_case * [x] `y` ~z~", "snake\\_case \\* \\[x\\] \\`y\\` \\~z\\~"),
        ("AT&amp;T &amp;copy; &lt;b&gt;", "AT&T \\&copy; \\<b\\>"),
        ("1. First", "1\\. First"),
        ("# Not a heading", "\\# Not a heading"),
        ("- a<br>+ b<br>= c<br>| d", "\\- a\\\n\\+ b\\\n\\= c\\\n\\| d"),
        ("Wow!<a href='/x'>x</a>", "Wow\\![x](/x)"),
        ("no\u00a0break", "no&#160;break"),
        ("<strong><em>x</em></strong>", "**_x_**"),
        ("<em><strong>x</strong></em>", "***x***"),
        ("<strong>x <em>y</em></strong>", "**x *y***"),
        ("a<em> b </em>c", "a *b* c"),
        ("<em> </em>c", "c"),
        ("これは<strong>「x」</strong>です", "これ&#12399;**「x」**&#12391;す"),
        ("<code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
        ("<code> </code>x", "x"),
        ("H<sub>2</sub>O <span lang='fr'>eau</span>", "H2O eau"),
        ("<a>no link</a>", "no link"),
        ("<a href='/a_(b)'>x<br>y</a>", "[x y](</a_(b)>)"),
        ("x<br><br>", "x"),
        ("a\n  b", "a b"),
    ],
)
def test_words_are_written_such_that_no_sign_is_a_mark(
    html: str, markdown: str
) -> None:
    assert inline(html) == markdown


def test_a_heading_is_one_line_and_ends_without_marks() -> None:
    body = read({"type": "heading", "level": 2, "html": "C<br>and #"})
    assert to_markdown(body) == "## C and \\#"
    alone = read({"type": "heading", "level": 2, "html": "#"})
    assert blocks_from_markdown(to_markdown(alone)) == alone


def test_lists_in_a_row_stay_apart() -> None:
    one: Json = {"type": "list", "items": [{"html": "a"}]}
    two: Json = {"type": "list", "style": "ordered", "items": [{"html": "b"}]}
    body = read(one, one, one, two, two)
    assert to_markdown(body) == "- a\n\n* a\n\n- a\n\n1. b\n\n1) b"
    assert blocks_from_markdown(to_markdown(body)) == body


def test_what_belongs_to_a_point_is_set_under_it() -> None:
    under: Json = {"type": "paragraph", "html": "more"}
    inner: Json = {"type": "list", "items": [{"html": "b"}]}
    items = [{"html": "a", "blocks": [inner]}, {"html": "c", "blocks": [under]}]
    body = read({"type": "list", "items": items})
    assert to_markdown(body) == "- a\n  - b\n- c\n\n  more"
    assert blocks_from_markdown(to_markdown(body)) == body


def test_what_has_no_file_or_words_leaves_nothing() -> None:
    body = read(
        {"type": "image", "media_id": MEDIA_ID},
        {"type": "video", "media_id": MEDIA_ID},
        {"type": "related", "target_id": ARTICLE_ID},
        {"type": "link_list", "items": [{"target_id": ARTICLE_ID}]},
        {"type": "callout", "kind": "button"},
    )
    assert to_markdown(body) == ""


def test_a_fallback_without_a_link_is_told_in_words() -> None:
    structured = {**SAMPLE["structured"], "fallback": {"html": "<p>Told</p>"}}
    assert to_markdown(read(structured)) == "Told"
    picture_only = {**SAMPLE["structured"], "fallback": {"image": PICTURE}}
    assert to_markdown(read(picture_only)) == ""


def test_a_post_without_its_words_is_told_by_its_fallback() -> None:
    post = {**SAMPLE["social_post"], "text_snapshot": ""}
    assert to_markdown(read(post)) == f"[See it there]({LINK})"


def test_small_parts_may_be_missing() -> None:
    body = read(
        {"type": "related", "url": PAGE},
        {"type": "pullquote", "text": "Large"},
        {"type": "live_post", "published_at": "2026-05-01T12:00:00Z", "blocks": []},
        {"type": "image", "url": PICTURE, "credit": "Ada", "show_credit": False},
        {"type": "table", "rows": [["a"]]},
    )
    assert to_markdown(body).split("\n\n") == [
        f"[https://other.example/page?a=1&b=2]({LINK})",
        "> Large",
        "2026-05-01 12:00 UTC",
        f"![]({PICTURE})",
        "|  |\n| --- |\n| a |",
    ]


def test_a_note_stands_for_what_readers_may_not_have() -> None:
    note = Restricted(
        type="restricted", reason_code="r", message="Not *here*", original_type="image"
    )
    assert to_markdown([note]) == "Not \\*here\\*"


def test_the_deepest_words_that_are_let_in_can_be_written() -> None:
    deep: Json = {"type": "paragraph", "html": "<em><s>" * 32 + "x"}
    assert "x" in to_markdown(read(deep))
