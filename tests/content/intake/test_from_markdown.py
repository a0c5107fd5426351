"""Markdown from elsewhere, turned into blocks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.blocks.containers import Stored
from app.content.body import body_adapter
from app.content.forms.html import to_html
from app.content.intake.from_markdown import blocks_from_markdown
from tests.content.bodies import PAGE, PICTURE, Json, payloads, read
from tests.content.harm import assert_harmless


def expect(markdown: str, *blocks: Json) -> None:
    assert blocks_from_markdown(markdown) == read(*blocks)


def paragraph(html: str) -> Json:
    return {"type": "paragraph", "html": html}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("one\ntwo", "one two"),
        ("one\\\ntwo", "one<br>two"),
        (
            "*a* **b** ~~c~~ `d`",
            "<em>a</em> <strong>b</strong> <s>c</s> <code>d</code>",
        ),
        ("[x](/a 'title')", '<a href="/a">x</a>'),
        (f"[x]({PAGE})", f'<a href="{PAGE.replace("&", "&amp;")}">x</a>'),
        ("[x](https://a.example/ä)", '<a href="https://a.example/ä">x</a>'),
        ("<https://a.example/>", '<a href="https://a.example/">https://a.example/</a>'),
        ("<b onclick=x>y</b>", "&lt;b onclick=x&gt;y&lt;/b&gt;"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](//evil.example)", "<a>x</a>"),
        ("&lt; &amp; &copy;", "&lt; &amp; ©"),
    ],
)
def test_words_become_a_paragraph(markdown: str, html: str) -> None:
    expect(markdown, paragraph(html))


def test_headings_are_of_level_two_to_four() -> None:
    expect(
        "# a\n\n### b\n\n###### c\n\n##\n",
        {"type": "heading", "level": 2, "html": "a"},
        {"type": "heading", "level": 3, "html": "b"},
        {"type": "heading", "level": 4, "html": "c"},
    )


def test_a_picture_stands_by_itself() -> None:
    expect(
        f'words ![A *cat*]({PICTURE} "Caption")',
        paragraph("words"),
        {"type": "image", "url": PICTURE, "alt": "A cat", "caption": "Caption"},
    )


def test_a_picture_in_a_heading_follows_it() -> None:
    expect(
        f"## a ![]({PICTURE})",
        {"type": "heading", "level": 2, "html": "a"},
        {"type": "image", "url": PICTURE},
    )


def test_a_picture_that_cannot_be_fetched_leaves_its_words() -> None:
    expect("![A cat](/a.jpg)", paragraph("A cat"))


def test_lists_keep_their_nesting() -> None:
    inner: Json = {"type": "list", "style": "ordered", "items": [{"html": "b"}]}
    items = [
        {"html": "a", "blocks": [inner]},
        {"html": "c", "blocks": [paragraph("d")]},
        {"html": "", "blocks": [{"type": "divider"}]},
    ]
    expect("- a\n  1. b\n- c\n\n  d\n- ***", {"type": "list", "items": items})


def test_a_quote_names_its_source() -> None:
    expect(
        f"> a\n>\n> b\n>\n> — [Ada]({PAGE})",
        {"type": "quote", "html": "a<br><br>b", "citation": "Ada", "url": PAGE},
    )
    expect("> — a", {"type": "quote", "html": "— a"})


def test_what_is_more_than_words_follows_the_quote() -> None:
    expect(
        "> a\n>\n> - b",
        {"type": "quote", "html": "a"},
        {"type": "list", "items": [{"html": "b"}]},
    )


def test_code_keeps_its_spaces_and_language() -> None:
    expect(
        "```python title\nif a:\n    b\n```\n\n    indented\n\n```<b>\n```",
        {"type": "code", "language": "python", "text": "if a:\n    b"},
        {"type": "code", "text": "indented"},
        {"type": "code", "text": ""},
    )


def test_a_table_has_header_rows_and_alignment() -> None:
    expect(
        "| A | B |\n|---|--:|\n| *1* | 2\\|3 |",
        {
            "type": "table",
            "header": ["A", "B"],
            "rows": [["<em>1</em>", "2|3"]],
            "align": ["none", "right"],
        },
    )
    expect("| |\n|---|\n| x |", {"type": "table", "rows": [["x"]]})


def test_a_rule_divides() -> None:
    expect("a\n\n---", paragraph("a"), {"type": "divider"})


@pytest.mark.parametrize("payload", payloads())
def test_no_script_comes_in(payload: str) -> None:
    assert_harmless(to_html(blocks_from_markdown(payload)))
    assert_harmless(to_html(blocks_from_markdown(f"[x](<{payload}>) ![x]({payload})")))


@settings(deadline=None)
@given(st.text())
def test_any_text_makes_valid_blocks(text: str) -> None:
    try:
        found: list[Stored] = blocks_from_markdown(text)
    except ValueError:
        return
    assert body_adapter.validate_json(body_adapter.dump_json(found)) == found


@pytest.mark.parametrize(
    "markdown",
    [
        "x" * 300_001,
        "a|" * 50 + "\n" + "-|" * 50 + "\n" + "x\n" * 3_000,
        "> " + "a|" * 1_000 + "\n> " + "-|" * 1_000 + "\n" + "> x\n" * 200,
    ],
    ids=lambda markdown: markdown[:10],
)
def test_what_no_story_needs_is_refused(markdown: str) -> None:
    with pytest.raises(ValueError, match="too long"):
        blocks_from_markdown(markdown)
