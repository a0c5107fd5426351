"""The words of schema.org that every kind of page shares.

A property without a value is left out: null says nothing in JSON-LD, and Google
reports it as a fault.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from app.content.seo.facts import ImageFacts, SiteFacts

Json: TypeAlias = (
    "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
)
JsonLd: TypeAlias = dict[str, Json]

CONTEXT = "https://schema.org"


def present(properties: Mapping[str, Json]) -> JsonLd:
    """Keep the properties that have a value: not None, empty text or list."""
    return {
        name: value
        for name, value in properties.items()
        if value is not None and value not in ("", [], {})
    }


def instant(moment: datetime) -> str:
    """Write an aware time as RFC 3339 in UTC, to the second."""
    if moment.tzinfo is None:
        raise ValueError("a time without its offset could be any of 38 hours")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat("T", "seconds") + "Z"


def publisher(site: SiteFacts) -> JsonLd:
    """Describe the newspaper."""
    return present(
        {
            "@type": "NewsMediaOrganization",
            "name": site.name,
            "url": site.url,
            "logo": image(site.logo) if site.logo else None,
        }
    )


def image(picture: ImageFacts) -> JsonLd:
    """Describe a picture."""
    return present(
        {
            "@type": "ImageObject",
            "url": picture.url,
            "width": _pixels(picture.width),
            "height": _pixels(picture.height),
        }
    )


def _pixels(length: int | None) -> JsonLd | None:
    # A bare number is neither of the types that schema.org has for a width. E37 is
    # the pixel among the unit codes of UN/CEFACT.
    if length is None:
        return None
    return {"@type": "QuantitativeValue", "value": length, "unitCode": "E37"}
