"""HTML into blocks: what has a meaning keeps it, what only wraps is unwrapped.

The HTML is cleaned first, so that the tree read here is small, shallow and
harmless whatever was sent.
"""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from app.content.blocks.containers import List, ListItem, Stored
from app.content.blocks.text import Divider, Heading, Paragraph
from app.content.intake.findings import as_code, as_item, as_quote, web_url
from app.content.intake.html_media import audio, figure, frame, image, video
from app.content.intake.html_tables import table
from app.kit.html import FRAGMENT, INLINE, clean_inline, cleaned, outer_html, parsed
from app.kit.markup import Allowed

_INTAKE: Allowed = {
    **FRAGMENT,
    **dict.fromkeys(("h1", "main", "nav", "details", "summary", "center"), ()),
    "img": ("src", "data-src", "alt", "width", "height"),
    "iframe": ("src", "title", "width", "height"),
}
_SPACES = re.compile("[ \t\n\f\r]+")
_BREAKS = re.compile("(?: ?<br> ?){2,}")
_EDGES = re.compile("^(?: |<br>)+|(?: |<br>)+$")
_INLINE_ONLY = {
    *INLINE,
    "small",
    "cite",
    "mark",
    "u",
    "kbd",
    "var",
    "samp",
    "abbr",
    "time",
}


def blocks_from_html(html: str) -> list[Stored]:
    """Turn HTML into blocks; raises `ValueError` for HTML beyond all measure."""
    return _blocks(parsed(cleaned(html, _INTAKE)))


def _blocks(node: LexborNode) -> list[Stored]:
    """Read the children of an element: loose words between blocks are paragraphs."""
    blocks: list[Stored] = []
    loose: list[str] = []
    for child in node.iter(include_text=True):
        if _is_of_words(child):
            loose.append(outer_html(child))
            continue
        blocks.extend(_paragraphs("".join(loose)))
        loose.clear()
        blocks.extend(_block(child))
    blocks.extend(_paragraphs("".join(loose)))
    return blocks


def _is_of_words(node: LexborNode) -> bool:
    if node.tag == "-text":
        return True
    inside = (child.tag for child in node.traverse())
    return all(tag in _INLINE_ONLY for tag in inside)


def _paragraphs(html: str) -> Iterator[Paragraph]:
    """Cut loose words at blank lines, which is how old systems made paragraphs."""
    for part in _tidy(html).split("<br><br>"):
        words = _tidy(part)
        if words:
            yield Paragraph(type="paragraph", html=words)


def _tidy(html: str) -> str:
    """Clean a run of text, with single spaces and no breaks at its ends."""
    narrow = _SPACES.sub(" ", clean_inline(html))
    return _EDGES.sub("", _BREAKS.sub("<br><br>", narrow))


def _inline(node: LexborNode) -> str:
    return _tidy(node.inner_html or "")


def _block(node: LexborNode) -> Iterator[Stored]:
    read = _READERS.get(node.tag or "")
    return read(node) if read else iter(_blocks(node))


def _heading(node: LexborNode) -> Iterator[Stored]:
    words = _inline(node)
    if words:
        level = min(max(int((node.tag or "h2")[1]), 2), 4)
        yield Heading(type="heading", level=level, html=words)
    for picture in node.css("img"):
        yield from image(picture)


def _unordered(node: LexborNode) -> Iterator[Stored]:
    yield List(type="list", style="unordered", items=[*_items(node)])


def _ordered(node: LexborNode) -> Iterator[Stored]:
    yield List(type="list", style="ordered", items=[*_items(node)])


def _items(node: LexborNode) -> Iterator[ListItem]:
    for child in node.iter():
        blocks = _blocks(child)
        if blocks:
            yield as_item(blocks)


def _quote(node: LexborNode) -> Iterator[Stored]:
    """Read what is said and, from a footer or `cite` of its own, who said it."""
    sources = [child for child in node.iter() if child.tag in ("footer", "cite")]
    source = _inline(sources[0]) if sources else ""
    for child in sources:
        child.decompose()
    blocks = _blocks(node)
    said = [block.html for block in blocks if isinstance(block, Paragraph)]
    yield from as_quote(said, source, web_url(node.attributes.get("cite")))
    yield from (block for block in blocks if not isinstance(block, Paragraph))


def _code(node: LexborNode) -> Iterator[Stored]:
    code = node.css_first("code[class]")
    name = (code.attributes["class"] or "") if code else ""
    text = node.text() or ""
    yield as_code(text, name.removeprefix("language-"))


def _divider(_node: LexborNode) -> Iterator[Stored]:
    yield Divider(type="divider")


def _figure(node: LexborNode) -> Iterator[Stored]:
    """Read pictures with their captions; a figure of anything else is unwrapped."""
    if node.css_first("table, pre, blockquote, iframe, ul, ol") is None:
        found = list(figure(node))
        if found:
            return iter(found)
    return iter(_blocks(node))


_READERS: dict[str, Callable[[LexborNode], Iterator[Stored]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "ul": _unordered,
    "ol": _ordered,
    "blockquote": _quote,
    "pre": _code,
    "hr": _divider,
    "figure": _figure,
    "img": image,
    "iframe": frame,
    "audio": audio,
    "video": video,
    "table": table,
}
