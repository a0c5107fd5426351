"""What a page says of itself: Open Graph, Twitter cards and schema.org."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest

from app.content.seo import (
    PAYWALL_SELECTOR,
    AuthorFacts,
    CollectionFacts,
    CorrectionFacts,
    ImageFacts,
    JsonLd,
    LiveUpdateFacts,
    PageFacts,
    PersonFacts,
    SiteFacts,
    VideoFacts,
    article_json_ld,
    article_meta,
    breadcrumb_json_ld,
    collection_json_ld,
    person_json_ld,
)
from app.content.vocabularies import Access, ArticleType, Genre

PUBLISHED = datetime(2026, 10, 24, 6, 15, tzinfo=UTC)
EDITED = datetime(2026, 10, 24, 9, 0, 30, 999, tzinfo=timezone(timedelta(hours=2)))
SITE = SiteFacts(name="The Aldmere Courier", url="https://courier.example/")
URL = "https://courier.example/world/roof"
PUBLISHER = {
    "@type": "NewsMediaOrganization",
    "name": "The Aldmere Courier",
    "url": "https://courier.example/",
}
WIDE = ImageFacts(url="https://courier.example/wide.jpg", width=1200, height=675)


PLAIN = PageFacts(
    site=SITE,
    url=URL,
    headline='A "roof" & <more>',
    language="en-GB",
    type="article",
    genre="news",
    access="free",
    published_at=PUBLISHED,
    updated_at=PUBLISHED,
)


def contents(facts: PageFacts, name: str) -> list[str]:
    """List what the page says under one name of a meta element, in order."""
    return [entry["content"] for entry in article_meta(facts) if name in entry.values()]


def test_the_smallest_page_says_what_open_graph_requires() -> None:
    assert article_meta(PLAIN) == [
        {"property": "og:type", "content": "article"},
        {"property": "og:title", "content": 'A "roof" & <more>'},
        {"property": "og:url", "content": URL},
        {"property": "og:site_name", "content": "The Aldmere Courier"},
        {"property": "og:locale", "content": "en_GB"},
        {"property": "article:published_time", "content": "2026-10-24T06:15:00Z"},
        {"property": "article:content_tier", "content": "free"},
        {"name": "robots", "content": "max-image-preview:large"},
        {"name": "twitter:card", "content": "summary"},
        {"name": "twitter:title", "content": 'A "roof" & <more>'},
    ]


def test_the_size_of_a_picture_follows_the_picture() -> None:
    small = ImageFacts(url="https://courier.example/2.jpg", width=10, height=10)
    wide = ImageFacts(url=WIDE.url, width=1200, height=675, alt="A crane")
    entries = article_meta(replace(PLAIN, images=(wide, small)))
    told = [entry for entry in entries if "og:image" in str(entry)]
    assert told == [
        {"property": "og:image", "content": WIDE.url},
        {"property": "og:image:width", "content": "1200"},
        {"property": "og:image:height", "content": "675"},
        {"property": "og:image:alt", "content": "A crane"},
    ]


@pytest.mark.parametrize(
    ("width", "card"),
    [(1200, "summary_large_image"), (None, "summary_large_image"), (299, "summary")],
)
def test_a_small_picture_has_a_small_card(width: int | None, card: str) -> None:
    picture = ImageFacts(url=WIDE.url, width=width)
    assert contents(replace(PLAIN, images=(picture,)), "twitter:card") == [card]


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en-GB", ["en_GB"]),
        ("zh-Hant-TW", ["zh_TW"]),
        ("de", []),
        ("es-419", []),
    ],
)
def test_a_locale_needs_a_country(language: str, locale: list[str]) -> None:
    assert contents(replace(PLAIN, language=language), "og:locale") == locale


def test_only_authors_with_a_profile_are_in_open_graph() -> None:
    ada = AuthorFacts(name="Ada Reed", url="https://courier.example/authors/ada")
    facts = replace(PLAIN, authors=(ada, AuthorFacts(name="A Guest")))
    assert contents(facts, "article:author") == [ada.url]


def test_an_unedited_page_has_no_modified_time() -> None:
    assert contents(PLAIN, "article:modified_time") == []
    edited = replace(PLAIN, updated_at=EDITED)
    assert contents(edited, "article:modified_time") == ["2026-10-24T07:00:30Z"]


def test_the_social_title_goes_before_the_title_for_search() -> None:
    assert contents(replace(PLAIN, seo_title="Search"), "og:title") == ["Search"]
    both = replace(PLAIN, seo_title="Search", social_title="Social")
    assert contents(both, "og:title") == ["Social"]
    assert contents(both, "twitter:title") == ["Social"]


def test_search_engines_are_asked_to_stay_away() -> None:
    assert contents(replace(PLAIN, noindex=True), "robots") == ["noindex"]


def test_sections_and_tags_are_named() -> None:
    facts = replace(PLAIN, section_names=("World", "Ports"), tags=("Ferry", "Strike"))
    assert contents(facts, "article:section") == ["World"]
    assert contents(facts, "article:tag") == ["Ferry", "Strike"]


def test_the_smallest_article_is_whole() -> None:
    assert article_json_ld(PLAIN) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": 'A "roof" & <more>',
        "url": URL,
        "mainEntityOfPage": {"@type": "WebPage", "@id": URL},
        "inLanguage": "en-GB",
        "datePublished": "2026-10-24T06:15:00Z",
        "dateModified": "2026-10-24T06:15:00Z",
        "author": [PUBLISHER],
        "publisher": PUBLISHER,
        "isAccessibleForFree": True,
    }


@pytest.mark.parametrize(
    ("genre", "kind"),
    [
        ("news", "NewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("editorial", "OpinionNewsArticle"),
        ("letter", "OpinionNewsArticle"),
        ("review", "ReviewNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("obituary", "NewsArticle"),
        ("interview", "NewsArticle"),
        ("feature", "NewsArticle"),
        ("recipe", "Article"),
        ("paid", "AdvertiserContentArticle"),
    ],
)
def test_a_genre_has_its_type(genre: Genre, kind: str) -> None:
    assert article_json_ld(replace(PLAIN, genre=genre))["@type"] == kind


def test_a_live_blog_lists_its_posts() -> None:
    post = LiveUpdateFacts(
        headline="Doors open", text="At noon.", published_at=EDITED, url=f"{URL}#1"
    )
    live = article_json_ld(replace(PLAIN, type="liveblog", live_updates=(post,)))
    assert live["@type"] == "LiveBlogPosting"
    assert live["coverageStartTime"] == "2026-10-24T06:15:00Z"
    assert "coverageEndTime" not in live
    assert live["liveBlogUpdate"] == [
        {
            "@type": "BlogPosting",
            "headline": "Doors open",
            "articleBody": "At noon.",
            "url": f"{URL}#1",
            "datePublished": "2026-10-24T07:00:30Z",
        }
    ]


def test_an_ended_live_blog_says_when() -> None:
    live = article_json_ld(replace(PLAIN, type="liveblog", live_ended_at=EDITED))
    assert live["coverageEndTime"] == "2026-10-24T07:00:30Z"


def test_a_paid_live_blog_stays_advertising() -> None:
    paid = article_json_ld(replace(PLAIN, type="liveblog", genre="paid"))
    assert paid["@type"] == "AdvertiserContentArticle"
    assert "coverageStartTime" not in paid


@pytest.mark.parametrize("access", ["registered", "subscriber"])
def test_what_is_behind_a_wall_is_marked(access: Access) -> None:
    article = article_json_ld(replace(PLAIN, access=access))
    assert article["isAccessibleForFree"] is False
    assert article["hasPart"] == [
        {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": PAYWALL_SELECTOR,
        }
    ]


def test_authors_are_persons_each() -> None:
    ada = AuthorFacts(name="Ada Reed", url="https://courier.example/authors/ada")
    article = article_json_ld(
        replace(PLAIN, authors=(ada, AuthorFacts(name="A Guest")))
    )
    assert article["author"] == [
        {"@type": "Person", "name": "Ada Reed", "url": ada.url},
        {"@type": "Person", "name": "A Guest"},
    ]


def test_an_update_is_no_correction() -> None:
    notes = (
        CorrectionFacts(kind="update", text="More detail.", at=EDITED),
        CorrectionFacts(kind="correction", text="It was 12.", at=EDITED),
    )
    assert article_json_ld(replace(PLAIN, corrections=notes))["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "It was 12.",
            "datePublished": "2026-10-24T07:00:30Z",
        }
    ]


def test_a_video_is_inside_the_article() -> None:
    video = VideoFacts(
        name="The roof",
        uploaded_at=PUBLISHED,
        thumbnail_url="https://courier.example/t.jpg",
        content_url="https://courier.example/v.mp4",
        seconds=90,
    )
    article = article_json_ld(replace(PLAIN, type="video", videos=(video,)))
    assert article["video"] == [
        {
            "@type": "VideoObject",
            "name": "The roof",
            "thumbnailUrl": ["https://courier.example/t.jpg"],
            "uploadDate": "2026-10-24T06:15:00Z",
            "contentUrl": "https://courier.example/v.mp4",
            "duration": "PT90S",
        }
    ]


def test_pictures_say_their_pixels() -> None:
    bare = ImageFacts(url="https://courier.example/bare.jpg")
    assert article_json_ld(replace(PLAIN, images=(WIDE, bare)))["image"] == [
        {"@type": "ImageObject", "url": WIDE.url, **_size(1200, 675)},
        {"@type": "ImageObject", "url": bare.url},
    ]


def _size(width: int, height: int) -> dict[str, dict[str, str | int]]:
    return {
        name: {"@type": "QuantitativeValue", "value": length, "unitCode": "E37"}
        for name, length in (("width", width), ("height", height))
    }


def test_words_sections_and_tags_are_counted_and_listed() -> None:
    facts = replace(
        PLAIN, word_count=300, section_names=("World",), tags=("Ferry", "Strike")
    )
    article = article_json_ld(facts)
    assert article["wordCount"] == 300
    assert article["articleSection"] == ["World"]
    assert article["keywords"] == ["Ferry", "Strike"]


def test_an_edit_before_publication_is_not_a_modification() -> None:
    article = article_json_ld(replace(PLAIN, updated_at=PUBLISHED - timedelta(days=1)))
    assert article["dateModified"] == article["datePublished"]


def test_a_time_without_offset_is_refused() -> None:
    naive = PUBLISHED.replace(tzinfo=None)
    with pytest.raises(ValueError, match="offset"):
        article_json_ld(replace(PLAIN, published_at=naive, updated_at=naive))


@pytest.mark.parametrize("genre", get_args(Genre))
@pytest.mark.parametrize("kind", get_args(ArticleType))
def test_no_value_is_null(genre: Genre, kind: ArticleType) -> None:
    described = article_json_ld(replace(PLAIN, genre=genre, type=kind))
    assert json.loads(json.dumps(described)) == described
    assert "null" not in json.dumps(described)


def test_a_profile_is_about_a_person() -> None:
    ada = PersonFacts(
        site=SITE,
        url="https://courier.example/authors/ada",
        name="Ada Reed",
        job_title="Reporter",
        portrait=ImageFacts(url="https://courier.example/ada.jpg"),
        same_as=("https://social.example/ada",),
    )
    assert person_json_ld(ada) == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": ada.url,
        "mainEntity": {
            "@type": "Person",
            "name": "Ada Reed",
            "url": ada.url,
            "jobTitle": "Reporter",
            "image": {"@type": "ImageObject", "url": "https://courier.example/ada.jpg"},
            "worksFor": PUBLISHER,
            "sameAs": ["https://social.example/ada"],
        },
    }


def test_breadcrumbs_are_counted_from_the_top() -> None:
    trail = [("World", "https://courier.example/world"), ("Roof", URL)]
    assert breadcrumb_json_ld(trail)["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "World",
            "item": "https://courier.example/world",
        },
        {"@type": "ListItem", "position": 2, "name": "Roof", "item": URL},
    ]


def collection(*item_urls: str) -> JsonLd:
    return collection_json_ld(
        CollectionFacts(
            site=SITE,
            url="https://courier.example/world",
            name="World",
            language="en",
            item_urls=item_urls,
        )
    )


def test_a_collection_names_its_items_by_url_alone() -> None:
    assert collection(URL) == {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "url": "https://courier.example/world",
        "name": "World",
        "inLanguage": "en",
        "publisher": PUBLISHER,
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [{"@type": "ListItem", "position": 1, "url": URL}],
        },
    }


def test_an_empty_collection_has_no_list() -> None:
    assert "mainEntity" not in collection()


def test_the_publisher_shows_its_logo() -> None:
    site = SiteFacts(name="Courier", url="https://courier.example/", logo=WIDE)
    facts = CollectionFacts(site=site, url=URL, name="World", language="en")
    assert collection_json_ld(facts)["publisher"] == {
        "@type": "NewsMediaOrganization",
        "name": "Courier",
        "url": "https://courier.example/",
        "logo": {"@type": "ImageObject", "url": WIDE.url, **_size(1200, 675)},
    }
