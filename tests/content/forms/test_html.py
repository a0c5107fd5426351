"""A body as HTML: every block has its form, and the whole is clean."""

from typing import get_args

import pytest

from app.content.blocks.containers import Stored
from app.content.blocks.reading import AdSlot, Restricted, Truncated
from app.content.blocks.text import Divider
from app.content.forms import html, markdown, text
from app.content.forms.html import to_html
from app.content.forms.table import FormTable, entry
from app.kit.html import clean_fragment
from tests.content.bodies import (
    ARTICLE_ID,
    FALLBACK,
    MEDIA_ID,
    PAGE,
    PICTURE,
    SAMPLES,
    TYPES,
    Json,
    payloads,
    read,
)
from tests.content.harm import assert_harmless

LINK = PAGE.replace("&", "&amp;")
SAMPLE = dict(zip(TYPES, SAMPLES, strict=True))
FORMS: dict[str, str] = {
    "paragraph": "<p>Some <em>words</em></p>",
    "heading": "<h3>A <code>heading</code></h3>",
    "list": "<ol><li>One<ul></ul></li></ol>",
    "quote": f'<blockquote cite="{LINK}"><p>Said</p>'
    f'<footer><a href="{LINK}">Ada &amp; Bo</a></footer></blockquote>',
    "pullquote": "<aside><blockquote><p>Large &lt;words&gt;</p>"
    "<footer>Ada</footer></blockquote></aside>",
    "image": f'<figure><img src="{PICTURE}" alt="A &quot;cat&quot; &amp; dog">'
    "<figcaption>Two<br>friends <small>Ada Reed</small></figcaption></figure>",
    "video": f'<figure><video poster="{PICTURE}" controls="">'
    '<source src="https://v.example/a.mp4" type="video/mp4"></video>'
    "<figcaption>A film</figcaption></figure>",
    "audio": '<figure><audio controls=""><source src="https://a.example/a.mp3">'
    "</audio><figcaption>Episode</figcaption></figure>",
    "social_post": f'<blockquote cite="{LINK}"><p>A &lt;b&gt;post&lt;/b&gt;</p>'
    f'<footer><a href="{LINK}">@ada</a></footer></blockquote>',
    "embed": f'<figure><p><a href="{LINK}">See it there</a></p>'
    "<figcaption>A map</figcaption></figure>",
    "interactive": "<div><p>Some <em>words</em></p></div>",
    "related": f'<aside><p>More <a href="{LINK}">Another story</a></p></aside>',
    "link_list": "<aside><p><strong>Links</strong></p>"
    f'<ul><li><a href="{LINK}">A page</a></li></ul></aside>',
    "callout": "<aside><p><strong>Every morning</strong></p>"
    f'<p>Get the <strong>news</strong></p><p><a href="{LINK}">Sign up</a></p></aside>',
    "box": "<aside><h3>Facts</h3><p>Some <em>words</em></p></aside>",
    "timeline": "<section><h3>Spring</h3><ol><li><p><strong>May Day</strong> A march"
    f'</p><figure><img src="{PICTURE}" alt="Marchers"></figure>'
    "<p>Some <em>words</em></p></li></ol></section>",
    "table": "<table><caption>Results</caption><thead><tr>"
    '<th align="left">Team</th><th align="right">Points</th></tr></thead><tbody><tr>'
    '<td align="left"><strong>A</strong></td><td align="right">3|4</td>'
    "</tr></tbody></table>",
    "code": "<pre><code class=\"language-python\">if a &lt; b:\n    print('```')\n"
    "</code></pre>",
    "divider": "<hr>",
    "rating": "<p>Good: 4/5 stars</p>",
    "correction": "<aside><p>We said <s>x</s></p></aside>",
    "live_post": "<article><header><h3>Goal</h3>"
    '<p><time datetime="2026-05-01T12:00:00Z">2026-05-01 12:00 UTC</time></p>'
    "<p>Ada Reed</p></header><p>Some <em>words</em></p></article>",
    "product": "<aside><h3>Kettle</h3><p>Acme, £20</p>"
    f'<figure><img src="{PICTURE}" alt=""></figure><p>Some <em>words</em></p>'
    f'<ul><li><a href="{LINK}">Buy £19 Shop</a></li></ul></aside>',
    "structured": f'<p><a href="{LINK}">See it there</a></p>',
    "group": "<div><p>Some <em>words</em></p></div>",
    "meter_break": "",
    "legacy_html": "<div><p>Old</p></div>",
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_block_has_its_html(kind: str) -> None:
    assert to_html(read(SAMPLE[kind])) == FORMS[kind]


def test_a_gallery_is_a_figure_of_figures() -> None:
    written = to_html(read(SAMPLE["gallery"]))
    assert written.startswith("<figure><figcaption>Cats</figcaption><figure><img")
    assert written.count("<figure>") == 3


@pytest.mark.parametrize("forms", [html.FORMS, markdown.FORMS, text.FORMS])
def test_every_type_has_its_form(forms: FormTable) -> None:
    assert forms.kinds() == {*get_args(Stored), AdSlot, Restricted, Truncated}


def test_the_form_of_a_whole_body_is_clean() -> None:
    written = to_html(read(*SAMPLES))
    assert clean_fragment(written) == written


@pytest.mark.parametrize("payload", payloads())
def test_no_script_in_any_field_runs(payload: str) -> None:
    line = " ".join(payload.split())
    body = read(
        {"type": "quote", "html": payload, "citation": line},
        {"type": "pullquote", "text": payload, "attribution": line},
        {"type": "image", "url": PICTURE, "alt": line, "caption": payload},
        {"type": "code", "text": payload},
        {"type": "box", "kind": "factbox", "title": line, "blocks": []},
        {"type": "table", "caption": payload, "rows": [[payload]]},
        {"type": "rating", "value": 1, "unit": line, "label": line},
        {"type": "related", "url": PAGE, "headline": line, "label": line},
        {"type": "divider", "fallback": {"text": payload, "html": payload + "x"}},
    )
    written = to_html(body)
    assert_harmless(written)
    assert clean_fragment(written) == written


def test_an_anchor_is_the_elements_id() -> None:
    assert to_html(read({"type": "divider", "anchor": "end"})) == '<hr id="end">'
    paragraph: Json = {"type": "paragraph", "html": "x", "anchor": "start"}
    assert to_html(read(paragraph)) == '<p id="start">x</p>'


def test_blocks_stand_on_lines_of_their_own_and_empty_ones_leave_no_gap() -> None:
    body = read({"type": "divider"}, {"type": "meter_break"}, {"type": "divider"})
    assert to_html(body) == "<hr>\n<hr>"


def test_our_own_articles_are_not_named() -> None:
    body = read(
        {"type": "related", "target_id": ARTICLE_ID, "headline": "secret"},
        {"type": "link_list", "title": "x", "items": [{"target_id": ARTICLE_ID}]},
    )
    assert to_html(body) == ""


def test_a_picture_without_a_file_is_told_by_its_fallback() -> None:
    bare: Json = {"type": "image", "media_id": MEDIA_ID}
    assert to_html(read(bare)) == ""
    assert to_html(read({**bare, "fallback": {"text": "A cat"}})) == "<p>A cat</p>"
    assert to_html(read({"type": "gallery", "items": [bare]})) == ""
    assert to_html(read({"type": "video", "media_id": MEDIA_ID})) == ""


def test_a_credit_can_be_hidden() -> None:
    shot: Json = {"type": "image", "url": PICTURE, "credit": "Ada"}
    assert "<small>Ada</small>" in to_html(read(shot))
    assert "Ada" not in to_html(read({**shot, "show_credit": False}))


def test_a_fallback_shows_the_best_it_has() -> None:
    structured = SAMPLE["structured"]
    best = {**FALLBACK, "html": "<p>Best</p>"}
    assert to_html(read({**structured, "fallback": best})) == "<p>Best</p>"
    pictured: Json = {"image": PICTURE, "text": "A chart"}
    assert to_html(read({**structured, "fallback": pictured})) == (
        f'<img src="{PICTURE}" alt="A chart"><p>A chart</p>'
    )
    assert to_html(read({**structured, "fallback": {"image": PICTURE}})) == (
        f'<img src="{PICTURE}" alt="">'
    )


def test_a_post_without_its_words_is_told_by_its_fallback() -> None:
    post = {**SAMPLE["social_post"], "text_snapshot": ""}
    assert to_html(read(post)) == f'<p><a href="{LINK}">See it there</a></p>'


def test_a_title_that_the_fallback_says_is_not_said_twice() -> None:
    embed = {**SAMPLE["embed"], "title": "See it there"}
    assert to_html(read(embed)).count("See it there") == 1


def test_a_plain_table_has_no_head() -> None:
    body = read({"type": "table", "rows": [["a", "b"]]})
    assert (
        to_html(body) == "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    )
    only_head = read({"type": "table", "header": ["a"], "rows": []})
    assert to_html(only_head) == "<table><thead><tr><th>a</th></tr></thead></table>"


def test_what_readers_may_not_have_leaves_a_note() -> None:
    note = Restricted(
        type="restricted", reason_code="r", message="Not <here>", original_type="image"
    )
    slot = AdSlot(type="ad_slot", slot="a", instance="a-1")
    assert to_html([note, slot]) == "<p>Not &lt;here&gt;</p>"


def test_small_parts_may_be_missing() -> None:
    body = read(
        {"type": "callout", "kind": "button"},
        {"type": "rating", "value": 2.5},
        {"type": "timeline", "sections": [{"events": [{"date_text": "May"}]}]},
        {"type": "code", "text": "x"},
        {"type": "product", "name": "Kettle"},
        {"type": "quote", "html": "Said"},
    )
    assert to_html(body).split("\n") == [
        "<aside></aside>",
        "<p>2.5/5 stars</p>",
        "<section><ol><li><p><strong>May</strong></p></li></ol></section>",
        "<pre><code>x</code></pre>",
        "<aside><h3>Kettle</h3></aside>",
        "<blockquote><p>Said</p></blockquote>",
    ]


def test_a_table_entry_takes_its_own_class_only() -> None:
    _, write = entry(Restricted, lambda block: block.message)
    with pytest.raises(TypeError, match="not a Restricted"):
        write(Divider(type="divider"))


def test_a_type_without_a_form_is_told_by_its_fallback() -> None:
    table = FormTable([], otherwise=lambda block: block.id)
    assert table.write([Divider(type="divider", id="d1")], between="") == "d1"
