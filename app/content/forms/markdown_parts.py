"""Markdown of the blocks that hold no others."""

from collections.abc import Iterable

from app.content.blocks.element import Element
from app.content.blocks.links import Callout, LinkList, Related
from app.content.blocks.pictures import Gallery, Image, Picture
from app.content.blocks.reading import Restricted
from app.content.blocks.recordings import Recording
from app.content.blocks.tables import Table
from app.content.blocks.text import (
    Code,
    Correction,
    Divider,
    Heading,
    Paragraph,
    Pullquote,
    Quote,
    Rating,
)
from app.content.blocks.third_party import Embed, SocialPost
from app.content.forms.markdown_inline import destination, inline, plain
from app.content.forms.text import fallback_text, rating_text

_RULES = {"left": ":---", "center": ":---:", "right": "---:", "none": "---"}


def sections(*parts: str) -> str:
    """Set parts a blank line apart; empty ones leave no gap."""
    return "\n\n".join(part for part in parts if part)


def quoted(text: str) -> str:
    """Set every line behind a `>`."""
    return "\n".join(f"> {line}".rstrip(" ") for line in text.split("\n"))


def bold(text: str) -> str:
    return f"**{plain(text)}**" if text else ""


def link(url: str, text: str) -> str:
    return f"[{plain(text or url)}]({destination(url)})"


def lines(text: str) -> str:
    """Write plain text, its line breaks kept."""
    return "\\\n".join(map(plain, filter(None, text.strip("\n").split("\n"))))


def by_fallback(block: Element) -> str:
    """Write what stands in for a block, or nothing."""
    words = fallback_text(block)
    if not words:
        return ""
    url = block.fallback.url if block.fallback else None
    return link(url, " ".join(words.split())) if url else lines(words)


def paragraph(block: Paragraph) -> str:
    return inline(block.html)


def heading(block: Heading) -> str:
    words = inline(block.html, line_break=" ")
    if words.endswith("#") and not words.endswith("\\#"):
        # Signs at the end of a heading would be taken for its closing marks.
        words = f"{words[:-1]}\\#"
    return f"{'#' * block.level} {words}"


def quote(block: Quote) -> str:
    source = plain(block.citation)
    if block.url:
        source = link(block.url, block.citation)
    return quoted(sections(inline(block.html), f"— {source}" if source else ""))


def pullquote(block: Pullquote) -> str:
    source = f"— {plain(block.attribution)}" if block.attribution else ""
    return quoted(sections(lines(block.text), source))


def code(block: Code) -> str:
    fence = "```"
    while fence in block.text:
        fence += "`"
    return f"{fence}{block.language}\n{block.text}\n{fence}"


def divider(_block: Divider) -> str:
    return "---"


def rating(block: Rating) -> str:
    return plain(rating_text(block))


def correction(block: Correction) -> str:
    return inline(block.html)


def restricted(block: Restricted) -> str:
    return plain(block.message)


def table(block: Table) -> str:
    header = block.header or [""] * block.width
    rules = [_RULES[align] for align in block.align or ["none"] * block.width]
    rows = "\n".join(map(_row, block.rows))
    body = f"{_row(header)}\n| {' | '.join(rules)} |"
    return sections(lines(block.caption), f"{body}\n{rows}".rstrip("\n"))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(html: str) -> str:
    # A cell is cut at its bars before anything else of it is read.
    return inline(html, line_break=" ").replace("|", "\\|")


def image(block: Image) -> str:
    return picture(block) or by_fallback(block)


def picture(shown: Picture | None) -> str:
    """Write a picture with its caption as the title; without a file, nothing."""
    if shown is None or shown.src is None:
        return ""
    credit = shown.credit if shown.show_credit else ""
    words = f"{shown.caption} ({credit})" if credit else shown.caption
    title = " ".join(plain(words).split()).replace('"', '\\"')
    titled = f' "{title.strip()}"' if title else ""
    return f"![{plain(shown.alt)}]({destination(shown.src)}{titled})"


def gallery(block: Gallery) -> str:
    return sections(bold(block.title), *map(picture, block.items))


def recording(block: Recording) -> str:
    files = [block.src, *(source.url for source in block.sources)]
    url = next((file for file in files if file), None)
    if url is None:
        return by_fallback(block)
    return link(url, block.title or block.caption)


def social_post(block: SocialPost) -> str:
    if not block.text_snapshot:
        return by_fallback(block)
    source = link(block.url, block.author or block.network)
    return quoted(sections(lines(block.text_snapshot), f"— {source}"))


def embed(block: Embed) -> str:
    return by_fallback(block) or plain(block.title)


def related(block: Related) -> str:
    if block.url is None:
        return ""
    label = f"{plain(block.label)} " if block.label else ""
    return label + link(block.url, block.headline)


def link_list(block: LinkList) -> str:
    items = "\n".join(f"- {link(i.url, i.label)}" for i in block.items if i.url)
    return sections(bold(block.title), items) if items else ""


def callout(block: Callout) -> str:
    action = link(block.action.url, block.action.label) if block.action else ""
    return sections(bold(block.title), inline(block.html), action)
