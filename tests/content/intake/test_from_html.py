"""HTML from elsewhere, turned into blocks."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.body import body_adapter
from app.content.forms.html import to_html
from app.content.intake.from_html import blocks_from_html
from app.kit.html import Tangled
from tests.content.bodies import PICTURE, Json, payloads, read
from tests.content.harm import assert_harmless


def shapes(html: str) -> list[Json]:
    """Read HTML; of each block, answer what is not a default."""
    found = blocks_from_html(html)
    dumped = body_adapter.dump_python(found, mode="json", exclude_defaults=True)
    return [
        {key: value for key, value in block.items() if key not in ("text", "src")}
        for block in dumped
    ]


def paragraphs(html: str) -> list[object]:
    return [block["html"] for block in shapes(html)]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("", []),
        ("  \n ", []),
        ("loose", ["loose"]),
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<p>one<p>two", ["one", "two"]),
        (
            "<div><section>in <b>a</b> box</section></div>",
            ["in <strong>a</strong> box"],
        ),
        ("one<p>two</p>three", ["one", "two", "three"]),
        ("one<br><br>two<br>lines<br>", ["one", "two<br>lines"]),
        ("<p>  much\n   room </p>", ["much room"]),
        ("<p></p><p> <br> </p>", []),
        ("<unknown><p>x</p></unknown>", ["x"]),
        ("a<script>b</script><style>c</style>", ["a"]),
        ("1 &lt; 2 &amp; 3", ["1 &lt; 2 &amp; 3"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", ["a", "b"]),
    ],
)
def test_words_become_paragraphs(html: str, found: list[str]) -> None:
    assert paragraphs(html) == found


def test_headings_are_of_level_two_to_four() -> None:
    page = "".join(f"<h{n}>x</h{n}>" for n in range(1, 7)) + "<h2></h2>"
    assert [block["level"] for block in shapes(page)] == [2, 2, 3, 4, 4, 4]


def test_a_picture_in_a_heading_follows_it() -> None:
    page = f'<h2>x <img src="{PICTURE}"></h2>'
    assert [block["type"] for block in shapes(page)] == ["heading", "image"]


def test_lists_keep_their_nesting() -> None:
    page = "<ul><li>a<ol><li>b</ol><li><p>c</p><p>d</p><li></li></ul>"
    inner: Json = {"type": "list", "style": "ordered", "items": [{"html": "b"}]}
    under: Json = {"type": "paragraph", "html": "d"}
    items = [{"html": "a", "blocks": [inner]}, {"html": "c", "blocks": [under]}]
    assert blocks_from_html(page) == read({"type": "list", "items": items})


def test_a_point_may_hold_a_list_alone() -> None:
    [block] = shapes("<ul><li><ul><li>a</ul></ul>")
    assert block["items"] == [
        {
            "html": "",
            "blocks": [{"type": "list", "items": [{"html": "a", "text": "a"}]}],
        }
    ]


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        ("<p>a</p><p>b</p>", {"html": "a<br><br>b"}),
        ("a<footer>— Ada</footer>", {"html": "a", "citation": "Ada"}),
        ("<p>a</p><cite>Ada</cite>", {"html": "a", "citation": "Ada"}),
        ("<p>a</p><p>— Ada</p>", {"html": "a", "citation": "Ada"}),
        (
            '<p>a</p><footer><a href="https://a.example">Ada</a></footer>',
            {"html": "a", "citation": "Ada", "url": "https://a.example"},
        ),
    ],
)
def test_a_quote_names_its_source(html: str, fields: Json) -> None:
    page = f"<blockquote>{html}</blockquote>"
    assert shapes(page) == [{"type": "quote", **fields}]


def test_a_quotes_own_address_counts() -> None:
    page = '<blockquote cite="https://a.example/x">a</blockquote>'
    assert shapes(page)[0]["url"] == "https://a.example/x"


def test_what_is_more_than_words_follows_the_quote() -> None:
    page = "<blockquote><p>a</p><ul><li>b</ul></blockquote><blockquote></blockquote>"
    assert [block["type"] for block in shapes(page)] == ["quote", "list"]


def test_a_figure_has_caption_and_credit() -> None:
    page = (
        f'<figure><img src="{PICTURE}" alt="A" width="9" height="6">'
        "<figcaption>Two <b>cats</b> <small>Ada Reed</small></figcaption></figure>"
    )
    assert shapes(page) == [
        {
            "type": "image",
            "url": PICTURE,
            "alt": "A",
            "caption": "Two cats",
            "credit": "Ada Reed",
            "width": 9,
            "height": 6,
        }
    ]


def test_pictures_in_a_paragraph_stand_beside_its_words() -> None:
    page = f'<p>a <a href="/x"><img src="{PICTURE}"></a> b</p>'
    assert [block["type"] for block in shapes(page)] == [
        "paragraph",
        "image",
        "paragraph",
    ]


def test_a_picture_that_is_loaded_late_is_found() -> None:
    page = f'<img src="data:image/gif;base64,R0" data-src="{PICTURE}">'
    assert shapes(page) == [{"type": "image", "url": PICTURE}]


def test_a_picture_that_cannot_be_fetched_is_left_out() -> None:
    assert shapes('<img src="/a.jpg"><img><img src="javascript:x">') == []


def test_several_pictures_are_a_gallery() -> None:
    item = f'<img src="{PICTURE}">'
    page = (
        f"<figure>{item}<figure>{item}<figcaption>2</figcaption></figure>"
        "<figcaption>Cats</figcaption></figure>"
    )
    [gallery] = blocks_from_html(page)
    assert blocks_from_html(to_html([gallery])) == [gallery]
    assert gallery.model_dump()["title"] == "Cats"
    assert [i["caption"] for i in gallery.model_dump()["items"]] == ["", "2"]


def test_a_figure_of_something_else_is_unwrapped() -> None:
    page = "<figure><pre>x</pre></figure><figure><figcaption>y</figcaption></figure>"
    assert [block["type"] for block in shapes(page)] == ["code", "paragraph"]


def test_a_frame_is_an_embed_with_a_link_to_fall_back_on() -> None:
    page = (
        '<iframe src="https://www.video.example/e/1" title="A film" width="16"'
        ' height="9">no frames</iframe>'
    )
    url = "https://www.video.example/e/1"
    assert shapes(page) == [
        {
            "type": "embed",
            "provider": "video.example",
            "url": url,
            "title": "A film",
            "ratio": 1.7778,
            "fallback": {"text": "A film", "url": url},
        }
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<iframe></iframe>",
        '<iframe src="javascript:alert(1)"></iframe>',
        '<iframe srcdoc="<p>x</p>"></iframe>',
        "<video></video>",
        "<audio></audio>",
    ],
)
def test_a_frame_or_player_of_nothing_is_left_out(page: str) -> None:
    assert shapes(page) == []


def test_a_frame_without_measures_has_no_ratio() -> None:
    for measures in ("", ' width="0" height="9"', ' width="9999" height="1"'):
        [block] = shapes(f'<iframe src="https://a.example/"{measures}></iframe>')
        assert "ratio" not in block


def test_players_become_blocks() -> None:
    page = (
        '<figure><audio src="https://a.example/a.mp3"></audio>'
        "<figcaption>Talk</figcaption></figure>"
        '<audio><source src="https://a.example/b.mp3"></audio>'
        '<figure><video src="https://a.example/c.mp4"></video></figure>'
    )
    found = shapes(page)
    assert [block["type"] for block in found] == ["audio", "audio", "embed"]
    assert found[0]["caption"] == "Talk"
    assert found[1]["sources"] == [{"url": "https://a.example/b.mp3"}]


def test_a_table_is_filled_up_to_a_rectangle() -> None:
    page = (
        "<table><caption>C</caption><tr><th align=right>A<th>B"
        "<tr><td>1<tr><td>2<td><p>3</p><p>4</p></table>"
    )
    assert shapes(page) == [
        {
            "type": "table",
            "caption": "C",
            "header": ["A", "B"],
            "rows": [["1", ""], ["2", "3  4"]],
            "align": ["right", "none"],
        }
    ]


def test_a_table_without_titles_has_no_header() -> None:
    page = "<table><tr><th>A<td>1</table><table></table>"
    assert shapes(page) == [{"type": "table", "rows": [["A", "1"]]}]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td colspan=2>x<tr><td>1<td>2</table>",
        "<table><tr><td rowspan=2>x<td>1<tr><td>2</table>",
        "<table><tr><td><table><tr><td>x</table></table>",
        "<table><tr>" + "<td>x" * 51 + "</table>",
        "<table>" + "<tr><td>x" * 201 + "</table>",
    ],
)
def test_a_table_that_is_no_list_of_rows_stays_markup(page: str) -> None:
    assert [block["type"] for block in shapes(page)] == ["legacy_html"]


def test_code_keeps_its_spaces_and_language() -> None:
    page = '<pre><code class="language-python">if a:\n    b</code></pre><pre>x\n</pre>'
    assert blocks_from_html(page) == read(
        {"type": "code", "language": "python", "text": "if a:\n    b"},
        {"type": "code", "text": "x\n"},
    )


def test_a_rule_divides() -> None:
    assert shapes("a<hr>b")[1] == {"type": "divider"}


@pytest.mark.parametrize("payload", payloads())
def test_no_script_comes_in(payload: str) -> None:
    assert_harmless(to_html(blocks_from_html(payload)))


@settings(deadline=None)
@given(st.text())
def test_any_text_makes_valid_blocks(text: str) -> None:
    try:
        found = blocks_from_html(text)
    except ValueError:
        return
    assert body_adapter.validate_json(body_adapter.dump_json(found)) == found


def test_deep_pages_are_refused() -> None:
    with pytest.raises(Tangled):
        blocks_from_html("<div>" * 100_000)


@pytest.mark.parametrize("tag", ["div", "ul><li", "blockquote", "figure", "em", "a"])
def test_the_deepest_page_that_is_let_in_can_be_read(tag: str) -> None:
    assert len(blocks_from_html(f"<{tag}>" * 64 + "x")) == 1
    with pytest.raises(Tangled):
        blocks_from_html(f"<{tag}>" * 65 + "x")


@pytest.mark.parametrize(
    "scrap",
    [
        "<p>x</p>",
        "x<br>",
        "<br>",
        "<ul><li>x</ul>",
        "<b>x</b><hr>",
        "<blockquote><p>x</p><footer>y</footer></blockquote>",
        f'<figure><img src="{PICTURE}"></figure>',
    ],
)
def test_a_long_page_is_read_in_the_time_of_its_length(scrap: str) -> None:
    short, long = (_seconds(f"x{scrap * times}x") for times in (200, 1_600))
    # Eight times the length; work in the square of it would take 64 times.
    assert long < 30 * short


def _seconds(html: str) -> float:
    """Measure the best of three: a collection of garbage may fall into one."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        blocks_from_html(html)
        spent.append(time.process_time() - began)
    return min(spent)
