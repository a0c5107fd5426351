"""What was found in markup, made fit for the fields of a block."""

import re
from collections.abc import Iterator

from app.content.blocks.containers import ListItem, Stored
from app.content.blocks.element import Fallback
from app.content.blocks.text import Code, Paragraph, Quote
from app.kit.html import parsed, plain_text
from app.kit.strings import LINE_LENGTH, TEXT_LENGTH, URL_LENGTH, is_web_url

_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,40}")


def one_line(words: str | None) -> str:
    """Give words as a single line, cut where a line may end."""
    return " ".join((words or "").split())[:LINE_LENGTH].rstrip()


def some_lines(words: str | None) -> str:
    """Give words as text, cut where a text may end."""
    return (words or "").strip()[:TEXT_LENGTH].rstrip()


def web_url(url: str | None) -> str | None:
    """Answer an address that a block may hold, or None."""
    fits = url is not None and len(url) <= URL_LENGTH and is_web_url(url)
    return url if fits else None


def as_fallback(url: str, words: str) -> Fallback:
    """Let a link stand in for a thing of another site."""
    return Fallback(text=words or url, url=url)


def as_code(text: str, language: str) -> Code:
    """Make a code block; a language that is no name is left out."""
    known = language if _LANGUAGE.fullmatch(language) else ""
    return Code(type="code", language=known, text=text)


def as_item(blocks: list[Stored]) -> ListItem:
    """Make a point of its blocks: a first paragraph is the point itself."""
    if blocks and isinstance(blocks[0], Paragraph):
        return ListItem(html=blocks[0].html, blocks=blocks[1:])
    return ListItem(html="", blocks=blocks)


def as_quote(
    said: list[str], source: str = "", url: str | None = None
) -> Iterator[Quote]:
    """Make a quote of paragraphs; a last one after a dash says whose it is."""
    if not source and len(said) > 1 and plain_text(said[-1]).startswith("— "):
        source = said.pop()
    if said:
        yield Quote(
            type="quote",
            html="<br><br>".join(said),
            citation=one_line(plain_text(source).removeprefix("—")),
            url=url or _first_link(source),
        )


def _first_link(html: str) -> str | None:
    link = parsed(html).css_first("a[href]")
    return web_url(link.attributes["href"]) if link else None
