"""Pages that are not articles: a profile, a trail of breadcrumbs, a list."""

from collections.abc import Sequence

from app.content.seo.facts import CollectionFacts, PersonFacts
from app.content.seo.terms import CONTEXT, Json, JsonLd, image, present, publisher


def person_json_ld(person: PersonFacts) -> JsonLd:
    """Describe an author's page: a ProfilePage about a Person, as Google reads it."""
    about = present(
        {
            "@type": "Person",
            "name": person.name,
            "url": person.url,
            "description": person.description,
            "jobTitle": person.job_title,
            "image": image(person.portrait) if person.portrait else None,
            "worksFor": publisher(person.site),
            "sameAs": list(person.same_as),
        }
    )
    return {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "url": person.url,
        "mainEntity": about,
    }


def breadcrumb_json_ld(trail: Sequence[tuple[str, str]]) -> JsonLd:
    """Describe the way to a page as (name, url) from the top; Google wants two."""
    crumbs: list[Json] = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(trail, start=1)
    ]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": crumbs,
    }


def collection_json_ld(collection: CollectionFacts) -> JsonLd:
    """Describe a page that lists articles, by their URLs and no word of theirs."""
    items: list[Json] = [
        {"@type": "ListItem", "position": position, "url": url}
        for position, url in enumerate(collection.item_urls, start=1)
    ]
    about: JsonLd = {"@type": "ItemList", "itemListElement": items}
    return present(
        {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "url": collection.url,
            "name": collection.name,
            "description": collection.description,
            "inLanguage": collection.language,
            "publisher": publisher(collection.site),
            "mainEntity": about if items else None,
        }
    )
