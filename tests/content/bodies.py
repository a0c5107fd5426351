"""Bodies for tests: one full sample of each stored type, and words at random."""

import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from app.content.blocks.containers import List, ListItem, Stored, StoredBlock
from app.content.blocks.tables import Table
from app.content.blocks.text import Code, Divider, Heading, Paragraph, Quote
from app.content.body import body_adapter
from app.kit.html import escaped

MEDIA_ID = "0190b0a0-0000-7000-8000-000000000001"
ARTICLE_ID = "0190b0a0-0000-7000-8000-000000000002"
PICTURE = "https://img.example/a.jpg"
PAGE = "https://other.example/page?a=1&b=2"
NOON = "2026-05-01T12:00:00Z"

Json = dict[str, object]

FALLBACK: Json = {"html": "", "text": "See it there", "url": PAGE, "image": None}
WORDS: Json = {"type": "paragraph", "html": "Some <em>words</em>"}
SHOT: Json = {
    "type": "image",
    "url": PICTURE,
    "alt": 'A "cat" & dog',
    "caption": "Two\nfriends",
    "credit": "Ada Reed",
}

SAMPLES: list[Json] = [
    {**WORDS, "dropcap": True},
    {"type": "heading", "level": 3, "html": "A <code>heading</code>"},
    {
        "type": "list",
        "style": "ordered",
        "items": [{"html": "One", "blocks": [{"type": "list", "items": []}]}],
    },
    {"type": "quote", "html": "Said", "citation": "Ada & Bo", "url": PAGE},
    {"type": "pullquote", "text": "Large <words>", "attribution": "Ada"},
    SHOT,
    {"type": "gallery", "title": "Cats", "items": [SHOT, SHOT]},
    {
        "type": "video",
        "media_id": MEDIA_ID,
        "sources": [{"url": "https://v.example/a.mp4", "mime_type": "video/mp4"}],
        "captions": [{"url": "https://v.example/a.vtt", "language": "en"}],
        "poster": {"url": PICTURE},
        "duration": 12.5,
        "caption": "A film",
        "title": "Film",
    },
    {
        "type": "audio",
        "sources": [{"url": "https://a.example/a.mp3", "ads": True}],
        "episode": {"podcast": "Daily", "season": 1, "number": 2},
        "transcript": "Hello, listeners.",
        "title": "Episode",
    },
    {
        "type": "social_post",
        "network": "mastodon",
        "url": PAGE,
        "author": "@ada",
        "text_snapshot": "A <b>post</b>",
        "posted_at": NOON,
        "fallback": FALLBACK,
    },
    {
        "type": "embed",
        "provider": "maps",
        "url": PAGE,
        "title": "A map",
        "ratio": 1.5,
        "fallback": FALLBACK,
    },
    {
        "type": "interactive",
        "iframe_url": PAGE,
        "params": {"year": 2026, "deep": [1, {"a": None}]},
        "blocks": [WORDS],
    },
    {"type": "related", "url": PAGE, "label": "More", "headline": "Another story"},
    {
        "type": "link_list",
        "title": "Links",
        "items": [{"url": PAGE, "label": "A page"}, {"target_id": ARTICLE_ID}],
    },
    {
        "type": "callout",
        "kind": "newsletter",
        "title": "Every morning",
        "html": "Get the <strong>news</strong>",
        "action": {"label": "Sign up", "url": PAGE},
    },
    {"type": "box", "kind": "factbox", "title": "Facts", "blocks": [WORDS]},
    {
        "type": "timeline",
        "sections": [
            {
                "title": "Spring",
                "events": [
                    {
                        "date_text": "May Day",
                        "date": "2026-05-01",
                        "title": "A march",
                        "media": {"url": PICTURE, "alt": "Marchers"},
                        "blocks": [WORDS],
                    }
                ],
            }
        ],
    },
    {
        "type": "table",
        "caption": "Results",
        "header": ["Team", "Points"],
        "rows": [["<strong>A</strong>", "3|4"]],
        "align": ["left", "right"],
    },
    {"type": "code", "language": "python", "text": "if a < b:\n    print('```')\n"},
    {"type": "divider"},
    {"type": "rating", "value": 4, "label": "Good"},
    {"type": "correction", "kind": "update", "html": "We said <s>x</s>", "at": NOON},
    {
        "type": "live_post",
        "title": "Goal",
        "published_at": NOON,
        "authors": ["Ada Reed"],
        "key_event": True,
        "blocks": [WORDS],
    },
    {
        "type": "product",
        "name": "Kettle",
        "brand": "Acme",
        "price": "£20",
        "ctas": [{"label": "Buy", "url": PAGE, "price": "£19", "retailer": "Shop"}],
        "image": {"url": PICTURE},
        "blocks": [WORDS],
    },
    {
        "type": "structured",
        "schema": "recipe",
        "ref_id": "r1",
        "data": {"serves": 4},
        "fallback": FALLBACK,
    },
    {"type": "group", "variant": "two-up", "blocks": [WORDS]},
    {"type": "meter_break"},
    {"type": "legacy_html", "html": "<div><p>Old</p></div>", "safe": True},
]
TYPES = [str(sample["type"]) for sample in SAMPLES]


def read(*blocks: Json) -> list[StoredBlock]:
    """Read blocks as a client writes them."""
    return body_adapter.validate_python(list(blocks))


def one(**fields: object) -> Stored:
    """Read a single block."""
    return read(fields)[0]


def counter() -> Iterator[str]:
    """Name new blocks b0, b1 and so on."""
    return (f"b{number}" for number in range(10_000))


def payloads() -> list[str]:
    """Script that has to come to nothing, one attempt a line."""
    path = Path(__file__).with_name("payloads.txt")
    return path.read_text(encoding="utf-8").splitlines()


_SIGNS = st.sampled_from(
    [*"""abczABCé漢字ñß0129.,;:!?'"()[]{}<>&*_`~#|\\/+-=@%^$ """, "—"]
)
WORD = st.text(_SIGNS, min_size=1, max_size=12).map(lambda t: " ".join(t.split()))
PLAIN = (
    st.lists(WORD, min_size=1, max_size=5)
    .map(lambda found: " ".join(" ".join(found).split()))
    .filter(bool)
)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz漢é", min_size=1, max_size=8)
_MARKS = st.sampled_from(["strong", "em", "s", "code"])
_LINKS = st.sampled_from([PAGE, "/world/a-story", "mailto:a@b.example", "#note"])


@st.composite
def runs(draw: st.DrawFn) -> str:
    """Inline HTML: marked words with unmarked ones between them."""
    parts = [escaped(draw(PLAIN))]
    for _ in range(draw(st.integers(0, 3))):
        parts.extend([draw(_marked()), escaped(draw(PLAIN))])
    return re.sub(" +", " ", draw(st.sampled_from([" ", ""])).join(parts)).strip()


@st.composite
def _marked(draw: st.DrawFn) -> str:
    words = escaped(draw(PLAIN))
    if draw(st.booleans()):
        return f'<a href="{escaped(draw(_LINKS))}">{words}</a>'
    mark = draw(_MARKS)
    return f"<{mark}>{words}</{mark}>"


RUN = runs()
_PARAGRAPH = RUN.map(lambda html: Paragraph(type="paragraph", html=html))
_HEADING = st.builds(
    Heading, type=st.just("heading"), level=st.integers(2, 4), html=RUN
)
_QUOTE = st.builds(
    Quote,
    type=st.just("quote"),
    html=RUN,
    citation=st.one_of(st.just(""), LETTERS),
)
_CODE = st.builds(
    Code,
    type=st.just("code"),
    language=st.sampled_from(["", "python", "c++"]),
    text=st.text(st.sampled_from([*"ab `~<>&*#-\n\t\\"]), max_size=40),
)
_DIVIDER = st.just(Divider(type="divider"))


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.lists(RUN, min_size=width, max_size=width)
    aligns = st.sampled_from(["left", "center", "right"])
    return Table(
        type="table",
        header=draw(row),
        rows=draw(st.lists(row, max_size=3)),
        align=draw(
            st.one_of(st.just([]), st.lists(aligns, min_size=width, max_size=width))
        ),
    )


_STYLES = st.sampled_from(["ordered", "unordered"])


def _items(under: st.SearchStrategy[list[Stored]]) -> st.SearchStrategy[List]:
    item = st.builds(ListItem, html=RUN, blocks=under)
    items = st.lists(item, min_size=1, max_size=3)
    return st.builds(List, type=st.just("list"), style=_STYLES, items=items)


LISTS = st.recursive(
    _items(st.just([])), lambda inner: _items(st.lists(inner, max_size=2)), max_leaves=4
)
TEXT_BLOCKS = st.one_of(_PARAGRAPH, _HEADING, _QUOTE, _CODE, _DIVIDER, _tables(), LISTS)
TEXT_BODIES = st.lists(TEXT_BLOCKS, max_size=6)
