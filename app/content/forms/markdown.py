"""A body as Markdown (CommonMark with tables and strikethrough)."""

from collections.abc import Iterator, Sequence
from textwrap import indent

from app.content.blocks import text as words_of
from app.content.blocks.containers import (
    Box,
    Group,
    Interactive,
    List,
    ListItem,
    LivePost,
    Product,
    Timeline,
    TimelineEvent,
)
from app.content.blocks.element import Element
from app.content.blocks.links import Callout, LinkList, Related
from app.content.blocks.pictures import Gallery, Image
from app.content.blocks.reading import AdSlot, Restricted, Truncated
from app.content.blocks.recordings import Audio, Video
from app.content.blocks.tables import Table
from app.content.blocks.third_party import Embed, SocialPost, Structured
from app.content.forms import markdown_parts as parts
from app.content.forms.markdown_inline import inline, plain
from app.content.forms.markdown_parts import bold, quoted, sections
from app.content.forms.moments import shown
from app.content.forms.table import FormTable, entry, nothing


def to_markdown(blocks: Sequence[Element]) -> str:
    """Write a body as Markdown; what it cannot say is told by its fallback."""
    return sections(*_forms(blocks))


def _forms(blocks: Sequence[Element]) -> Iterator[str]:
    """Write block by block. Two lists in a row need different marks, or they join."""
    before: Element | None = None
    alternate = False
    for block in blocks:
        follows_its_like = (
            isinstance(block, List)
            and isinstance(before, List)
            and block.style == before.style
        )
        alternate = follows_its_like and not alternate
        if isinstance(block, List) and alternate:
            yield _list(block, alternate=True)
        else:
            yield FORMS.write([block], between="")
        before = block


def _list(block: List, *, alternate: bool) -> str:
    return "\n".join(
        _list_item(item, _mark(block, number, alternate=alternate))
        for number, item in enumerate(block.items, start=1)
    )


def _mark(block: List, number: int, *, alternate: bool) -> str:
    if block.style == "ordered":
        return f"{number})" if alternate else f"{number}."
    return "*" if alternate else "-"


def _list_item(item: ListItem, mark: str) -> str:
    words = inline(item.html)
    under = to_markdown(item.blocks)
    is_tight = bool(item.blocks) and isinstance(item.blocks[0], List)
    text = f"{words}\n{under}" if is_tight else sections(words, under)
    return f"{mark} {indent(text, ' ' * (len(mark) + 1)).lstrip(' ')}".rstrip(" \n")


def _only_list(block: List) -> str:
    return _list(block, alternate=False)


def _box(block: Box) -> str:
    return quoted(sections(bold(block.title), to_markdown(block.blocks)))


def _group(block: Group) -> str:
    return to_markdown(block.blocks)


def _interactive(block: Interactive) -> str:
    return to_markdown(block.blocks)


def _timeline(block: Timeline) -> str:
    return sections(
        *(
            sections(bold(section.title), *map(_event, section.events))
            for section in block.sections
        )
    )


def _event(event: TimelineEvent) -> str:
    line = " ".join(filter(None, [bold(event.date_text), plain(event.title)]))
    return sections(line, parts.picture(event.media), to_markdown(event.blocks))


def _live_post(block: LivePost) -> str:
    title = f"### {plain(block.title)}" if block.title else ""
    byline = ", ".join([shown(block.published_at), *map(plain, block.authors)])
    return sections(title, byline, to_markdown(block.blocks))


def _product(block: Product) -> str:
    facts = ", ".join(plain(fact) for fact in (block.brand, block.price) if fact)
    offers = "\n".join(
        f"- {parts.link(offer.url, f'{offer.label} {offer.price}'.strip())}"
        for offer in block.ctas
    )
    return sections(
        bold(block.name),
        facts,
        parts.picture(block.image),
        to_markdown(block.blocks),
        offers,
    )


FORMS = FormTable(
    [
        entry(words_of.Paragraph, parts.paragraph),
        entry(words_of.Heading, parts.heading),
        entry(List, _only_list),
        entry(words_of.Quote, parts.quote),
        entry(words_of.Pullquote, parts.pullquote),
        entry(Image, parts.image),
        entry(Gallery, parts.gallery),
        entry(Video, parts.recording),
        entry(Audio, parts.recording),
        entry(SocialPost, parts.social_post),
        entry(Embed, parts.embed),
        entry(Interactive, _interactive),
        entry(Related, parts.related),
        entry(LinkList, parts.link_list),
        entry(Callout, parts.callout),
        entry(Box, _box),
        entry(Timeline, _timeline),
        entry(Table, parts.table),
        entry(words_of.Code, parts.code),
        entry(words_of.Divider, parts.divider),
        entry(words_of.Rating, parts.rating),
        entry(words_of.Correction, parts.correction),
        entry(LivePost, _live_post),
        entry(Product, _product),
        entry(Structured, parts.by_fallback),
        entry(Group, _group),
        entry(words_of.MeterBreak, nothing),
        entry(words_of.LegacyHtml, parts.by_fallback),
        entry(Restricted, parts.restricted),
        entry(AdSlot, nothing),
        entry(Truncated, nothing),
    ],
    otherwise=parts.by_fallback,
)
