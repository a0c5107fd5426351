"""What the head of a page says: its title, its meta elements, and its JSON-LD."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from app.content.seo import (
    CollectionFacts,
    ImageFacts,
    JsonLd,
    PersonFacts,
    SiteFacts,
    breadcrumb_json_ld,
    collection_json_ld,
    page_meta,
    person_json_ld,
)

Said = Mapping[str, JsonValue]
Head = dict[str, object]
Trail = Sequence[tuple[str, str]]


def of_article(article: Said, above: Trail, site: SiteFacts) -> Head:
    """Take what the article says of itself, and add the way to it."""
    seo = article["seo"]
    assert isinstance(seo, dict)
    here = (_text(article, "headline") or "", _text(article, "url") or "")
    ways = [seo["json_ld"], _way([*above, here], site)]
    return {**seo, "json_ld": ways}


def of_author(author: Said, site: SiteFacts) -> Head:
    """Describe a profile."""
    portrait, links = author["portrait"], author["links"]
    person = PersonFacts(
        site=site,
        url=str(author["url"]),
        name=str(author["name"]),
        description=_text(author, "bio"),
        job_title=_text(author, "role"),
        portrait=_image(portrait) if isinstance(portrait, dict) else None,
        same_as=tuple(map(str, links)) if isinstance(links, list) else (),
    )
    way = _way([(person.name, person.url)], site)
    return _head(person, [person_json_ld(person), way])


def of_list(
    said: Said, above: Trail, item_urls: Sequence[str], site: SiteFacts
) -> Head:
    """Describe the page of a section or a tag."""
    page = CollectionFacts(
        site=site,
        url=str(said["url"]),
        name=str(said["name"]),
        description=_text(said, "description"),
        item_urls=tuple(item_urls),
    )
    trail = above or [(page.name, page.url)]
    return _head(page, [collection_json_ld(page), _way(trail, site)])


def of_home(front: Said, item_urls: Sequence[str], site: SiteFacts) -> Head:
    """Describe the front page of the newspaper."""
    page = CollectionFacts(
        site=site,
        url=f"{site.url}/",
        name=_text(front, "title") or site.name,
        description=_text(front, "description"),
        item_urls=tuple(item_urls),
    )
    return _head(page, [collection_json_ld(page)])


def _head(page: PersonFacts | CollectionFacts, json_ld: Sequence[JsonLd]) -> Head:
    meta = [{"name": None, "property": None, **each} for each in page_meta(page)]
    return {
        "title": page.name,
        "description": page.description,
        "noindex": False,
        "meta": meta,
        "json_ld": list(json_ld),
    }


def _way(trail: Trail, site: SiteFacts) -> JsonLd:
    return breadcrumb_json_ld([(site.name, f"{site.url}/"), *trail])


def _image(portrait: Said) -> ImageFacts:
    width, height = portrait["width"], portrait["height"]
    return ImageFacts(
        url=str(portrait["url"]),
        width=width if isinstance(width, int) else None,
        height=height if isinstance(height, int) else None,
        alt=str(portrait["alt"]),
    )


def _text(said: Said, name: str) -> str | None:
    value = said[name]
    return None if value is None else str(value)
