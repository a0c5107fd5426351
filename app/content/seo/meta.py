"""The meta elements of a page: Open Graph, article:* and Twitter's.

Open Graph is RDFa and says `property`, Twitter and plain HTML say `name`. The
order counts: `og:image:width` belongs to the `og:image` before it (ogp.me).
"""

from collections.abc import Iterator
from typing import TypedDict

from app.content.seo.facts import (
    CollectionFacts,
    ImageFacts,
    PageFacts,
    PersonFacts,
)
from app.content.seo.terms import instant
from app.content.vocabularies import Access


class PropertyMeta(TypedDict):
    """`<meta property="og:title" content="…">`."""

    property: str
    content: str


class NameMeta(TypedDict):
    """`<meta name="twitter:card" content="…">`."""

    name: str
    content: str


Meta = PropertyMeta | NameMeta

# Facebook's words for what stands behind which wall.
_TIERS: dict[Access, str] = {
    "free": "free",
    "registered": "metered",
    "subscriber": "locked",
}
# Below this, X falls back to the small card by itself.
_LARGE_CARD_WIDTH = 300


def article_meta(page: PageFacts) -> list[Meta]:
    """List the meta elements in the order they are to be written."""
    properties = [*_page(page), *_article(page), *_image(page.images)]
    return [
        *(_property(name, content) for name, content in properties if content),
        *(_name(name, content) for name, content in _names(page) if content),
    ]


def page_meta(page: PersonFacts | CollectionFacts) -> list[Meta]:
    """List the meta elements of a page that is no article's."""
    picture = page.portrait if isinstance(page, PersonFacts) else None
    about = page.description or ""
    properties = [
        ("og:type", "profile" if isinstance(page, PersonFacts) else "website"),
        ("og:title", page.name),
        ("og:description", about),
        ("og:url", page.url),
        ("og:site_name", page.site.name),
        *_image((picture,) if picture else ()),
    ]
    names = [
        ("description", about),
        ("robots", "max-image-preview:large"),
        ("twitter:card", "summary"),
        ("twitter:title", page.name),
        ("twitter:description", about),
    ]
    return [
        *(_property(name, content) for name, content in properties if content),
        *(_name(name, content) for name, content in names if content),
    ]


def _page(page: PageFacts) -> Iterator[tuple[str, str]]:
    yield "og:type", "article"
    yield "og:title", _title(page)
    yield "og:description", page.description or ""
    yield "og:url", page.url
    yield "og:site_name", page.site.name
    yield "og:locale", _locale(page.language)


def _article(page: PageFacts) -> Iterator[tuple[str, str]]:
    yield "article:published_time", instant(page.published_at)
    if page.updated_at > page.published_at:
        yield "article:modified_time", instant(page.updated_at)
    # A profile in Open Graph is a URL; a bare name would be read as a broken one.
    for author in page.authors:
        yield "article:author", author.url or ""
    for section in page.section_names[:1]:
        yield "article:section", section
    for tag in page.tags:
        yield "article:tag", tag
    yield "article:content_tier", _TIERS[page.access]


def _image(images: tuple[ImageFacts, ...]) -> Iterator[tuple[str, str]]:
    for picture in images[:1]:
        yield "og:image", picture.url
        yield "og:image:width", _pixels(picture.width)
        yield "og:image:height", _pixels(picture.height)
        yield "og:image:alt", picture.alt


def _names(page: PageFacts) -> Iterator[tuple[str, str]]:
    yield "description", page.description or ""
    # Google Discover shows no large picture without being told that it may.
    yield "robots", "noindex" if page.noindex else "max-image-preview:large"
    # X itself falls back to Open Graph here, others that show its cards do not.
    yield "twitter:card", _card(page.images)
    yield "twitter:title", _title(page)
    yield "twitter:description", page.description or ""
    yield from _mining(page)
    for picture in page.images[:1]:
        yield "twitter:image", picture.url
        yield "twitter:image:alt", picture.alt


def _mining(page: PageFacts) -> Iterator[tuple[str, str]]:
    """Say in the words of TDMRep (W3C, section 6) whether mining is reserved."""
    if page.data_mining is not None:
        yield "tdm-reservation", "1" if page.data_mining == "reserve" else "0"
        yield "tdm-policy", page.site.data_mining_policy or ""


def _title(page: PageFacts) -> str:
    return page.social_title or page.seo_title or page.headline


def _card(images: tuple[ImageFacts, ...]) -> str:
    if not images:
        return "summary"
    width = images[0].width
    is_large = width is None or width >= _LARGE_CARD_WIDTH
    return "summary_large_image" if is_large else "summary"


def _locale(language: str) -> str:
    """Turn `en-GB` into `en_GB`; a language without a country has no locale."""
    first, *subtags = language.split("-")
    countries = [tag for tag in subtags if len(tag) == 2 and tag.isalpha()]
    return f"{first.lower()}_{countries[0].upper()}" if countries else ""


def _pixels(length: int | None) -> str:
    return "" if length is None else str(length)


def _property(name: str, content: str) -> PropertyMeta:
    return {"property": name, "content": content}


def _name(name: str, content: str) -> NameMeta:
    return {"name": name, "content": content}
