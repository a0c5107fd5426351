"""Loading the sample's reference data: what its stories refer to."""

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from app.importers.sample import files
from app.kit.patches import checked
from app.newsroom import references
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_policies.schemas import AdPolicyCreate
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.ad_slots.schemas import AdSlotCreate
from app.newsroom.authors.models import Author
from app.newsroom.authors.schemas import AuthorCreate
from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import FrontWrite
from app.newsroom.media.models import Media
from app.newsroom.media.schemas import MediaCreate
from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import MenuWrite
from app.newsroom.sections.models import Section
from app.newsroom.sections.schemas import SectionCreate
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.sponsors.schemas import SponsorCreate
from app.newsroom.tags.models import Tag
from app.newsroom.tags.schemas import TagCreate
from app.publishing.desk import Desk
from app.publishing.reference import (
    ad_policies,
    ad_slots,
    authors,
    fronts,
    media,
    menus,
    sections,
    sponsors,
    tags,
)


def media_ids() -> dict[str, str]:
    """Give each picture of the sample the same id everywhere."""
    return {row["key"]: str(_media_id(row["url"])) for row in files.rows("media")}


def load(session: Session, desk: Desk) -> int:
    """Load what is missing; answers how many things that were."""
    steps = (_media, _sections, _authors, _tags, _sponsors, _ad_slots, _ad_policies)
    return sum(step(session, desk) for step in steps)


def load_pages(session: Session, desk: Desk) -> int:
    """Load the menus and fronts, which point at sections, tags and articles."""
    return _menus(session, desk) + _fronts(session, desk)


def _fronts(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("fronts"):
        key = row.pop("key")
        if references.find(session, Front, key) is None:
            fronts.put(session, key, checked(FrontWrite, row), desk)
            made += 1
    return made


def _menus(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("menus"):
        key = row.pop("key")
        if references.find(session, Menu, key) is None:
            menus.put(session, key, checked(MenuWrite, row), desk)
            made += 1
    return made


def _media(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("media"):
        del row["key"]
        media_id = _media_id(row["url"])
        if session.get(Media, media_id) is None:
            media.create(session, checked(MediaCreate, row), desk, media_id=media_id)
            made += 1
    return made


def _sections(session: Session, desk: Desk) -> int:
    made = 0
    for ordinal, row in enumerate(files.rows("sections")):
        path = "/".join(filter(None, (row.get("parent"), row["slug"])))
        if references.find(session, Section, path) is None:
            data = checked(SectionCreate, {**row, "ordinal": ordinal})
            sections.create(session, data, desk)
            made += 1
    return made


def _authors(session: Session, desk: Desk) -> int:
    ids = media_ids()
    made = 0
    for row in files.rows("authors"):
        if references.find(session, Author, row["slug"]) is None:
            data = checked(AuthorCreate, files.with_media(row, ids))
            authors.create(session, data, desk)
            made += 1
    return made


def _tags(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("tags"):
        if references.find(session, Tag, row["slug"]) is None:
            tags.create(session, checked(TagCreate, row), desk)
            made += 1
    return made


def _sponsors(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("sponsors"):
        if references.find(session, Sponsor, row["key"]) is None:
            sponsors.create(session, checked(SponsorCreate, row), desk)
            made += 1
    return made


def _ad_slots(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("ad_slots"):
        if references.find(session, AdSlot, row["key"]) is None:
            ad_slots.create(session, checked(AdSlotCreate, row), desk)
            made += 1
    return made


def _ad_policies(session: Session, desk: Desk) -> int:
    made = 0
    for row in files.rows("ad_policies"):
        if references.find(session, AdPolicy, row["key"]) is None:
            ad_policies.create(session, checked(AdPolicyCreate, row), desk)
            made += 1
    return made


def _media_id(url: str) -> UUID:
    return uuid5(NAMESPACE_URL, url)
