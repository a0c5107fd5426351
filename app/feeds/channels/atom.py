"""Atom 1.0 (RFC 4287), with tombstones for what was taken away (RFC 6721)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.feeds.channels.entries import Feed
from app.feeds.channels.tombstones import Tombstone
from app.feeds.stories import Story, exact_time
from app.feeds.xml import Element, add, add_if, root, written

FORM = "atom"

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def write(page: Feed, buried: Sequence[Tombstone]) -> bytes:
    """Write a page of a feed; later pages are led to by `next` (RFC 5005)."""
    channel = page.channel
    feed = root("atom:feed", "at", "media")
    add(feed, "atom:id", channel.id)
    add(feed, "atom:title", channel.title)
    add(feed, "atom:subtitle", channel.description)
    times = [each.at for each in buried]
    newest = max([page.newest or _NEVER, *times])
    add(feed, "atom:updated", exact_time(newest))
    add(add(feed, "atom:author"), "atom:name", channel.publisher)
    _link(feed, "alternate", channel.page_url, "text/html")
    _link(feed, "self", channel.url(FORM, page.cursor), "application/atom+xml")
    _link(feed, "first", channel.url(FORM), "application/atom+xml")
    if page.following:
        _link(feed, "next", channel.url(FORM, page.following), "application/atom+xml")
    for stone in buried:
        add(feed, "at:deleted-entry", ref=stone.id, when=exact_time(stone.at))
    for each in page.stories:
        _entry(feed, each, page)
    return written(feed)


def _entry(feed: Element, story: Story, page: Feed) -> None:
    entry = add(feed, "atom:entry", xml__lang=story.language)
    add(entry, "atom:id", story.urn)
    add(entry, "atom:title", story.headline)
    _link(entry, "alternate", story.url, "text/html")
    add(entry, "atom:published", exact_time(story.published_at))
    add(entry, "atom:updated", exact_time(story.updated_at))
    for each in story.authors:
        author = add(entry, "atom:author")
        add(author, "atom:name", each.name)
        add(author, "atom:uri", f"{page.channel.site_url}{each.path}")
    add_if(entry, "atom:summary", story.summary)
    html = story.html(page.channel.site_url)
    if html:
        add(entry, "atom:content", html, type="html")
    add(entry, "atom:rights", story.rights.line)
    add(entry, "atom:category", term=story.section.name)
    for tag in story.tags:
        add(entry, "atom:category", term=tag.slug, label=tag.name)
    if story.picture:
        picture = story.picture
        size = {"width": picture.width, "height": picture.height}
        add(entry, "media:content", url=picture.url, medium="image", **size)


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    add(parent, "atom:link", rel=rel, href=href, type=kind)
