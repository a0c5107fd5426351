"""A body as plain text: what can be read aloud, in order, one blank line apart."""

from collections.abc import Iterable, Sequence

from app.content.blocks import text as words_of
from app.content.blocks.containers import (
    Box,
    Group,
    Interactive,
    List,
    LivePost,
    Product,
    Timeline,
    TimelineEvent,
)
from app.content.blocks.element import Element
from app.content.blocks.links import Callout, LinkList, Related
from app.content.blocks.pictures import Gallery, Image, Picture
from app.content.blocks.reading import AdSlot, Restricted, Truncated
from app.content.blocks.recordings import Audio, Recording, Video
from app.content.blocks.tables import Table
from app.content.blocks.third_party import Embed, SocialPost, Structured
from app.content.forms.moments import shown
from app.content.forms.table import FormTable, entry, nothing
from app.kit.html import plain_text


def to_text(blocks: Sequence[Element]) -> str:
    """Write a body as plain text, without markup of any kind."""
    return FORMS.write(blocks, between="\n\n")


def _sections(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _lines(parts: Iterable[str | None], between: str = "\n") -> str:
    return between.join(part for part in parts if part)


def fallback_text(block: Element) -> str:
    """Give the words that stand in for a block, or nothing."""
    if block.fallback is None:
        return ""
    words = block.fallback.text or plain_text(block.fallback.html)
    return words or block.fallback.url or ""


def rating_text(block: words_of.Rating) -> str:
    """Write a verdict in a line."""
    verdict = f"{block.value:g}/{block.max:g} {block.unit}".strip()
    return f"{block.label}: {verdict}" if block.label else verdict


def _own_text(
    block: words_of.Paragraph | words_of.Heading | words_of.Correction | words_of.Code,
) -> str:
    return block.text


def _list(block: List) -> str:
    marks = (
        f"{number}." if block.style == "ordered" else "•"
        for number in range(1, len(block.items) + 1)
    )
    return _lines(
        f"{mark} {_lines([item.text, FORMS.write(item.blocks, between=chr(10))])}"
        for mark, item in zip(marks, block.items, strict=True)
    )


def _quote(block: words_of.Quote) -> str:
    return _said(block.text, block.citation)


def _pullquote(block: words_of.Pullquote) -> str:
    return _said(block.text, block.attribution)


def _said(text: str, by: str) -> str:
    return _lines([text, f"— {by}" if by else ""])


def _picture(picture: Picture) -> str:
    credit = picture.credit if picture.show_credit else ""
    words = picture.caption or picture.alt
    return f"{words} ({credit})" if words and credit else words or credit


def _image(block: Image) -> str:
    return _picture(block) or fallback_text(block)


def _gallery(block: Gallery) -> str:
    return _lines([block.title, *map(_picture, block.items)])


def _recording(block: Recording) -> str:
    return block.transcript or block.caption or block.title or fallback_text(block)


def _social_post(block: SocialPost) -> str:
    if not block.text_snapshot:
        return fallback_text(block)
    return _said(block.text_snapshot, block.author or block.network)


def _embed(block: Embed) -> str:
    return fallback_text(block) or block.title


def _interactive(block: Interactive) -> str:
    return to_text(block.blocks)


def _group(block: Group) -> str:
    return to_text(block.blocks)


def _related(block: Related) -> str:
    if block.url is None:
        return ""
    return _lines([block.label, block.headline, block.url], between=" ")


def _link_list(block: LinkList) -> str:
    links = [_lines([i.label, i.url], between=" ") for i in block.items if i.url]
    return _lines([block.title, *links]) if links else ""


def _callout(block: Callout) -> str:
    action = [block.action.label, block.action.url] if block.action else []
    return _lines([block.title, block.text, _lines(action, between=" ")])


def _box(block: Box) -> str:
    return _sections(block.title, to_text(block.blocks))


def _timeline(block: Timeline) -> str:
    return _sections(
        *(
            _sections(section.title, *map(_event, section.events))
            for section in block.sections
        )
    )


def _event(event: TimelineEvent) -> str:
    line = _lines([event.date_text, event.title], between=" ")
    picture = _picture(event.media) if event.media else ""
    return _sections(line, picture, to_text(event.blocks))


def _table(block: Table) -> str:
    rows = [block.header, *block.rows]
    written = ("\t".join(map(plain_text, row)) for row in rows)
    return _lines([block.caption, *(row.strip() for row in written)])


def _live_post(block: LivePost) -> str:
    byline = ", ".join(block.authors)
    head = _lines([shown(block.published_at), block.title, byline])
    return _sections(head, to_text(block.blocks))


def _product(block: Product) -> str:
    facts = _lines([block.name, block.brand, block.price], between=", ")
    offers = _lines(
        _lines([offer.label, offer.price, offer.retailer, offer.url], between=" ")
        for offer in block.ctas
    )
    picture = _picture(block.image) if block.image else ""
    return _sections(facts, picture, to_text(block.blocks), offers)


def _restricted(block: Restricted) -> str:
    return block.message


FORMS = FormTable(
    [
        entry(words_of.Paragraph, _own_text),
        entry(words_of.Heading, _own_text),
        entry(List, _list),
        entry(words_of.Quote, _quote),
        entry(words_of.Pullquote, _pullquote),
        entry(Image, _image),
        entry(Gallery, _gallery),
        entry(Video, _recording),
        entry(Audio, _recording),
        entry(SocialPost, _social_post),
        entry(Embed, _embed),
        entry(Interactive, _interactive),
        entry(Related, _related),
        entry(LinkList, _link_list),
        entry(Callout, _callout),
        entry(Box, _box),
        entry(Timeline, _timeline),
        entry(Table, _table),
        entry(words_of.Code, _own_text),
        entry(words_of.Divider, nothing),
        entry(words_of.Rating, rating_text),
        entry(words_of.Correction, _own_text),
        entry(LivePost, _live_post),
        entry(Product, _product),
        entry(Structured, fallback_text),
        entry(Group, _group),
        entry(words_of.MeterBreak, nothing),
        entry(words_of.LegacyHtml, fallback_text),
        entry(Restricted, _restricted),
        entry(AdSlot, nothing),
        entry(Truncated, nothing),
    ],
    otherwise=fallback_text,
)
