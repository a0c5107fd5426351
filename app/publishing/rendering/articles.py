"""Rendering an article: a pure function of a snapshot and what it names."""

from collections.abc import Sequence
from uuid import UUID

from app.content.blocks.containers import StoredBlock
from app.content.counting import reading_minutes, word_count
from app.content.forms.html import to_html
from app.content.forms.markdown import to_markdown
from app.content.forms.text import to_text
from app.content.media import fill_media, related_ids
from app.content.words import tokens
from app.delivery.schemas.articles import (
    ArticleDetail,
    ArticleHeadlines,
    ArticleLink,
    ArticleSensitivity,
    ArticleSummary,
)
from app.delivery.schemas.references import AuthorReference
from app.delivery.store.documents import Rendering
from app.delivery.store.facets import EVERYTHING, FacetValue
from app.delivery.store.search import Words
from app.newsroom.articles.snapshot import Snapshot
from app.publishing.rendering import (
    authors,
    media,
    rights,
    sections,
    seo,
    sponsors,
    tags,
)
from app.publishing.rendering.corrections import corrections_in
from app.publishing.rendering.release import Release
from app.publishing.rendering.sources import Sources
from app.publishing.site import Site

# Named one by one: to validate the detail as a summary would answer it whole, and
# every list would carry every body.
_SUMMARY = set(ArticleSummary.model_fields)


def render(
    snapshot: Snapshot, sources: Sources, release: Release, site: Site
) -> Rendering:
    """Make everything that readers can be given of this release."""
    body = fill_media(snapshot.body, media.facts(sources.media, site))
    detail = _detail(snapshot, sources, release, site, body)
    text = to_text(body)
    return Rendering(
        id=release.id,
        kind="article",
        key=snapshot.slug,
        path=release.path,
        label=snapshot.headline,
        shape=site.shape,
        summary=detail.model_dump_json(include=_SUMMARY).encode(),
        detail=detail.model_dump_json().encode(),
        published_at=release.published_at,
        updated_at=release.updated_at,
        facets=facets(snapshot, sources),
        linked=tuple(related_ids(body)),
        picks=tuple(snapshot.related),
        body_html=to_html(body),
        body_markdown=to_markdown(body),
        body_text=text,
        words=_words(snapshot, sources, text),
    )


def facets(snapshot: Snapshot, sources: Sources) -> frozenset[FacetValue]:
    """Name every list the article stands in: a section's ancestors included."""
    return frozenset(
        [
            EVERYTHING,
            FacetValue("type", snapshot.type),
            FacetValue("genre", snapshot.genre),
            FacetValue("language", snapshot.language),
            FacetValue("access", snapshot.access),
            *(FacetValue("section", str(row.id)) for row in sources.lineage),
            *(FacetValue("author", str(each)) for each in snapshot.authors),
            *(FacetValue("tag", str(each)) for each in snapshot.tags),
            *(FacetValue("media", str(each)) for each in snapshot.media_ids),
            *(FacetValue("sponsor", str(each)) for each in sources.sponsors),
        ]
    )


def _detail(
    snapshot: Snapshot,
    sources: Sources,
    release: Release,
    site: Site,
    body: Sequence[StoredBlock],
) -> ArticleDetail:
    words = word_count(body)
    writers = [_author(sources, each, site) for each in snapshot.authors]
    lead = sources.media[snapshot.lead_media] if snapshot.lead_media else None
    corrections = corrections_in(body)
    section = sections.reference(sources.sections[snapshot.section])
    return ArticleDetail(
        id=release.id,
        type=snapshot.type,
        genre=snapshot.genre,
        url=site.link(release.path),
        path=release.path,
        slug=snapshot.slug,
        language=snapshot.language,
        headline=snapshot.headline,
        kicker=snapshot.kicker,
        standfirst=snapshot.standfirst,
        byline=snapshot.byline or _byline(writers),
        authors=writers,
        section=section,
        tags=[tags.reference(sources.tags[each]) for each in snapshot.tags],
        lead_media=media.reference(lead, site) if lead else None,
        published_at=release.published_at,
        updated_at=release.updated_at,
        first_published_at=release.first_published_at,
        word_count=words,
        reading_minutes=reading_minutes(words, snapshot.language),
        access=snapshot.access,
        sensitivity=ArticleSensitivity.model_validate(snapshot.sensitivity),
        sponsorship=sponsors.of_story(snapshot, sources, release),
        version=release.version,
        headlines=ArticleHeadlines.model_validate(snapshot.headlines),
        teaser=snapshot.teaser,
        sections=[
            section,
            *(sections.reference(sources.sections[each]) for each in snapshot.sections),
        ],
        corrections=corrections,
        rights=rights.of_story(snapshot, sources, site),
        seo=seo.article(
            snapshot, sources, release, site, words=words, corrections=corrections
        ),
        links=[ArticleLink(label=link.label, url=link.url) for link in snapshot.links],
        change=release.change,
        canonical_url=snapshot.canonical_url or site.link(release.path),
        edition=snapshot.edition,
        body=list(body),
        body_html=None,
        body_markdown=None,
        body_text=None,
    )


def _author(sources: Sources, author_id: UUID, site: Site) -> AuthorReference:
    author = sources.authors[author_id]
    portrait = sources.media[author.portrait_id] if author.portrait_id else None
    return authors.reference(author, portrait, site)


def _byline(writers: list[AuthorReference]) -> str | None:
    names = [writer.name for writer in writers]
    if len(names) < 2:
        return names[0] if names else None
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _words(snapshot: Snapshot, sources: Sources, text: str) -> Words:
    """Collect what the article is found by: its own words and the names on it."""
    title = [snapshot.headline, snapshot.kicker, snapshot.standfirst]
    names = [row.name for row in sources.authors.values()]
    topics = [row.name for row in sources.tags.values()]
    return Words(
        title=tokens(" ".join(filter(None, title)), snapshot.language),
        body=tokens(" ".join([text, *names, *topics]), snapshot.language),
    )
