"""Pictures, players and frames of HTML as blocks."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from app.content.blocks.containers import Stored
from app.content.blocks.pictures import Gallery, Image
from app.content.blocks.recordings import Audio, RecordingSource
from app.content.blocks.third_party import Embed
from app.content.intake.findings import as_fallback, one_line, some_lines, web_url
from app.kit.html import outer_html, plain_text


def image(node: LexborNode) -> Iterator[Image]:
    """Read a picture; one that cannot be fetched is left out."""
    yield from _image(node, "", "")


def figure(node: LexborNode) -> Iterator[Stored]:
    """Read a figure of one picture, several, or a player."""
    pictures = node.css("img")
    caption, credit = _caption(node)
    if len(pictures) == 1:
        yield from _image(pictures[0], caption, credit)
    elif pictures:
        items = [item for picture in pictures for item in _member(picture, node)]
        yield Gallery(type="gallery", title=one_line(caption), items=items)
    for player in node.css("audio, video"):
        if player.tag == "audio":
            yield from _audio(player, one_line(caption), credit)
        else:
            yield from video(player)


def audio(node: LexborNode) -> Iterator[Audio]:
    """Read a player of sound."""
    yield from _audio(node, "", "")


def video(node: LexborNode) -> Iterator[Embed]:
    """Read a player of film: another site's file, so an embed."""
    url = next(_files(node), None)
    if url:
        yield _embed(node, url, "")


def frame(node: LexborNode) -> Iterator[Embed]:
    """Read a frame as a thing of another site, with a link as its fallback."""
    url = web_url(node.attributes.get("src"))
    if url:
        yield _embed(node, url, one_line(node.attributes.get("title")))


def _embed(node: LexborNode, url: str, title: str) -> Embed:
    host = urlsplit(url).hostname or url
    return Embed(
        type="embed",
        provider=one_line(host.removeprefix("www.")),
        url=url,
        title=title,
        ratio=_ratio(node),
        fallback=as_fallback(url, title),
    )


def _ratio(node: LexborNode) -> float | None:
    width, height = _pixels(node, "width"), _pixels(node, "height")
    if width is None or height is None or width > 100 * height:
        return None
    return round(width / height, 4)


def _image(node: LexborNode, caption: str, credit: str) -> Iterator[Image]:
    src = node.attributes.get("src")
    # Pages that load pictures late keep the address elsewhere.
    url = web_url(src) or web_url(node.attributes.get("data-src"))
    if url:
        yield Image(
            type="image",
            url=url,
            alt=one_line(node.attributes.get("alt")),
            caption=caption,
            credit=credit,
            width=_pixels(node, "width"),
            height=_pixels(node, "height"),
        )


def _member(picture: LexborNode, gallery: LexborNode) -> Iterator[Image]:
    own = picture.parent
    if own is None or own.tag != "figure" or own.mem_id == gallery.mem_id:
        return image(picture)
    return _image(picture, *_caption(own))


def _audio(node: LexborNode, caption: str, credit: str) -> Iterator[Audio]:
    sources = [RecordingSource(url=url) for url in _files(node)]
    if sources:
        yield Audio(type="audio", sources=sources[:50], caption=caption, credit=credit)


def _files(node: LexborNode) -> Iterator[str]:
    for holder in (node, *node.css("source")):
        url = web_url(holder.attributes.get("src"))
        if url:
            yield url


def _caption(node: LexborNode) -> tuple[str, str]:
    """Read a figure's own caption and, in small print, its credit."""
    own = next((child for child in node.iter() if child.tag == "figcaption"), None)
    if own is None:
        return "", ""
    caption, credit = "", ""
    for child in own.iter(include_text=True):
        if child.tag == "small":
            credit += outer_html(child)
        else:
            caption += outer_html(child)
    return some_lines(plain_text(caption)), one_line(plain_text(credit))


def _pixels(node: LexborNode, name: str) -> int | None:
    written = node.attributes.get(name) or ""
    return int(written) or None if written.isascii() and written.isdigit() else None
