"""Puts tangled HTML into a plain order before any parser builds a tree of it.

An HTML parser can be made to work for minutes: by depth, by thousands of
attributes in one tag, by formatting that is opened again in every paragraph.
Here the text is read once from left to right, what nobody wants is dropped, and
what is left is measured. This keeps the next stage fast; what is safe to show
is decided there (`kit.html`), by a real parser.
"""

import re
from collections.abc import Collection, Mapping

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 8_000
MAX_DEPTH = 256
# The sum of the open elements over all tags: what a parser may have to rebuild.
MAX_WORK = 400_000
# Escaping is done in place: each `&` and no-break space moves all text behind it.
MAX_MOVES = 4_000_000_000

Allowed = Mapping[str, Collection[str]]
"""Element names, each with the attributes it may keep."""

# The possessive quantifiers (`*+`) keep this linear: nothing is ever tried twice.
_ATTRIBUTE = (
    r"[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]*+))?+"
)
_TOKEN = re.compile(
    rf"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <[!?][^>]*+>?+
    | </(?![a-zA-Z])[^>]*+>?+
    | </(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+>?+
    | <(?P<start>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)[\s/]*+>?+
    """,
    re.DOTALL | re.VERBOSE,
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What stands inside these is not text for readers.
_DARK = _names(
    "applet frame frameset iframe math noembed noframes noscript object"
    " plaintext script select style svg template textarea title xmp"
)
_VOID = _names("area base br col embed hr img input link meta source track wbr")
# Their end tags may be left out, so that they open no lasting depth of their own.
_LOOSE = _names("dd dt li p tbody td tfoot th thead tr")
# Where one of these is dropped, the words on either side must not grow together.
_BREAKING = _names(
    "address article aside blockquote body br caption center dd details div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend"
    " li main nav ol option p pre section summary table td th tr ul"
)
_SAME_AS = {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u"}


class Tangled(ValueError):
    """The markup is too large, too deep or too knotted to be a story."""


def untangle(html: str, allowed: Allowed, *, max_depth: int = MAX_DEPTH) -> str:
    """Keep only allowed elements and attributes, in plain spelling, measured.

    The result has no comment and no raw text element, and every `<` in it begins
    a tag. Raises `Tangled` beyond the limits of this module.
    """
    _refuse_masses(html)
    kept: list[str] = []
    depth = _Depth(max_depth)
    position = 0
    while token := _TOKEN.search(html, position):
        kept.append(html[position : token.start()].replace("<", "&lt;"))
        position = token.end()
        if name := _plain_name(token["start"], allowed):
            kept.append(_start_tag(name, token["attributes"], allowed, depth))
            if name in _DARK:
                position = _end_of_dark(html, position, name)
                kept.append(_end_tag(name, allowed, depth))
        elif name := _plain_name(token["end"], allowed):
            kept.append(_end_tag(name, allowed, depth))
    kept.append(html[position:].replace("<", "&lt;"))
    return "".join(kept)


def _refuse_masses(html: str) -> None:
    starts, ends = html.count("<"), html.count("</")
    if len(html.encode()) > MAX_BYTES or max(starts - ends, ends) > MAX_ELEMENTS:
        raise Tangled("the HTML is too long or has too many elements")
    if (html.count("&") + html.count("\xa0")) * len(html) > MAX_MOVES:
        raise Tangled("the HTML has too many special characters")


class _Depth:
    """How deep a parser would stand now, never told less than the truth."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: list[str] = []
        self._work = 0

    def enter(self, name: str) -> None:
        if name not in _VOID and name not in _LOOSE:
            self._open.append(name)
        self._work += len(self._open)
        if len(self._open) > self._limit or self._work > MAX_WORK:
            raise Tangled(f"the HTML is nested too deeply (more than {self._limit})")

    def leave(self, name: str) -> None:
        # An end tag that does not fit closes nothing for sure, so the count stays.
        if self._open and self._open[-1] == name:
            self._open.pop()


def _plain_name(written: str | None, allowed: Allowed) -> str:
    name = (written or "").lower()
    return name if name in allowed else _SAME_AS.get(name, name)


def _start_tag(name: str, attributes: str, allowed: Allowed, depth: _Depth) -> str:
    if name not in allowed:
        return _seam(name)
    depth.enter(name)
    return f"<{name}{_attributes(attributes, allowed[name])}>"


def _end_tag(name: str, allowed: Allowed, depth: _Depth) -> str:
    if name not in allowed:
        return _seam(name)
    depth.leave(name)
    return "" if name in _VOID else f"</{name}>"


def _seam(name: str) -> str:
    return " " if name in _BREAKING else ""


def _attributes(written: str, wanted: Collection[str]) -> str:
    if not written or not wanted:
        return ""
    first: dict[str, str] = {}
    for name, value in _ONE_ATTRIBUTE.findall(written):
        if name.lower() in wanted:
            first.setdefault(name.lower(), _unquoted(value))
    return "".join(f' {name}="{_quotable(value)}"' for name, value in first.items())


def _unquoted(value: str) -> str:
    return value.strip(value[0]) if value[:1] in ("'", '"') else value


def _quotable(value: str) -> str:
    return value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _end_of_dark(html: str, position: int, name: str) -> int:
    if name == "plaintext":
        return len(html)
    end = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?+", re.IGNORECASE)
    found = end.search(html, position)
    return found.end() if found else len(html)
