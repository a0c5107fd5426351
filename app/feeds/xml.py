"""Writing XML: namespaces by their usual prefixes, and only characters it may hold."""

import re
from typing import cast

from lxml import etree

Element = etree._Element  # noqa: SLF001  The library has no other name for its type.

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "sitemap": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root(name: str, *prefixes: str, **attributes: str) -> Element:
    """Begin a document; its own namespace, if it has one, goes without a prefix."""
    own = name.partition(":")[0] if ":" in name else None
    named: dict[str | None, str] = {each: NAMESPACES[each] for each in prefixes}
    if own is not None:
        named[None] = NAMESPACES[own]
    return etree.Element(
        _qualified(name), attributes, nsmap=cast("dict[str, str]", named)
    )


def add(
    parent: Element,
    name: str,
    text: str | None = None,
    /,
    **attributes: str | int | None,
) -> Element:
    """Add an element, `prefix:name`; attributes that are None are left out."""
    made = etree.SubElement(parent, _qualified(name))
    for key, value in attributes.items():
        if value is not None:
            made.set(_qualified(key.replace("__", ":")), _clean(str(value)))
    if text is not None:
        made.text = _clean(text)
    return made


def add_if(parent: Element, name: str, text: str | None) -> None:
    """Add an element, unless there is nothing to say in it."""
    if text:
        add(parent, name, text)


def written(document: Element) -> bytes:
    """Write it down, in UTF-8 and with its declaration."""
    return etree.tostring(document, encoding="UTF-8", xml_declaration=True)


def _qualified(name: str) -> str:
    prefix, separator, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if separator else name


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
