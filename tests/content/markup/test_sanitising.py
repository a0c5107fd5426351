"""Nothing that runs comes through, nothing changes twice, nothing takes long."""

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kit.html import (
    Tangled,
    clean_fragment,
    clean_inline,
    escaped,
    parsed,
    plain_text,
)
from tests.content.bodies import RUN, payloads
from tests.content.harm import Seen, assert_harmless

Clean = Callable[[str], str]
BOTH = pytest.mark.parametrize("clean", [clean_inline, clean_fragment])

INLINE_TAGS = {"a", "strong", "em", "s", "sub", "sup", "br", "code", "span"}


@pytest.mark.parametrize("payload", payloads())
@BOTH
def test_no_script_comes_through(clean: Clean, payload: str) -> None:
    result = clean(payload)
    assert_harmless(result)
    assert clean(result) == result


@pytest.mark.parametrize("payload", payloads())
def test_a_run_of_text_has_inline_elements_only(payload: str) -> None:
    assert Seen(clean_inline(payload)).tags <= INLINE_TAGS


@BOTH
def test_all_payloads_at_once_come_to_nothing(clean: Clean) -> None:
    assert len(payloads()) >= 120
    assert_harmless(clean("\n".join(payloads())))
    assert_harmless(clean("".join(reversed(payloads()))))


SCRAPS = re.split(
    r" (?! )",
    """<b> </b> <i> </i> <p> </p> <a </a> <a> href="/x" href=javascript:x > < " ' = /
    <table> <tr> <td> </table> <ul> <li> </ul> <!-- --> <![CDATA[ ]]> <svg> </svg>
    <style> </style> <script> </script> <title> </title> <math> &lt; &amp; &#x338; &#0;
    &#13; &nbsp; x <img onerror=x src=x <br> <code> </code> <pre> </pre> <div> </div>
    <blockquote> <span lang=fr> </span> \u0338 \u0301 \u202e \u00a0 \u226e &#x301; <h2>
    </h2> \n \x00""",
)
SOUP = st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join)


@settings(deadline=None, max_examples=300)
@given(html=st.one_of(SOUP, st.text()))
@BOTH
def test_cleaning_twice_changes_nothing(clean: Clean, html: str) -> None:
    try:
        once = clean(html)
    except ValueError:
        return
    assert clean(once) == once
    assert_harmless(once)


@settings(deadline=None)
@given(RUN)
def test_an_ordinary_run_of_text_is_left_as_it_is(run: str) -> None:
    assert clean_inline(clean_inline(run)) == clean_inline(run)
    assert plain_text(clean_inline(run)) == plain_text(run)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_escaped_text_is_clean_and_comes_back(text: str) -> None:
    clean = clean_inline(escaped(text))
    assert plain_text(clean) == plain_text(escaped(text))
    assert clean_inline(clean) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<b>x</b> <i>y</i> <del>z</del>", "<strong>x</strong> <em>y</em> <s>z</s>"),
        ("<p>one</p><p>two</p>", "one  two"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("a<br/>b<hr>c", "a<br>b c"),
        ('<span lang="fr-CA">x</span>', '<span lang="fr-CA">x</span>'),
        ('<a href=" /a b ">x</a>', '<a href="/a%20b">x</a>'),
        ("<a href='?a=1#b'>x</a>", '<a href="?a=1#b">x</a>'),
        ('<a href="tel:+441">x</a>', '<a href="tel:+441">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<a href="mailto:a@b\u202e">x</a>', "<a>x</a>"),
        ('<a rel="UGC noopener sponsored">x</a>', '<a rel="sponsored ugc">x</a>'),
        ('<a rel="noopener">x</a>', "<a>x</a>"),
        ("<b title='</b>'>x</b>", "<strong>x</strong>"),
        ("e&#x301;", "é"),
        ("<b>&#x338;</b>", "<strong>\u0338</strong>"),
        ("a&#x202e;b&#1;c", "abc"),
        ("a<title>b</title>c<plaintext>d", "ac"),
        ("a<title>b", "a"),
    ],
)
def test_a_run_of_text_is_cleaned(html: str, clean: str) -> None:
    assert clean_inline(html) == clean


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<img src="/a.jpg" alt="x" width=9>', '<img src="/a.jpg" alt="x" width="9">'),
        ('<img src="/a.jpg" width="9px">', '<img src="/a.jpg">'),
        ('<code class="language-c++">x</code>', '<code class="language-c++">x</code>'),
        ('<code class="big">x</code>', "<code>x</code>"),
        ('<td align="left">x', "x"),
        (
            '<time datetime="2026-01-01">x</time>',
            '<time datetime="2026-01-01">x</time>',
        ),
        (f'<img alt="{"a" + chr(0x301) * 40}">', "<img>"),
    ],
)
def test_a_piece_of_a_page_is_cleaned(html: str, clean: str) -> None:
    assert clean_fragment(html) == clean


def test_the_tree_of_clean_html_has_one_root() -> None:
    assert parsed("a<p>b</p>c").inner_html == "a<p>b</p>c"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("a <b>b</b>\n c", "a b c"),
        ("<p>one</p><p>two</p>", "one two"),
        ("one <br> two", "one\ntwo"),
        ("&lt;b&gt; &amp;amp; &copy;", "<b> &amp; ©"),
        ("a<script>b</script>&#0;&#1;", "a\ufffd"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_html_has_words(html: str, words: str) -> None:
    assert plain_text(html) == words


MEGABYTE = 1_000_000
# Seconds of CPU: a guard against hanging, for work that takes less than one of them.
LIMIT = 20.0
HEAPS = {
    "deep": "<b>" * 333_333,
    "attributes": "<a " + " ".join(f"a{n:x}" for n in range(160_000)) + ">",
    "attributes without an end": "<a " * 333_333,
    "formatting opened again": "<p>"
    + "".join(f"<b a={n}>" for n in range(250))
    + "</p>"
    + "<p>x" * 7_000,
    "hidden end tags": "<b><!--</b>-->" * 2_600,
    "end tags in attributes": "<b title='</b>'>" * 7_000,
    "end tags out of scope": "<b><table><tr><td></b></table>" * 1_900,
    "quotes that never end": "<a b='" * 166_000,
    "comments": "<!--" * 250_000,
    "less-than signs": "<" * MEGABYTE,
    "ampersands": "&" * MEGABYTE,
    "hard spaces": "\u00a0" * 499_000,
    "numbered characters": "&#x338;" * 140_000,
    "marks in a heap": "a" + "\u0301\u0316" * 249_000,
    "marks by number": "&#x301;&#x316;" * 3_000,
    "many links": '<a href="/x">a</a>' * 7_900,
    "many pairs": "<b></b>" * 7_900,
    "rows": "<table>" + "<tr><td>" * 3_900,
    "wide tag": "<a" + " " * 999_000,
    "nested lists": "<ul><li>" * 3_900,
    "plain text": "x " * 499_000,
}


@pytest.mark.parametrize("html", HEAPS.values(), ids=HEAPS.keys())
@pytest.mark.parametrize("work", [clean_inline, clean_fragment, plain_text])
def test_a_megabyte_of_the_worst_takes_little_time(work: Clean, html: str) -> None:
    began = time.process_time()
    with suppress(ValueError):
        work(html)
    assert time.process_time() - began < LIMIT


@pytest.mark.parametrize(
    "html",
    [
        HEAPS["deep"],
        "<b>" * 257,
        "<div>" * 200 + "<p>x" * 4_000,
        HEAPS["formatting opened again"],
        HEAPS["hidden end tags"],
        HEAPS["end tags in attributes"],
        HEAPS["end tags out of scope"],
        HEAPS["less-than signs"],
        HEAPS["ampersands"],
        "x" * (MEGABYTE + 1),
        "é" * (MEGABYTE // 2 + 1),
    ],
    ids=lambda html: html[:20],
)
def test_what_no_story_needs_is_refused(html: str) -> None:
    with pytest.raises(Tangled):
        clean_fragment(html)


def test_a_run_of_text_may_be_nested_less_deeply_than_a_page() -> None:
    assert clean_fragment("<div>" * 256 + "x").count("<div>") == 256
    assert clean_inline("<em>" * 64 + "x").count("<em>") == 64
    with pytest.raises(Tangled, match="more than 64"):
        clean_inline("<em>" * 65)


def test_end_tags_left_out_in_the_old_way_do_not_count_as_depth() -> None:
    page = "<table>" + "<tr><td>x" * 1_000 + "</table>" + "<p>y" * 1_000
    assert clean_fragment(page).count("<p>") == 1_000
