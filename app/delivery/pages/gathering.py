"""Everything that a page shows beside what lives at its path, for one answer.

Each part costs a fixed number of statements, whatever there is: the resource at most
two, the menus two, advertisements two, what stands beside it at most five, a front six.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from uuid import UUID

import orjson
from orjson import Fragment
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from app.content.seo import SiteFacts
from app.content.vocabularies import Platform
from app.delivery import lists, menus, naming, sections
from app.delivery.advertising import answering as advertising
from app.delivery.advertising import catalogue
from app.delivery.advertising.units import AdServer
from app.delivery.filters import ArticleFilters, Group
from app.delivery.fronts import answering as fronts
from app.delivery.fronts.answering import Front
from app.delivery.linking import fill
from app.delivery.pages import heads, relating
from app.delivery.store import keys
from app.delivery.store.models import Document
from app.kit.errors import Fault, Invalid

Part = Literal["resource", "menus", "ads", "related", "front"]
PARTS: tuple[Part, ...] = get_args(Part)

BESIDE = 10
"""How many articles stand beside one, or in the list of a section, author or tag."""

_NEEDED = load_only(
    Document.kind, Document.key, Document.path, Document.detail, Document.linked
)
_FORMS = (
    ("application/ld+json", "jsonld"),
    ("text/markdown", "md"),
    ("text/plain", "txt"),
)
_FEEDS = (
    ("application/rss+xml", "rss"),
    ("application/atom+xml", "atom"),
    ("application/feed+json", "json"),
)
_WITH_RESOURCE = ("breadcrumbs", "seo", "alternates")

Said = dict[str, JsonValue]
Written = dict[str, Fragment | None]


@dataclass(frozen=True)
class Asked:
    """What else the answer goes by."""

    site: SiteFacts
    api_url: str
    ad_server: AdServer
    platform: Platform


@dataclass(frozen=True)
class Page:
    """What lives at a path: a document, a front, or a section that shows its front."""

    document: Document | None
    front: Front | None


def parts(text: str | None) -> list[Part]:
    """Read a comma-separated list of parts."""
    wanted = text.split(",") if text is not None else []
    if not set(wanted) <= set(PARTS):
        detail = f"Allowed here: {', '.join(PARTS)}."
        raise Invalid(faults=[Fault(detail=detail, parameter="include")])
    return [part for part in PARTS if part in wanted]


def nothing(wanted: Collection[Part]) -> Written:
    """Say of each part that is wanted that there is none."""
    names = [*wanted, *(_WITH_RESOURCE if "resource" in wanted else [])]
    return dict.fromkeys(names)


def found(
    session: Session, wanted: Collection[Part], resource_id: UUID, site: SiteFacts
) -> Page:
    """Find what lives at a path, with the front of a section where that is wanted."""
    document = session.get_one(Document, resource_id, options=[_NEEDED])
    front = None
    if "front" in wanted and document.kind == "section":
        front = fronts.find(session, document.key, site_url=site.url)
    return Page(document, front)


def gather(
    session: Session, wanted: Collection[Part], page: Page, asked: Asked
) -> tuple[Written, list[str]]:
    """Write the parts that are wanted of a page, and name what they depend on."""
    written: dict[str, bytes] = {}
    named: list[str] = []
    if page.front is not None:
        named += page.front.named
    if "related" in wanted:
        beside, shown = _beside(session, page)
        written["related"] = _array(beside)
        named += shown
    if "menus" in wanted:
        every, shown = menus.every(session, site_url=asked.site.url)
        written["menus"] = _array([menu.model_dump_json().encode() for menu in every])
        named += shown
    if "ads" in wanted:
        written["ads"] = _ads(session, page, asked)
        named += catalogue.NAMED
    if "front" in wanted:
        beside_it = page.front if page.document else None
        written["front"] = orjson.dumps(beside_it and beside_it.page)
    if "resource" in wanted:
        resource, shown = _resource(session, page)
        crumbs, above = _breadcrumbs(session, page)
        items = _items(page, orjson.loads(written.get("related", b"[]")))
        head = _head(page, orjson.loads(resource), crumbs, items, asked.site)
        written |= {
            "resource": resource,
            "breadcrumbs": orjson.dumps(crumbs),
            "seo": orjson.dumps(head),
            "alternates": orjson.dumps(_alternates(page, asked.api_url)),
        }
        named += [*shown, *above]
    return {name: Fragment(part) for name, part in written.items()}, named


def _array(items: Sequence[bytes]) -> bytes:
    return b"[" + b",".join(items) + b"]"


def _resource(session: Session, page: Page) -> tuple[bytes, list[str]]:
    """Write it as its own route answers it."""
    lives = page.document
    if lives is None:
        return orjson.dumps(page.front.page if page.front else None), []
    if lives.kind == "article":
        [filled], named = fill(session, [lives.detail], lives.linked)
        return filled, named
    if lives.kind == "section":
        return sections.with_children(session, lives.id, lives.detail)
    return lives.detail, []


def _ads(session: Session, page: Page, asked: Asked) -> bytes:
    """Write the advertisements of the page."""
    lives = page.document
    if page.front is not None:
        shown = fronts.advertised(page.front)
    elif lives is not None and lives.kind == "article":
        shown = orjson.loads(lives.detail)
    else:
        assert lives is not None
        shown = dict(catalogue.page(lives.kind, orjson.loads(lives.detail)))
    placed = advertising.placed(session, asked.ad_server, shown, asked.platform)
    return orjson.dumps(advertising.written(placed))


def _breadcrumbs(session: Session, page: Page) -> tuple[list[Said], list[str]]:
    """Tell the way down from the top: of an article, to its section."""
    lives = page.document
    if lives is None or lives.kind not in ("section", "article"):
        return [], []
    detail = orjson.loads(lives.detail)
    if lives.kind == "section":
        return detail["breadcrumbs"], []
    # By id: an article goes on naming the old path of a section that has just moved.
    section = select(Document.detail).where(
        Document.id == UUID(detail["section"]["id"])
    )
    above = orjson.loads(session.scalars(section).one())
    return above["breadcrumbs"], [keys.resource("section", above["id"])]


def _items(page: Page, beside: Sequence[Said]) -> list[str]:
    """List the addresses of the stories that the page shows as a list."""
    if page.front is not None:
        return fronts.story_urls(page.front)
    return [str(each["url"]) for each in beside]


def _head(
    page: Page,
    resource: Said,
    crumbs: Sequence[Said],
    items: Sequence[str],
    site: SiteFacts,
) -> heads.Head:
    """Say what the page's head says."""
    above = [(str(step["name"]), f"{site.url}{step['path']}") for step in crumbs]
    match page.document and page.document.kind:
        case None:
            return heads.of_home(resource, items, site)
        case "article":
            return heads.of_article(resource, above, site)
        case "author":
            return heads.of_author(resource, site)
        case _:
            return heads.of_list(resource, above, items, site)


def _alternates(page: Page, api_url: str) -> list[Said]:
    """List other forms of the page: of an article its texts, of others their feeds."""
    lives = page.document
    place = (
        f"{api_url}/v1/{lives.kind}s/{lives.id}"
        if lives
        else f"{api_url}/v1/fronts/home"
    )
    if lives and lives.kind == "article":
        forms = [(kind, f"{place}.{form}") for kind, form in _FORMS]
    else:
        name = lives.path if lives else "/home"
        forms = [(kind, f"{api_url}/feeds{name}.{form}") for kind, form in _FEEDS]
    return [
        {"type": kind, "href": href}
        for kind, href in [("application/json", place), *forms]
    ]


def _beside(session: Session, page: Page) -> relating.Beside:
    """Read what belongs beside an article, or the newest of anything else."""
    lives = page.document
    if lives is None:
        return [], []
    if lives.kind == "article":
        return relating.best(session, lives.id, lives.detail, limit=BESIDE)
    group = Group(lives.kind, (str(lives.id),), is_none_of=False)
    used, named = naming.lists_of(session, [group])
    asked = ArticleFilters(limit=BESIDE)
    rows = lists.page(session, used, asked, after=None, exclude=[], whole=False)
    return [row.content for row in rows[:BESIDE]], named
