"""What an article's page says of itself: ready meta elements and JSON-LD."""

from collections.abc import Sequence

from app.content.seo import (
    AuthorFacts,
    CorrectionFacts,
    ImageFacts,
    Meta,
    PageFacts,
    article_json_ld,
    article_meta,
)
from app.delivery.schemas.articles import ArticleCorrection, ArticleMeta, ArticleSeo
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.media.models import Media
from app.publishing.rendering import authors, media, rights
from app.publishing.rendering.release import Release
from app.publishing.rendering.sources import Sources
from app.publishing.site import Site


def article(
    snapshot: Snapshot,
    sources: Sources,
    release: Release,
    site: Site,
    *,
    words: int,
    corrections: Sequence[ArticleCorrection],
) -> ArticleSeo:
    """Write the head of an article's page."""
    page = PageFacts(
        site=site.facts,
        url=site.link(release.path),
        headline=snapshot.headline,
        language=snapshot.language,
        type=snapshot.type,
        genre=snapshot.genre,
        access=snapshot.access,
        published_at=release.published_at,
        updated_at=release.updated_at,
        seo_title=snapshot.seo.title or snapshot.headlines.seo,
        social_title=snapshot.headlines.social,
        description=snapshot.seo.description or snapshot.standfirst,
        noindex=snapshot.seo.noindex,
        authors=_authors(snapshot, sources, site),
        section_names=tuple(row.name for row in sources.sections.values()),
        tags=tuple(sources.tags[each].name for each in snapshot.tags),
        images=_images(snapshot, sources, site),
        word_count=words,
        copyright_notice=snapshot.rights.copyright_notice,
        usage_terms=snapshot.rights.usage_terms,
        data_mining=rights.data_mining(snapshot, sources, site),
        corrections=tuple(
            CorrectionFacts(kind=each.kind, text=each.text, at=each.at)
            for each in corrections
        ),
    )
    return ArticleSeo(
        title=page.seo_title or page.headline,
        description=page.description,
        noindex=page.noindex,
        meta=[_meta(element) for element in article_meta(page)],
        json_ld=article_json_ld(page),
    )


def _authors(
    snapshot: Snapshot, sources: Sources, site: Site
) -> tuple[AuthorFacts, ...]:
    rows = [sources.authors[each] for each in snapshot.authors]
    return tuple(
        AuthorFacts(name=row.name, url=site.link(authors.path(row))) for row in rows
    )


def _images(snapshot: Snapshot, sources: Sources, site: Site) -> tuple[ImageFacts, ...]:
    rows = [sources.media[each] for each in snapshot.media_ids]
    return tuple(_image(row, site) for row in rows if row.kind == "image")


def _image(row: Media, site: Site) -> ImageFacts:
    shown = media.file(row, site)
    return ImageFacts(
        url=shown.url, width=shown.width, height=shown.height, alt=row.alt
    )


def _meta(element: Meta) -> ArticleMeta:
    return ArticleMeta.model_validate({"name": None, "property": None, **element})
