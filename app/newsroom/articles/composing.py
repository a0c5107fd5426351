"""From what a client sent to a snapshot: references followed, body made blocks."""

from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.blocks.containers import StoredBlock
from app.content.body import keeping_ids, normalise
from app.content.intake.from_html import blocks_from_html
from app.content.intake.from_markdown import blocks_from_markdown
from app.content.media import media_ids, related_ids
from app.kit.errors import Fault, Invalid
from app.kit.ids import new_id
from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.articles.schemas import ArticleCreate
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.authors.models import Author
from app.newsroom.media.models import Media
from app.newsroom.references import UnknownReference
from app.newsroom.sections.models import Section
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags.models import Tag


def compose(
    session: Session, data: ArticleCreate, *, slug: str, before: Snapshot | None = None
) -> Snapshot:
    """Turn what was sent into the content of a revision; `before` is the last one."""
    section = references.resolve(session, Section, data.section, pointer="/section")
    body = _body(data, before.body if before else [])
    _check_media(session, body)
    _check_related(session, body)
    return Snapshot(
        headline=data.headline,
        slug=slug,
        type=data.type,
        genre=data.genre,
        language=data.language,
        access=data.access,
        kicker=data.kicker,
        standfirst=data.standfirst,
        teaser=data.teaser,
        byline=data.byline,
        headlines=data.headlines,
        section=section.id,
        sections=[
            other
            for other in _ids(session, Section, data.sections, "/sections")
            if other != section.id
        ],
        authors=_ids(session, Author, data.authors, "/authors"),
        tags=_ids(session, Tag, data.tags, "/tags"),
        lead_media=_id(session, Media, data.lead_media, "/lead_media"),
        sponsor=_id(session, Sponsor, data.sponsor, "/sponsor"),
        related=_ids(session, Article, data.related, "/related"),
        body=body,
        rights=data.rights,
        seo=data.seo,
        sensitivity=data.sensitivity,
        links=data.links,
        canonical_url=data.canonical_url,
        edition=data.edition,
    )


def identified(blocks: list[StoredBlock], *, pointer: str) -> list[StoredBlock]:
    """Give each block that has no id one, within the limits of a body."""
    try:
        return normalise(blocks, _block_id)
    except ValueError as error:
        raise Invalid(faults=_faults(error, pointer)) from None


def _body(data: ArticleCreate, before: list[StoredBlock]) -> list[StoredBlock]:
    given = [
        name
        for name in ("body", "body_html", "body_markdown")
        if getattr(data, name) is not None
    ]
    if len(given) > 1:
        fault = Fault(detail="The body is given once.", pointer=f"/{given[1]}")
        raise Invalid(faults=[fault])
    try:
        return normalise(keeping_ids(_blocks(data), before), _block_id)
    except ValueError as error:
        raise Invalid(faults=_faults(error, f"/{(given or ['body'])[0]}")) from None


def _blocks(data: ArticleCreate) -> list[StoredBlock]:
    if data.body_html is not None:
        return blocks_from_html(data.body_html)
    if data.body_markdown is not None:
        return blocks_from_markdown(data.body_markdown)
    return list(data.body or [])


def _faults(error: ValueError, pointer: str) -> list[Fault]:
    """Say what is wrong with a body whose markup does not make good blocks."""
    said = [str(error)]
    if isinstance(error, ValidationError):
        said = [fault["msg"] for fault in error.errors(include_url=False)]
    return [Fault(detail=detail, pointer=pointer) for detail in said[:10]]


def _block_id() -> str:
    # The end of a UUIDv7 is random; ten digits of it keep the ids of one body
    # apart, and short enough to stand in an anchor.
    return f"b{new_id().hex[-10:]}"


def _ids(
    session: Session,
    kind: type[Author | Tag | Section | Article],
    refs: list[str],
    pointer: str,
) -> list[UUID]:
    rows = references.resolve_all(session, kind, refs, pointer=pointer)
    return [row.id for row in rows]


def _id(
    session: Session, kind: type[Media | Sponsor], ref: str | None, pointer: str
) -> UUID | None:
    if ref is None:
        return None
    return references.resolve(session, kind, ref, pointer=pointer).id


def _check_media(session: Session, body: list[StoredBlock]) -> None:
    wanted = set(media_ids(body))
    if not wanted:
        return
    known = set(session.scalars(select(Media.id).where(Media.id.in_(wanted))))
    _refuse(wanted - known, "media asset")


def _check_related(session: Session, body: list[StoredBlock]) -> None:
    wanted = set(related_ids(body))
    if not wanted:
        return
    known = set(session.scalars(select(Article.id).where(Article.id.in_(wanted))))
    _refuse(wanted - known, "article")


def _refuse(missing: set[UUID], kind: str) -> None:
    if missing:
        faults = [
            Fault(detail=f"The body names no known {kind}: {each}.", pointer="/body")
            for each in sorted(missing)
        ]
        raise UnknownReference(faults=faults)
