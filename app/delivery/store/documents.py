"""Writing documents: the one way anything becomes public, and stops being so."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from anyascii import anyascii
from sqlalchemy import bindparam, delete, update
from sqlalchemy.orm import Session

from app.delivery.store import addresses, facets, listings, search
from app.delivery.store.facets import FacetValue
from app.delivery.store.listings import Place
from app.delivery.store.models import Document
from app.delivery.store.search import Words

HTTP_DATE = timedelta(seconds=1)
"""How far two times have to lie apart for a Last-Modified to tell them apart."""


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """A resource made ready for readers: the bytes, and what it is found by."""

    id: UUID
    kind: str
    key: str
    label: str
    shape: str
    summary: bytes
    detail: bytes
    path: str | None = None
    subkind: str | None = None
    parent_id: UUID | None = None
    ordinal: int = 0
    published_at: datetime | None = None
    updated_at: datetime | None = None
    facets: frozenset[FacetValue] = field(default_factory=frozenset)
    linked: tuple[UUID, ...] = ()
    picks: tuple[UUID, ...] = ()
    body_html: str | None = None
    body_markdown: str | None = None
    body_text: str | None = None
    words: Words | None = None

    @property
    def etag(self) -> str:
        """The digest of everything a reader can be given."""
        made = hashlib.blake2b(digest_size=12)
        for part in (self.summary, self.detail):
            made.update(part)
            made.update(b"\x00")
        return made.hexdigest()


@dataclass(frozen=True)
class Put:
    """What storing a document has changed."""

    is_new: bool
    is_changed: bool
    facets_before: dict[FacetValue, int]
    facets_after: dict[FacetValue, int]
    aliases: list[str]

    @property
    def touched(self) -> list[tuple[str, str]]:
        """The lists that the article stood in or stands in now."""
        both = self.facets_before.keys() | self.facets_after.keys()
        return [(facet.kind, facet.value) for facet in both]


def put(session: Session, made: Rendering, *, version: int, now: datetime) -> Put:
    """Store a document with its addresses, lists and search words."""
    document = session.get(Document, made.id)
    before = _place(document)
    known = facets.intern(session, made.facets)
    after = new_place(made, known)
    is_changed = (
        document is None
        or (document.etag, document.key, document.path, document.version)
        != (made.etag, made.key, made.path, version)
        or before != after
    )
    # Before the document itself is written: whose key it is shows here, and the
    # refusal names it.
    aliases = addresses.settle(
        session, kind=made.kind, resource_id=made.id, live=live(made)
    )
    if document is None:
        document = Document(id=made.id, position=0)
        session.add(document)
        _fill(document, made, version=version, changed_at=now)
        is_new = True
    else:
        changed_at = document.changed_at
        if is_changed:
            # Whoever asks by time hears of it, also where the clock was set back.
            changed_at = max(now, changed_at + HTTP_DATE)
        _fill(document, made, version=version, changed_at=changed_at)
        is_new = False
    document.facets = sorted(known.values())
    listings.move(session, made.id, old=before, new=after)
    if made.words is not None:
        search.put(session, made.id, made.words)
    return Put(
        is_new=is_new,
        is_changed=is_changed,
        facets_before=_named(session, before, known),
        facets_after=known,
        aliases=aliases,
    )


def put_new(
    session: Session, made: Sequence[Rendering], *, version: int, now: datetime
) -> list[Put]:
    """Store documents of which none was there before, as `put` stores one."""
    known = facets.intern(session, {facet for each in made for facet in each.facets})
    numbered = [{facet: known[facet] for facet in each.facets} for each in made]
    addresses.settle_new(session, [(each.kind, each.id, live(each)) for each in made])
    places = []
    for each, numbers in zip(made, numbered, strict=True):
        session.add(new(each, numbers, version=version, now=now))
        place = new_place(each, numbers)
        if place is not None:
            places.append((each.id, place))
    listings.add(session, places)
    search.put_new(session, [(each.id, each.words) for each in made if each.words])
    return [new_put(numbers) for numbers in numbered]


def new(
    made: Rendering, known: dict[FacetValue, int], *, version: int, now: datetime
) -> Document:
    """Make the document of something that had none; it has no position yet."""
    document = Document(id=made.id, position=0)
    _fill(document, made, version=version, changed_at=now)
    document.facets = sorted(known.values())
    return document


def new_put(known: dict[FacetValue, int]) -> Put:
    """Say what storing a new document has changed."""
    return Put(
        is_new=True, is_changed=True, facets_before={}, facets_after=known, aliases=[]
    )


@dataclass(frozen=True)
class Removed:
    """What taking a document away has changed."""

    facets_before: dict[FacetValue, int]
    paths: list[str]

    @property
    def touched(self) -> list[tuple[str, str]]:
        """The lists that the article stood in."""
        return [(facet.kind, facet.value) for facet in self.facets_before]


def remove(
    session: Session, resource_id: UUID, *, reason: str, note: str | None
) -> Removed:
    """Take a document from every list; its addresses answer that it is gone."""
    document = session.get(Document, resource_id)
    before = _place(document)
    listings.move(session, resource_id, old=before, new=None)
    search.remove(session, resource_id)
    session.execute(delete(Document).where(Document.id == resource_id))
    paths = addresses.close(session, resource_id, reason=reason, note=note)
    return Removed(_named(session, before, {}), paths)


def hand_over(session: Session, kind: str, resource_id: UUID, *, to: UUID) -> list[str]:
    """Let another resource answer for this one; answers the paths that move."""
    session.execute(delete(Document).where(Document.id == resource_id))
    return addresses.hand_over(session, kind, resource_id, to=to)


def find(session: Session, resource_id: UUID) -> Document | None:
    """Find what the public gets of a resource, if anything."""
    return session.get(Document, resource_id)


def stamp(session: Session, positions: Sequence[tuple[UUID, int]]) -> None:
    """Write into documents the log position that last touched them."""
    rows = [{"of": resource, "at": position} for resource, position in positions]
    session.connection().execute(
        update(Document.__table__)  # type: ignore[arg-type]
        .where(Document.id == bindparam("of"))
        .values(position=bindparam("at")),
        rows,
    )


def fold(label: str) -> str:
    """Write a name the way names are sorted and looked up: plain small letters."""
    return anyascii(label).lower()[:500]


def live(made: Rendering) -> list[str]:
    """List the addresses of a resource: the API's own, and its path."""
    own = addresses.api_address(made.kind, made.key)
    return [own, made.path] if made.path else [own]


def _place(document: Document | None) -> Place | None:
    if document is None or document.published_at is None:
        return None
    assert document.updated_at is not None
    return Place(frozenset(document.facets), document.published_at, document.updated_at)


def new_place(made: Rendering, known: dict[FacetValue, int]) -> Place | None:
    """Say where an article stands in its lists; nothing else stands in any."""
    if made.published_at is None or made.updated_at is None:
        return None
    return Place(frozenset(known.values()), made.published_at, made.updated_at)


def _named(
    session: Session, place: Place | None, known: dict[FacetValue, int]
) -> dict[FacetValue, int]:
    """Put names to the numbers of a place, asking only for those not at hand."""
    if place is None:
        return {}
    names = {number: facet for facet, number in known.items()}
    unknown = place.facets - names.keys()
    if unknown:
        found = facets.find(session, facets.named(session, unknown))
        names |= {number: facet for facet, number in found.items()}
    return {names[number]: number for number in place.facets}


def _fill(
    document: Document, made: Rendering, *, version: int, changed_at: datetime
) -> None:
    document.kind = made.kind
    document.key = made.key
    document.path = made.path
    document.version = version
    document.etag = made.etag
    document.shape = made.shape
    document.changed_at = changed_at
    document.published_at = made.published_at
    document.updated_at = made.updated_at
    document.parent_id = made.parent_id
    document.ordinal = made.ordinal
    document.label = fold(made.label)
    document.subkind = made.subkind
    document.linked = [str(each) for each in made.linked]
    document.picks = [str(each) for each in made.picks]
    document.summary = made.summary
    document.detail = made.detail
    document.body_html = made.body_html
    document.body_markdown = made.body_markdown
    document.body_text = made.body_text
