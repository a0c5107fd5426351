"""An article as schema.org has it, in the shape that Google and Bing read.

Sources: schema.org 28 (NewsArticle and its kin) and Google Search Central on
Article, paywalled content, VideoObject and live blogs.
"""

from datetime import datetime

from app.content.seo.facts import (
    AuthorFacts,
    CorrectionFacts,
    LiveUpdateFacts,
    PageFacts,
    VideoFacts,
)
from app.content.seo.terms import (
    CONTEXT,
    Json,
    JsonLd,
    image,
    instant,
    present,
    publisher,
)
from app.content.vocabularies import Genre

PAYWALL_SELECTOR = ".paywall"
"""The CSS class that the frontend puts around what only some may read."""

# A recipe is no news, and what was paid for must not be passed off as news: Google
# News asks for AdvertiserContentArticle, which is not a NewsArticle.
_TYPES: dict[Genre, str] = {
    "analysis": "AnalysisNewsArticle",
    "editorial": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "letter": "OpinionNewsArticle",
    "opinion": "OpinionNewsArticle",
    "paid": "AdvertiserContentArticle",
    "recipe": "Article",
    "review": "ReviewNewsArticle",
}


def article_json_ld(page: PageFacts) -> JsonLd:
    """Describe an article's page for search engines."""
    return {
        "@context": CONTEXT,
        "@type": _type(page),
        **_story(page),
        **_provenance(page),
        **_access(page),
        **_rights(page),
        **(_live(page) if _is_live(page) else {}),
    }


def _type(page: PageFacts) -> str:
    if _is_live(page):
        return "LiveBlogPosting"
    return _TYPES.get(page.genre, "NewsArticle")


def _is_live(page: PageFacts) -> bool:
    # Advertising stays advertising, however lively it is.
    return page.type == "liveblog" and page.genre != "paid"


def _story(page: PageFacts) -> JsonLd:
    return present(
        {
            "headline": page.headline,
            "description": page.description,
            "url": page.url,
            "mainEntityOfPage": {"@type": "WebPage", "@id": page.url},
            "inLanguage": page.language,
            "articleSection": list(page.section_names),
            "keywords": list(page.tags),
            "image": [image(picture) for picture in page.images],
            "video": [_video(video) for video in page.videos],
            "wordCount": page.word_count or None,
        }
    )


def _provenance(page: PageFacts) -> JsonLd:
    return present(
        {
            "datePublished": instant(page.published_at),
            "dateModified": instant(max(page.updated_at, page.published_at)),
            "author": _authors(page),
            "publisher": publisher(page.site),
            "correction": [
                _correction(note) for note in page.corrections if note.kind != "update"
            ],
        }
    )


def _authors(page: PageFacts) -> list[Json]:
    # Unsigned, it is the paper's own word. Google wants an author in any case.
    return [_person(author) for author in page.authors] or [publisher(page.site)]


def _person(author: AuthorFacts) -> JsonLd:
    return present({"@type": "Person", "name": author.name, "url": author.url})


def _correction(note: CorrectionFacts) -> JsonLd:
    return {
        "@type": "CorrectionComment",
        "text": note.text,
        "datePublished": instant(note.at),
    }


def _access(page: PageFacts) -> JsonLd:
    # Without `hasPart` a page that shows readers less than the crawler is taken
    # for cloaking. A wall that only asks for registration counts as one too.
    if page.access == "free":
        return {"isAccessibleForFree": True}
    part: JsonLd = {
        "@type": "WebPageElement",
        "isAccessibleForFree": False,
        "cssSelector": PAYWALL_SELECTOR,
    }
    return {"isAccessibleForFree": False, "hasPart": [part]}


def _rights(page: PageFacts) -> JsonLd:
    terms = page.usage_terms
    return present(
        {
            "copyrightNotice": page.copyright_notice,
            "license": page.site.license,
            "usageInfo": {"@type": "CreativeWork", "text": terms} if terms else None,
        }
    )


def _video(video: VideoFacts) -> JsonLd:
    return present(
        {
            "@type": "VideoObject",
            "name": video.name,
            "description": video.description,
            "thumbnailUrl": [video.thumbnail_url],
            "uploadDate": instant(video.uploaded_at),
            "contentUrl": video.content_url,
            "embedUrl": video.embed_url,
            "duration": None if video.seconds is None else f"PT{video.seconds}S",
        }
    )


def _live(page: PageFacts) -> JsonLd:
    return present(
        {
            "coverageStartTime": instant(page.published_at),
            "coverageEndTime": _optional(page.live_ended_at),
            "liveBlogUpdate": [_update(update) for update in page.live_updates],
        }
    )


def _update(update: LiveUpdateFacts) -> JsonLd:
    return present(
        {
            "@type": "BlogPosting",
            "headline": update.headline,
            "articleBody": update.text,
            "url": update.url,
            "datePublished": instant(update.published_at),
            "dateModified": _optional(update.updated_at),
        }
    )


def _optional(moment: datetime | None) -> str | None:
    return None if moment is None else instant(moment)
