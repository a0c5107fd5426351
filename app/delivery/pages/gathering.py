"""Everything that a page shows beside what lives at its path, for one answer.

Each part costs a fixed number of statements, whatever there is: the resource at most
two, the menus two, advertisements two, what stands beside it at most five.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

import orjson
from orjson import Fragment
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from app.content.vocabularies import Platform
from app.delivery import lists, menus, naming, sections
from app.delivery.advertising import answering as advertising
from app.delivery.advertising import catalogue
from app.delivery.advertising.units import AdServer
from app.delivery.filters import ArticleFilters, Group
from app.delivery.linking import fill
from app.delivery.pages import relating
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.kit.errors import Fault, Invalid

Part = Literal["resource", "menus", "ads", "related"]
PARTS: tuple[Part, ...] = get_args(Part)

_NEEDED = load_only(Document.kind, Document.detail, Document.linked)

BESIDE = 10
"""How many articles stand beside one, or in the list of a section, author or tag."""


Written = dict[str, Fragment | None]


def parts(text: str | None) -> list[Part]:
    """Read a comma-separated list of parts."""
    wanted = text.split(",") if text is not None else []
    if not set(wanted) <= set(PARTS):
        detail = f"Allowed here: {', '.join(PARTS)}."
        raise Invalid(faults=[Fault(detail=detail, parameter="include")])
    return [part for part in PARTS if part in wanted]


def nothing(wanted: Collection[Part]) -> Written:
    """Say of each part that is wanted that there is none."""
    names = [*wanted, *(["breadcrumbs"] if "resource" in wanted else [])]
    return dict.fromkeys(names)


@dataclass(frozen=True)
class Asked:
    """What else the answer goes by."""

    site_url: str
    ad_server: AdServer
    platform: Platform


def gather(
    session: Session, wanted: Collection[Part], resource_id: UUID, asked: Asked
) -> tuple[Written, list[str]]:
    """Write the parts that are wanted of a page, and name what they depend on."""
    lives = session.get_one(Document, resource_id, options=[_NEEDED])
    written: dict[str, bytes] = {}
    named: list[str] = []
    if "resource" in wanted:
        written["resource"], shown = _resource(session, lives)
        written["breadcrumbs"], above = _breadcrumbs(session, lives)
        named += [*shown, *above]
    if "menus" in wanted:
        every, shown = menus.every(session, site_url=asked.site_url)
        written["menus"] = _array([menu.model_dump_json().encode() for menu in every])
        named += shown
    if "ads" in wanted:
        written["ads"], shown = _ads(session, lives, asked)
        named += shown
    if "related" in wanted:
        beside, shown = _beside(session, lives)
        written["related"] = _array(beside)
        named += shown
    return {name: Fragment(part) for name, part in written.items()}, named


def _array(items: Sequence[bytes]) -> bytes:
    return b"[" + b",".join(items) + b"]"


def _resource(session: Session, lives: Document) -> tuple[bytes, list[str]]:
    """Write it as its own route answers it."""
    if lives.kind == "article":
        [filled], named = fill(session, [lives.detail], lives.linked)
        return filled, named
    if lives.kind == "section":
        return sections.with_children(session, lives.id, lives.detail)
    return lives.detail, []


def _ads(session: Session, lives: Document, asked: Asked) -> tuple[bytes, list[str]]:
    """Write the advertisements of the page."""
    shown = orjson.loads(lives.detail)
    if lives.kind != "article":
        shown = catalogue.page(lives.kind, shown)
    page = advertising.placed(session, asked.ad_server, shown, asked.platform)
    return orjson.dumps(advertising.written(page)), catalogue.NAMED


def _breadcrumbs(session: Session, lives: Document) -> tuple[bytes, list[str]]:
    """Write the way down from the top: of an article, to its section."""
    detail = orjson.loads(lives.detail)
    if lives.kind == "section":
        return orjson.dumps(detail["breadcrumbs"]), []
    if lives.kind != "article":
        return b"[]", []
    section = select(Document.detail).where(
        Document.kind == "section", Document.key == detail["section"]["path"][1:]
    )
    above = orjson.loads(session.scalars(section).one())
    return orjson.dumps(above["breadcrumbs"]), [keys.resource("section", above["id"])]


def _beside(session: Session, lives: Document) -> relating.Beside:
    """Read what belongs beside an article, or the newest of anything else."""
    if lives.kind == "article":
        return relating.best(session, lives.id, lives.detail, limit=BESIDE)
    group = Group(lives.kind, (str(lives.id),), is_none_of=False)
    used, named = naming.lists_of(session, [group])
    asked = ArticleFilters(limit=BESIDE)
    rows = lists.page(session, used, asked, after=None, exclude=[], whole=False)
    return [row.content for row in rows[:BESIDE]], named
