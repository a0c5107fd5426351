"""Sitemaps as XML (sitemaps.org 0.9, with Google's image and news elements)."""

from collections.abc import Iterable
from datetime import datetime

from app.content.seo.terms import instant
from app.feeds.sitemaps.reading import NewsUrl, PageUrl
from app.feeds.xml import add, root, written


def index(files: Iterable[tuple[str, datetime | None]]) -> bytes:
    """List sitemaps by their addresses, with the time of their latest change."""
    document = root("sitemap:sitemapindex")
    for url, changed_at in files:
        file = add(document, "sitemap:sitemap")
        add(file, "sitemap:loc", url)
        if changed_at is not None:
            add(file, "sitemap:lastmod", instant(changed_at))
    return written(document)


def pages(listed: Iterable[PageUrl]) -> bytes:
    """List pages, each with the picture it opens with."""
    document = root("sitemap:urlset", "image")
    for each in listed:
        page = add(document, "sitemap:url")
        add(page, "sitemap:loc", each.url)
        add(page, "sitemap:lastmod", instant(each.changed_at))
        if each.picture:
            add(add(page, "image:image"), "image:loc", each.picture)
    return written(document)


def news(listed: Iterable[NewsUrl], publication: str) -> bytes:
    """List the latest news; an empty list is allowed."""
    document = root("sitemap:urlset", "news")
    for each in listed:
        page = add(document, "sitemap:url")
        add(page, "sitemap:loc", each.url)
        story = add(page, "news:news")
        paper = add(story, "news:publication")
        add(paper, "news:name", publication)
        add(paper, "news:language", each.language.partition("-")[0])
        add(story, "news:publication_date", instant(each.published_at))
        add(story, "news:title", each.title)
    return written(document)
