"""RSS 2.0 with the modules that readers know: content, dc, media, atom."""

from email.utils import format_datetime

from app.feeds.channels.entries import Feed
from app.feeds.stories import Picture, Story
from app.feeds.xml import Element, add, add_if, root, written

FORM = "rss"


def write(page: Feed) -> bytes:
    """Write a page of a feed (RSS Advisory Board's profile; RFC 5005, section 3)."""
    channel = page.channel
    document = root("rss", "atom", "content", "dc", "media", version="2.0")
    feed = add(document, "channel")
    add(feed, "title", channel.title)
    add(feed, "link", channel.page_url)
    add(feed, "description", channel.description)
    own = channel.url(FORM, page.cursor)
    add(feed, "atom:link", rel="self", type="application/rss+xml", href=own)
    if page.following:
        add(feed, "atom:link", rel="next", href=channel.url(FORM, page.following))
    if page.newest:
        add(feed, "lastBuildDate", format_datetime(page.newest, usegmt=True))
    for each in page.stories:
        _item(feed, each, each.html(channel.site_url))
    return written(document)


def _item(feed: Element, story: Story, html: str | None) -> None:
    item = add(feed, "item")
    add(item, "title", story.headline)
    add(item, "link", story.url)
    add(item, "guid", story.urn, isPermaLink="false")
    add(item, "pubDate", format_datetime(story.published_at, usegmt=True))
    # Some readers show whichever of the two comes last.
    add_if(item, "description", story.summary)
    add_if(item, "content:encoded", html)
    for name in story.writers:
        add(item, "dc:creator", name)
    add(item, "dc:rights", story.rights.line)
    add(item, "category", story.section.name)
    for tag in story.tags:
        add(item, "category", tag.name, domain=tag.kind)
    if story.picture:
        _picture(item, story.picture)


def _picture(item: Element, picture: Picture) -> None:
    size = {"width": picture.width, "height": picture.height}
    shown = add(item, "media:content", url=picture.url, medium="image", **size)
    add_if(shown, "media:description", picture.caption or picture.alt)
    add_if(shown, "media:credit", picture.credit)
