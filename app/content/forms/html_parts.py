"""HTML of the blocks that hold no others, and the pieces all HTML is built of.

Sanitised HTML is passed on untouched; every other value is escaped here.
"""

from collections.abc import Iterable

from app.content.blocks.element import Element, Fallback
from app.content.blocks.links import Callout, LinkItem, LinkList, Related
from app.content.blocks.pictures import Gallery, Image, Picture
from app.content.blocks.reading import Restricted
from app.content.blocks.recordings import Audio, Recording, Video
from app.content.blocks.tables import Table
from app.content.blocks.text import (
    Code,
    Correction,
    Heading,
    LegacyHtml,
    Paragraph,
    Pullquote,
    Quote,
    Rating,
)
from app.content.blocks.third_party import Embed, SocialPost
from app.kit.html import escaped

Attribute = str | int | None


def tag(name: str, inside: str, **attributes: Attribute) -> str:
    """Write an element; an attribute of None is left out."""
    return f"{opening(name, **attributes)}{inside}</{name}>"


def opening(name: str, **attributes: Attribute) -> str:
    """Write a start tag alone, as void elements have it."""
    written = "".join(
        f' {key.rstrip("_")}="{_quotable(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>"


def _quotable(value: str | int) -> str:
    return escaped(str(value)).replace('"', "&quot;")


def outer(block: Element, name: str, inside: str, **attributes: Attribute) -> str:
    """Write a block's own element, which bears its anchor."""
    return tag(name, inside, id=block.anchor, **attributes)


def words(text: str) -> str:
    """Write plain text, its line breaks kept."""
    return escaped(text).replace("\n", "<br>")


def link(url: str, text: str) -> str:
    return tag("a", words(text or url), href=url)


def optional(name: str, text: str) -> str:
    """Write an element of plain text, or nothing where there is none."""
    return tag(name, words(text)) if text else ""


def strong_line(text: str) -> str:
    return tag("p", tag("strong", words(text))) if text else ""


def by_fallback(block: Element) -> str:
    """Write what stands in for a block, or nothing."""
    return fallback_html(block.fallback) if block.fallback else ""


def fallback_html(fallback: Fallback) -> str:
    if fallback.html:
        return fallback.html
    picture = opening("img", src=fallback.image, alt=fallback.text)
    text = link(fallback.url, fallback.text) if fallback.url else words(fallback.text)
    return (picture if fallback.image else "") + (tag("p", text) if text else "")


def paragraph(block: Paragraph) -> str:
    return outer(block, "p", block.html)


def heading(block: Heading) -> str:
    return outer(block, f"h{block.level}", block.html)


def quote(block: Quote) -> str:
    source = block.citation
    footer = link(block.url, source) if block.url else words(source)
    said = tag("p", block.html) + (tag("footer", footer) if footer else "")
    return outer(block, "blockquote", said, cite=block.url)


def pullquote(block: Pullquote) -> str:
    said = tag("p", words(block.text)) + optional("footer", block.attribution)
    return outer(block, "aside", tag("blockquote", said))


def code(block: Code) -> str:
    language = f"language-{block.language}" if block.language else None
    return outer(block, "pre", tag("code", escaped(block.text), class_=language))


def divider(block: Element) -> str:
    return opening("hr", id=block.anchor)


def rating(block: Rating) -> str:
    verdict = f"{block.value:g}/{block.max:g} {block.unit}".strip()
    text = f"{block.label}: {verdict}" if block.label else verdict
    return outer(block, "p", words(text))


def correction(block: Correction) -> str:
    return outer(block, "aside", tag("p", block.html))


def legacy(block: LegacyHtml) -> str:
    return block.html


def restricted(block: Restricted) -> str:
    return outer(block, "p", words(block.message))


def table(block: Table) -> str:
    aligns = [None if a == "none" else a for a in block.align] or [None] * block.width
    head = _row("th", block.header, aligns)
    rows = "".join(_row("td", row, aligns) for row in block.rows)
    return outer(
        block,
        "table",
        optional("caption", block.caption)
        + (tag("thead", head) if block.header else "")
        + (tag("tbody", rows) if rows else ""),
    )


def _row(name: str, cells: Iterable[str], aligns: Iterable[str | None]) -> str:
    written = (
        tag(name, cell, align=align) for cell, align in zip(cells, aligns, strict=False)
    )
    return tag("tr", "".join(written))


def image(block: Image) -> str:
    if block.src is None:
        return by_fallback(block)
    return outer(block, "figure", _picture(block))


def figure(picture: Picture | None) -> str:
    """Write a picture with its words; one without a file leaves nothing."""
    if picture is None or picture.src is None:
        return ""
    return tag("figure", _picture(picture))


def _picture(picture: Picture) -> str:
    shown = opening(
        "img",
        src=picture.src,
        alt=picture.alt,
        width=picture.width,
        height=picture.height,
    )
    credit = picture.credit if picture.show_credit else ""
    return shown + _caption(picture.caption, credit)


def _caption(caption: str, credit: str) -> str:
    parts = [words(caption), optional("small", credit)]
    text = " ".join(part for part in parts if part)
    return tag("figcaption", text) if text else ""


def gallery(block: Gallery) -> str:
    pictures = "".join(figure(item) for item in block.items)
    title = optional("figcaption", block.title)
    return outer(block, "figure", title + pictures) if pictures else ""


def video(block: Video) -> str:
    poster = block.poster.src if block.poster else None
    return _player(block, "video", poster)


def audio(block: Audio) -> str:
    return _player(block, "audio", None)


def _player(block: Recording, name: str, poster: str | None) -> str:
    if not (block.src or block.sources):
        return by_fallback(block)
    files = "".join(
        opening("source", src=file.url, type=file.mime_type) for file in block.sources
    )
    player = tag(name, files, src=block.src, poster=poster, controls="")
    caption = block.caption or block.title
    return outer(block, "figure", player + _caption(caption, block.credit))


def social_post(block: SocialPost) -> str:
    if not block.text_snapshot:
        return by_fallback(block)
    said = tag("p", words(block.text_snapshot))
    source = tag("footer", link(block.url, block.author or block.network))
    return outer(block, "blockquote", said + source, cite=block.url)


def embed(block: Embed) -> str:
    shown = by_fallback(block)
    is_titled = escaped(block.title) in shown
    title = "" if is_titled else optional("figcaption", block.title)
    return outer(block, "figure", shown + title)


def related(block: Related) -> str:
    # Of our own articles the words are not known here, and may not be kept.
    if block.url is None:
        return ""
    label = f"{words(block.label)} " if block.label else ""
    return outer(block, "aside", tag("p", label + link(block.url, block.headline)))


def link_list(block: LinkList) -> str:
    items = "".join(_link_item(item) for item in block.items)
    if not items:
        return ""
    return outer(block, "aside", strong_line(block.title) + tag("ul", items))


def _link_item(item: LinkItem) -> str:
    return tag("li", link(item.url, item.label)) if item.url else ""


def callout(block: Callout) -> str:
    action = block.action
    return outer(
        block,
        "aside",
        strong_line(block.title)
        + (tag("p", block.html) if block.html else "")
        + (tag("p", link(action.url, action.label)) if action else ""),
    )
