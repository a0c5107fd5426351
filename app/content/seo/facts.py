"""What has to be known of a page before it can describe itself.

URLs are absolute, texts are plain, times are aware.
"""

from dataclasses import dataclass
from datetime import datetime

from app.content.vocabularies import (
    Access,
    ArticleType,
    CorrectionKind,
    DataMining,
    Genre,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFacts:
    """A picture; width and height in pixels, None where they are not known."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """A video of the page; Google wants the file or the player, or better both."""

    name: str
    uploaded_at: datetime
    thumbnail_url: str
    description: str | None = None
    content_url: str | None = None
    embed_url: str | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorFacts:
    """A name as in the byline, without "by" or a job title, and the profile."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFacts:
    """One public note on what was changed."""

    kind: CorrectionKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUpdateFacts:
    """One post of a live blog."""

    headline: str
    text: str
    published_at: datetime
    url: str | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """The newspaper that publishes the page."""

    name: str
    url: str
    logo: ImageFacts | None = None
    license: str | None = None
    data_mining_policy: str | None = None

    @classmethod
    def of(cls, *, name: str, url: str, logo: str | None) -> "SiteFacts":
        """Take it from the settings: of the logo only the address is known."""
        return cls(name=name, url=url, logo=ImageFacts(url=logo) if logo else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """An article's page. Images, sections and videos: the main one first."""

    site: SiteFacts
    url: str
    headline: str
    language: str
    type: ArticleType
    genre: Genre
    access: Access
    published_at: datetime
    updated_at: datetime
    seo_title: str | None = None
    social_title: str | None = None
    description: str | None = None
    noindex: bool = False
    authors: tuple[AuthorFacts, ...] = ()
    section_names: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[ImageFacts, ...] = ()
    videos: tuple[VideoFacts, ...] = ()
    word_count: int = 0
    corrections: tuple[CorrectionFacts, ...] = ()
    live_updates: tuple[LiveUpdateFacts, ...] = ()
    live_ended_at: datetime | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    data_mining: DataMining | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """An author's profile page; `same_as` are her pages elsewhere."""

    site: SiteFacts
    url: str
    name: str
    description: str | None = None
    job_title: str | None = None
    portrait: ImageFacts | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionFacts:
    """A page that lists others: a section, a tag, the front."""

    site: SiteFacts
    url: str
    name: str
    language: str | None = None
    description: str | None = None
    item_urls: tuple[str, ...] = ()
