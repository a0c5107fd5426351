"""Inline HTML as CommonMark, spelled so that reading it gives the same HTML.

Words are escaped wherever Markdown would see a mark in them. What Markdown has
no mark for (`sub`, `sup`, `span`) is written as its words.
"""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from app.kit.html import parsed

_SPACES = re.compile("[ \t\n\f\r]+")
_OTHER_SPACE = re.compile(r"[^\S ]")
_MARKS = re.compile(r"([\\`*_\[\]<>~])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^([#+=|:-])|^(\d{1,9})([.)])", re.MULTILINE)
_DELIMITERS = {"strong": "**", "em": "*", "s": "~~"}


def inline(html: str, *, line_break: str = "\\\n") -> str:
    """Write clean inline HTML as Markdown; headings and cells want no line breaks."""
    has_marks = "<" in html or "&" in html
    written = (_inside(parsed(html)) if has_marks else _escaped(html)).strip(" ")
    lines = [line.strip(" ") for line in written.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return _LINE_START.sub(_escaped_start, line_break.join(lines))


def plain(text: str) -> str:
    """Write plain text as Markdown on one line."""
    return _LINE_START.sub(_escaped_start, _escaped(text).strip(" "))


def destination(url: str) -> str:
    """Write an address such that no bracket or `&` in it means anything."""
    safe = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E")
    return f"<{safe}>" if re.search(r"[()*_\\~]", safe) else safe


def _escaped_start(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    return f"{found[2]}\\{found[3]}"


def _escaped(text: str) -> str:
    one_line = _SPACES.sub(" ", text)
    marked = _MARKS.sub(lambda m: f"\\{m[0]}", one_line)
    # A `!` before a link would make an image of it.
    marked = re.sub("!$", r"\\!", marked)
    return _OTHER_SPACE.sub(lambda m: _entity(m[0]), marked)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


class _Run(NamedTuple):
    """A written node, and on which side a delimiter stands against a sign."""

    text: str
    opens_on_sign: bool = False
    closes_on_sign: bool = False


def _inside(node: LexborNode) -> str:
    """Write the children, such that every delimiter between them counts.

    CommonMark (section 6.2) wants a space or a sign outside where a sign is inside:
    `これは**「x」**です` is not bold. A letter written as an entity is a sign to it.
    """
    written = ""
    after_sign = False
    for child in node.iter(include_text=True):
        run = _form(child)
        if run.opens_on_sign and written and _is_no_sign(written[-1]):
            written = written[:-1] + _entity(written[-1])
        text = run.text
        if after_sign and text and _is_no_sign(text[0]):
            text = _entity(text[0]) + text[1:]
        written += text
        after_sign = run.closes_on_sign
    return written


def _form(node: LexborNode) -> _Run:
    match node.tag:
        case "-text":
            return _Run(_escaped(node.text_content or ""))
        case "br":
            return _Run("\n")
        case "code":
            return _Run(_code(node.text()))
        case "a":
            return _Run(_link(node))
        case "strong" | "em" | "s":
            return _emphasised(node)
        case _:
            return _Run(_inside(node))


def _emphasised(node: LexborNode) -> _Run:
    inside = _inside(node)
    core = inside.strip(" \n")
    if not core:
        return _Run(inside)
    before, _, after = inside.partition(core)
    mark = _delimiter(node)
    return _Run(
        f"{before}{mark}{core}{mark}{after}",
        opens_on_sign=not before and not core[0].isalnum(),
        closes_on_sign=not after and not core[-1].isalnum(),
    )


def _delimiter(node: LexborNode) -> str:
    # `***x***` is read as strong within em; the other way round needs another mark.
    parent = node.parent
    is_all_of_strong = (
        node.tag == "em"
        and parent is not None
        and parent.tag == "strong"
        and parent.inner_html == node.html
    )
    return "_" if is_all_of_strong else _DELIMITERS[node.tag or ""]


def _is_no_sign(character: str) -> bool:
    return not character.isspace() and (character.isalnum() or not character.isascii())


def _code(text: str) -> str:
    one_line = _SPACES.sub(" ", text)
    if not one_line.strip(" "):
        return ""
    runs = [len(run) for run in re.findall("`+", one_line)]
    fence = "`" * (max(runs, default=0) + 1)
    touches = one_line[0] in "` " or one_line[-1] in "` "
    pad = " " if touches else ""
    return f"{fence}{pad}{one_line}{pad}{fence}"


def _link(node: LexborNode) -> str:
    href = node.attributes.get("href")
    text = _inside(node).replace("\n", " ")
    return f"[{text}]({destination(href)})" if href else text
