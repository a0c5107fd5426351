"""JSON Feed 1.1."""

import orjson

from app.feeds.channels.entries import Feed
from app.feeds.stories import Story

FORM = "json"
VERSION = "https://jsonfeed.org/version/1.1"

Json = dict[str, object]


def write(page: Feed) -> bytes:
    """Write a page of a feed; what there is nothing to say of is left out."""
    channel, following = page.channel, page.following
    feed: Json = {
        "version": VERSION,
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.page_url,
        "feed_url": channel.url(FORM, page.cursor),
        "next_url": channel.url(FORM, following) if following else None,
        "authors": [{"name": channel.publisher}],
    }
    items = [_present(_item(each, page)) for each in page.stories]
    return orjson.dumps({**_present(feed), "items": items})


def _item(story: Story, page: Feed) -> Json:
    html, picture = story.html(page.channel.site_url), story.picture
    return {
        "id": story.urn,
        "url": story.url,
        "title": story.headline,
        "summary": story.summary,
        "content_html": html,
        "content_text": None if html else story.summary or story.headline,
        "image": picture.url if picture else None,
        "date_published": story.published_at,
        "date_modified": story.updated_at,
        "authors": [
            {"name": each.name, "url": f"{page.channel.site_url}{each.path}"}
            for each in story.authors
        ],
        "tags": [story.section.name, *(tag.name for tag in story.tags)],
        "language": story.language,
        "_broadsheet": {
            "id": story.id,
            "version": story.version,
            "rights": story.rights.line,
            "corrections": [each.model_dump() for each in story.corrections],
        },
    }


def _present(said: Json) -> Json:
    return {name: value for name, value in said.items() if value not in (None, [])}
