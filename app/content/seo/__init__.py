r"""What a page says of itself to search engines and social networks.

Values are plain text, nothing is escaped for HTML: the frontend writes `meta`
contents as attributes, and in a JSON-LD `<script>` it writes `<`, `>` and `&`
as `\\u003c`, `\\u003e` and `\\u0026`, or a headline could close the script.
"""

from app.content.seo.articles import PAYWALL_SELECTOR, article_json_ld
from app.content.seo.facts import (
    AuthorFacts,
    CollectionFacts,
    CorrectionFacts,
    ImageFacts,
    LiveUpdateFacts,
    PageFacts,
    PersonFacts,
    SiteFacts,
    VideoFacts,
)
from app.content.seo.meta import Meta, NameMeta, PropertyMeta, article_meta, page_meta
from app.content.seo.pages import (
    breadcrumb_json_ld,
    collection_json_ld,
    person_json_ld,
)
from app.content.seo.terms import Json, JsonLd

__all__ = [
    "PAYWALL_SELECTOR",
    "AuthorFacts",
    "CollectionFacts",
    "CorrectionFacts",
    "ImageFacts",
    "Json",
    "JsonLd",
    "LiveUpdateFacts",
    "Meta",
    "NameMeta",
    "PageFacts",
    "PersonFacts",
    "PropertyMeta",
    "SiteFacts",
    "VideoFacts",
    "article_json_ld",
    "article_meta",
    "breadcrumb_json_ld",
    "collection_json_ld",
    "page_meta",
    "person_json_ld",
]
