"""OPML 2.0: the feeds of all sections, for readers that take many at once."""

from collections.abc import Sequence

from app.feeds.channels.finding import Channel
from app.feeds.xml import add, root, written


def write(title: str, channels: Sequence[Channel]) -> bytes:
    """List feeds, the newspaper's own first."""
    document = root("opml", version="2.0")
    add(add(document, "head"), "title", title)
    body = add(document, "body")
    for each in channels:
        add(
            body,
            "outline",
            type="rss",
            text=each.title,
            xmlUrl=each.url("rss"),
            htmlUrl=each.page_url,
        )
    return written(document)
