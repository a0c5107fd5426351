"""IPTC ninjs: 3.1, and 2.2 for older partners.

3.x writes its names in camelCase, 2.x all in lower case. Each is told here once, in the
words of 3.1.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from app.content.vocabularies import ArticleType
from app.feeds.stories import Picture, Story, exact_time

Version = Literal["3.1", "2.2"]
Json = dict[str, object]

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_{}.json"

_TYPES: Mapping[ArticleType, str] = {
    "article": "text",
    "liveblog": "text",
    "gallery": "composite",
    "video": "video",
    "audio": "audio",
    "interactive": "composite",
    "cartoon": "graphic",
}
_LISTS = {"person": "people", "organisation": "organisations", "place": "places"}
_GENRES = "http://cv.iptc.org/newscodes/genre/"
_KNOWN_GENRES = {
    "analysis": "Analysis",
    "opinion": "Opinion",
    "feature": "Feature",
    "interview": "Interview",
    "review": "Review",
    "obituary": "Obituary",
    "explainer": "Background",
    "letter": "Letter",
}


def item(story: Story, *, site_url: str, version: Version) -> Json:
    """Write one article; what may not leave whole says that it is `partial`."""
    return _in(version, {**_standard(version), **_story(story, site_url)})


def collection(
    found: Sequence[Story],
    gone: Iterable[tuple[str, datetime]],
    *,
    uri: str,
    title: str,
    site_url: str,
    version: Version,
) -> Json:
    """Write several as one composite; what was taken away is `canceled` in it."""
    items = [{"name": each.headline, **_story(each, site_url)} for each in found]
    ended = [
        {
            "name": "canceled",
            "uri": urn,
            "pubStatus": "canceled",
            "versionCreated": exact_time(at),
        }
        for urn, at in gone
    ]
    whole = {
        **_standard(version),
        "uri": uri,
        "type": "composite",
        "pubStatus": "usable",
        "title": title,
        "associations": [*items, *ended],
    }
    return _in(version, whole)


def _standard(version: Version) -> Json:
    schema = _SCHEMA.format(version)
    return {"standard": {"name": "ninjs", "version": version, "schema": schema}}


def _story(story: Story, site_url: str) -> Json:
    html = story.html(site_url)
    said: Json = {
        **_times(story),
        **_rights(story),
        **_topics(story),
        "uri": story.urn,
        "type": _TYPES[story.type],
        "representationType": "full" if html else "partial",
        "version": str(story.version),
        "pubStatus": "usable",
        "edNote": story.corrections[-1].text if story.corrections else None,
        "language": story.language,
        "headlines": [{"role": "main", "value": story.headline}],
        "descriptions": _descriptions(story.summary),
        "bodies": _bodies(html, story.word_count),
        "by": story.byline or ", ".join(story.writers) or None,
        "slugline": story.slug,
        "genres": _genres(story),
        "altIds": [{"role": "web", "value": story.url}],
        "associations": [_lead(story.picture)] if story.picture else [],
    }
    return {name: value for name, value in said.items() if value not in (None, [])}


def _times(story: Story) -> Json:
    return {
        "firstCreated": exact_time(story.first_published_at),
        "versionCreated": exact_time(story.updated_at),
        "contentCreated": exact_time(story.published_at),
    }


def _rights(story: Story) -> Json:
    return {
        "copyrightHolder": story.rights.copyright_holder,
        "copyrightNotice": story.rights.copyright_notice,
        "usageTerms": story.rights.usage_terms,
    }


def _descriptions(summary: str | None) -> list[Json]:
    return [{"role": "summary", "value": summary}] if summary else []


def _bodies(html: str | None, words: int) -> list[Json]:
    body: Json = {"role": "main", "contentType": "text/html", "wordCount": words}
    return [{**body, "charCount": len(html), "value": html}] if html else []


def _genres(story: Story) -> list[Json]:
    known = _KNOWN_GENRES.get(story.genre)
    return [{"name": known, "uri": f"{_GENRES}{known}"}] if known else []


def _topics(story: Story) -> Json:
    """Sort its tags into the lists that ninjs has; its section is a subject too."""
    lists: dict[str, list[Json]] = {
        "subjects": [
            {"name": story.section.name, "uri": f"urn:uuid:{story.section.id}"}
        ]
    }
    for tag in story.tags:
        topic: Json = {"name": tag.name, "rel": "about", "uri": f"urn:uuid:{tag.id}"}
        lists.setdefault(_LISTS.get(tag.kind, "subjects"), []).append(topic)
    return {**lists}


def _lead(picture: Picture) -> Json:
    rendition = {
        "name": "main",
        "href": picture.url,
        "width": picture.width,
        "height": picture.height,
    }
    sized = {name: value for name, value in rendition.items() if value is not None}
    caption = picture.caption or picture.alt
    said: Json = {
        "name": "lead",
        "uri": f"urn:uuid:{picture.id}",
        "type": "picture",
        "descriptions": _descriptions(caption),
        "by": picture.credit,
        "renditions": [sized],
    }
    return {name: value for name, value in said.items() if value not in ("", [])}


def _in(version: Version, said: Json) -> Json:
    if version == "3.1":
        return said
    lowered = _lowered(said)
    assert isinstance(lowered, dict)
    return lowered


def _lowered(value: object) -> object:
    if isinstance(value, list):
        return [_lowered(each) for each in value]
    if isinstance(value, dict):
        return {name.lower(): _lowered(each) for name, each in value.items()}
    return value
