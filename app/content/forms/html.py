"""A body as HTML: clean, without classes, for pages and feeds of any make."""

from collections.abc import Sequence

from app.content.blocks import text as words_of
from app.content.blocks.containers import (
    Box,
    Group,
    Interactive,
    List,
    ListItem,
    LivePost,
    Offer,
    Product,
    Timeline,
    TimelineEvent,
    TimelineSection,
)
from app.content.blocks.element import Element
from app.content.blocks.links import Callout, LinkList, Related
from app.content.blocks.pictures import Gallery, Image
from app.content.blocks.reading import AdSlot, Restricted, Truncated
from app.content.blocks.recordings import Audio, Video
from app.content.blocks.tables import Table
from app.content.blocks.third_party import Embed, SocialPost, Structured
from app.content.forms import html_parts as parts
from app.content.forms.html_parts import optional, outer, tag, words
from app.content.forms.moments import shown
from app.content.forms.table import FormTable, entry, nothing


def to_html(blocks: Sequence[Element]) -> str:
    """Write a body as HTML; what HTML cannot show is told by its fallback."""
    return FORMS.write(blocks, between="\n")


def _inside(blocks: Sequence[Element]) -> str:
    return FORMS.write(blocks, between="")


def _list(block: List) -> str:
    name = "ol" if block.style == "ordered" else "ul"
    return outer(block, name, "".join(map(_list_item, block.items)))


def _list_item(item: ListItem) -> str:
    return tag("li", item.html + _inside(item.blocks))


def _box(block: Box) -> str:
    return outer(block, "aside", optional("h3", block.title) + _inside(block.blocks))


def _group(block: Group) -> str:
    return outer(block, "div", _inside(block.blocks))


def _interactive(block: Interactive) -> str:
    return outer(block, "div", _inside(block.blocks))


def _timeline(block: Timeline) -> str:
    return outer(block, "section", "".join(map(_span, block.sections)))


def _span(section: TimelineSection) -> str:
    events = "".join(map(_event, section.events))
    return optional("h3", section.title) + tag("ol", events)


def _event(event: TimelineEvent) -> str:
    title = f" {words(event.title)}" if event.title else ""
    line = tag("p", tag("strong", words(event.date_text)) + title)
    picture = parts.figure(event.media)
    return tag("li", line + picture + _inside(event.blocks))


def _live_post(block: LivePost) -> str:
    moment = block.published_at
    time = tag("time", shown(moment), datetime=f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    byline = optional("p", ", ".join(block.authors))
    header = tag("header", optional("h3", block.title) + tag("p", time) + byline)
    return outer(block, "article", header + _inside(block.blocks))


def _product(block: Product) -> str:
    facts = ", ".join(fact for fact in (block.brand, block.price) if fact)
    offers = "".join(map(_offer, block.ctas))
    return outer(
        block,
        "aside",
        tag("h3", words(block.name))
        + optional("p", facts)
        + parts.figure(block.image)
        + _inside(block.blocks)
        + (tag("ul", offers) if offers else ""),
    )


def _offer(offer: Offer) -> str:
    text = " ".join(filter(None, [offer.label, offer.price, offer.retailer]))
    return tag("li", parts.link(offer.url, text))


FORMS = FormTable(
    [
        entry(words_of.Paragraph, parts.paragraph),
        entry(words_of.Heading, parts.heading),
        entry(List, _list),
        entry(words_of.Quote, parts.quote),
        entry(words_of.Pullquote, parts.pullquote),
        entry(Image, parts.image),
        entry(Gallery, parts.gallery),
        entry(Video, parts.video),
        entry(Audio, parts.audio),
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
        entry(words_of.LegacyHtml, parts.legacy),
        entry(Restricted, parts.restricted),
        entry(AdSlot, nothing),
        entry(Truncated, nothing),
    ],
    otherwise=parts.by_fallback,
)
