"""Makes HTML safe to show: sanitising by explicit lists, and plain text of it.

What comes out is the last word: nothing may be done to it afterwards but to
store and send it. Cleaning twice changes nothing, and 1 MB of the worst input
takes a fraction of a second (`kit.markup` sees to that).
"""

import html as entities
import re
from collections.abc import Callable, Mapping
from typing import cast

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.kit.markup import MAX_DEPTH, Allowed, Tangled, untangle
from app.kit.strings import composed, is_web_url, without_unprintable

__all__ = [
    "Tangled",
    "clean_fragment",
    "clean_inline",
    "cleaned",
    "escaped",
    "outer_html",
    "parsed",
    "plain_text",
]

INLINE: Allowed = {
    "a": ("href", "rel"),
    "strong": (),
    "em": (),
    "s": (),
    "sub": (),
    "sup": (),
    "br": (),
    "code": (),
    "span": ("lang",),
}

_PLAIN_ELEMENTS = """
    p h2 h3 h4 h5 h6 ul ol li dl dt dd aside section article header footer div
    figure figcaption pre hr table caption thead tbody tfoot tr small cite
    mark u kbd var samp abbr
""".split()

FRAGMENT: Allowed = {
    **INLINE,
    **dict.fromkeys(_PLAIN_ELEMENTS, ()),
    "blockquote": ("cite",),
    "code": ("class",),
    "td": ("align", "colspan", "rowspan"),
    "th": ("align", "colspan", "rowspan"),
    "time": ("datetime",),
    "img": ("src", "alt", "width", "height"),
    "video": ("src", "poster", "controls", "width", "height"),
    "audio": ("src", "controls"),
    "source": ("src", "type"),
}

_SCHEMES = {"http", "https", "mailto", "tel"}
# What search engines read; everything else in `rel` is about browser windows.
_LINK_RELATIONS = ("nofollow", "sponsored", "ugc")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_CODE_LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,5}")
_WORD = re.compile(r"[a-zA-Z0-9:+./-]{0,40}")
_CONTACT = re.compile(r"(mailto|tel):[^\s<>\"\\]+", re.IGNORECASE)
# Browsers read `\` as `/` and `//host` as another site: neither is a path of ours.
_LOCAL = re.compile(r"(?!//)[^\s<>\"\\:]*(?:[/?#][^\s<>\"\\]*)?")
# Most of a newspaper is words without a mark in them, and those are clean.
_WORDS = re.compile(r"[ !-%'-;=?-~]{0,100000}")
_ROUNDS = 6
# What is walked through in Python, a few calls for each level, stays well within
# its stack; a fragment is only ever stored and sent.
SHALLOW = 64


def clean_inline(html: str) -> str:
    """Sanitise a run of text: links, emphasis, line breaks, and nothing else."""
    return _settled(html, INLINE, _INLINE_CLEANER, SHALLOW).strip(" \t\n\f\r")


def clean_fragment(html: str) -> str:
    """Sanitise a piece of a page: paragraphs, lists, tables, pictures, players."""
    return _settled(html, FRAGMENT, _FRAGMENT_CLEANER, MAX_DEPTH)


def cleaned(html: str, allowed: Allowed) -> str:
    """Sanitise by a list of your own, for a reader that walks through the tree."""
    return _settled(html, allowed, _cleaner(allowed), SHALLOW)


def plain_text(html: str) -> str:
    """Give the words alone; a line break for each `<br>`, else single spaces."""
    if _WORDS.fullmatch(html):
        return re.sub(" +", " ", html).strip(" ")
    text = entities.unescape(untangle(html, {"br": ()}).replace("<br>", "\x00"))
    text = without_unprintable(re.sub("[ \t\n\f\r]+", " ", text).replace("\x00", "\n"))
    return composed(re.sub(" ?\n ?", "\n", text).strip(" \n"))


def _settled(html: str, allowed: Allowed, cleaner: nh3.Cleaner, max_depth: int) -> str:
    """Clean until nothing changes, so that reading and writing again is safe.

    A parser repairs what it reads, and the repair of a repair can differ. Two
    rounds are usual; what has not settled after six is refused.
    """
    if _WORDS.fullmatch(html):
        return html
    for _ in range(_ROUNDS):
        once = _composed_around_tags(
            cleaner.clean(untangle(html, allowed, max_depth=max_depth))
        )
        if once == html:
            return once
        html = once
    raise Tangled("the HTML is too knotted to be cleaned")


def _composed_around_tags(html: str) -> str:
    """Compose letters, but never the end of a tag with the mark behind it.

    U+0338 strikes through the sign before it: composed with `>` it would break
    the tag.
    """
    parts = re.split("(?<=>)", without_unprintable(html))
    return "".join(composed(part) for part in parts)


def _cleaner(allowed: Allowed) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(allowed),
        attributes={tag: set(names) for tag, names in allowed.items()},
        attribute_filter=_attribute,
        clean_content_tags={"script", "style"} - set(allowed),
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Decide the value of one allowed attribute; None takes it away."""
    try:
        letters = composed(value.strip())
    except ValueError:
        return None
    return _VALUES.get(name, without_unprintable)(letters)


def _relations(value: str) -> str | None:
    asked = value.lower().split()
    return " ".join(name for name in _LINK_RELATIONS if name in asked) or None


def _only(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda value: value if pattern.fullmatch(value) else None


def _link(value: str) -> str | None:
    if _CONTACT.fullmatch(value) and without_unprintable(value) == value:
        return value
    return _address(value)


def _address(value: str) -> str | None:
    address = value.replace(" ", "%20")
    is_local = _LOCAL.fullmatch(address) and without_unprintable(address) == address
    return address if is_web_url(address) or is_local else None


_VALUES: Mapping[str, Callable[[str], str | None]] = {
    "href": _link,
    "rel": _relations,
    "lang": _only(_LANGUAGE),
    "class": _only(_CODE_LANGUAGE),
    **dict.fromkeys(("src", "poster", "cite", "data-src"), _address),
    **dict.fromkeys(("width", "height", "colspan", "rowspan"), _only(_NUMBER)),
    **dict.fromkeys(("datetime", "align", "type", "controls"), _only(_WORD)),
}
_INLINE_CLEANER = _cleaner(INLINE)
_FRAGMENT_CLEANER = _cleaner(FRAGMENT)


def escaped(text: str) -> str:
    """Write plain text as HTML, as the cleaner spells it between tags."""
    marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return marked.replace("\xa0", "&nbsp;")


def outer_html(node: LexborNode) -> str:
    """Write a node of a tree, be it an element or words."""
    if node.tag == "-text":
        return escaped(node.text_content or "")
    return node.html or ""


def parsed(clean: str) -> LexborNode:
    """Build the tree of cleaned HTML, under one element of no meaning."""
    # There always is a root: the element written here.
    return cast(
        "LexborNode", LexborHTMLParser(f"<div>{clean}</div>", is_fragment=True).root
    )
