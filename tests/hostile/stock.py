"""A newspaper with a little of everything, and a valid body for every write."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.content.bodies import ARTICLE_ID, MEDIA_ID, SAMPLES
from tests.hostile.operations import Operation
from tests.newsroom import SLOT_SIZES, Json, Newsroom
from tests.pictures import drawing

NOON = "2026-05-01T12:00:00Z"
LATER, LATEST = "2099-05-01T12:00:00Z", "2099-06-01T12:00:00Z"
PAGE = "https://partner.example/page"

SLOT: Json = {
    "name": "Article bottom",
    "position": "article_end",
    "page_types": ["article"],
    "sizes": SLOT_SIZES,
}


@dataclass(frozen=True)
class Stock:
    """What stands where: a value for each path parameter of either surface."""

    public: Mapping[str, str]
    manage: Mapping[str, str]

    def path(self, operation: Operation) -> str:
        """The address of something that is there."""
        return operation.at(self.manage if operation.is_manage else self.public)


def lay_in(newsroom: Newsroom) -> Stock:
    """Fill an empty newspaper; nothing in it has been changed since version 1."""
    section = newsroom.section("World", slug="world")
    newsroom.section("Europe", slug="europe", parent="world")
    newsroom.section("Unused", slug="unused")
    picture = newsroom.media("quay")
    upload = newsroom.upload(drawing.picture(), listed=True)
    author = newsroom.author("Ada Reed", slug="ada-reed", portrait=picture["id"])
    newsroom.author("Bo Lind", slug="bo-lind")
    tag = newsroom.tag("Trade", slug="trade")
    newsroom.tag("Unused", slug="unused")
    bank = {"name": "Harbour Bank", "key": "harbour-bank", "type": "sponsored"}
    sponsor = newsroom.send("POST", "/sponsors", json=bank)
    slot = newsroom.send("POST", "/ad-slots", json={"key": "f", **SLOT})
    rules = {"key": "house", "name": "House rules", "sections": ["world"]}
    policy = newsroom.send("POST", "/ad-policies", json=rules)
    newsroom.send("PUT", "/menus/utility", json=body_of_menu())
    for file in ("ads", "app-ads"):
        newsroom.send("PUT", f"/ads-txt/{file}", json=_sellers())
    front = {"containers": [{"key": "top", "fill": {}}]}
    newsroom.send("PUT", "/fronts/world", json=front)
    live = newsroom.published("Ferry returns", slug="ferry", **_names(picture))
    other = newsroom.published("Tram stops", slug="tram", **_names(picture))
    newsroom.withdraw(other, note="It never ran.")
    awaited = newsroom.draft("Bridge opens", slug="bridge", **_names(picture))
    newsroom.embargo(awaited, until=LATER)
    hidden = newsroom.draft("Not yet", slug="not-yet", section="world/europe")
    preview = newsroom.preview(hidden)
    partner = {"name": "Wire", "role": "partner"}
    key = newsroom.send("POST", "/keys", json=partner)
    public = {
        "embargoed": "bridge",
        "article": "ferry",
        "number": "1",
        "author": "ada-reed",
        "section": "world",
        "tag": "trade",
        "media": str(picture["id"]),
        "picture": str(upload["id"]),
        "file": upload["url"].rpartition("/")[2],
        "slot": "f",
        "policy": "house",
        "menu": "utility",
        "front": "world",
        "channel": "world",
        "month": "2026-11",
        "token": preview["token"],
    }
    manage = {
        "article": str(live["id"]),
        "author": str(author["id"]),
        "section": str(section["id"]),
        "tag": str(tag["id"]),
        "asset": str(picture["id"]),
        "picture": str(upload["id"]),
        "name": "thumb",
        "sponsor": str(sponsor["id"]),
        "key": str(key["id"]),
        "slot": str(slot["id"]),
        "policy": str(policy["id"]),
        "menu": "utility",
        "front": "world",
        "sellers": "ads",
        "source": "wire",
        "external_id": "urn:1",
        "number": "1",
    }
    return Stock(public, manage)


def _names(picture: Json) -> Json:
    return {
        "section": "world",
        "authors": ["ada-reed"],
        "tags": ["trade"],
        "lead_media": picture["id"],
    }


def body_of_menu() -> Json:
    return {
        "items": [
            {"label": "Advertise", "url": PAGE},
            {"label": "World", "section": "world", "items": [{"label": "Below"}]},
        ]
    }


def full_bodies(stock: Stock) -> dict[str, Json]:
    """For each write, by its path: a body that names every field it can."""
    story = _story(stock)
    rights: Json = {"copyright_holder": "The Courier"}
    return {
        "articles": story,
        "by-external-id": story,
        "publish": {"note": "New", "published_at": NOON, "minor": False},
        "correct": {
            "kind": "correction",
            "text": "An earlier version named the wrong pier.",
            "changes": {"kicker": "Piers"},
            "about_block": None,
        },
        "withdraw": {"reason": "Wrong", "note": "It was wrong."},
        "restore": {},
        "kill": {"reason": "Wrong", "note": "It was wrong.", "purge": False},
        "legal": {"reason": "Injunction", "note": "By order of a court."},
        "purge": {},
        "submit": {},
        "revert": {"revision": 1},
        "lock": {"ttl_seconds": 60},
        "preview": {"revision": 1, "ttl_seconds": 60},
        "ads preview": {
            "body": _blocks(stock),
            "section": "world/europe",
            "tags": ["trade"],
            "type": "article",
            "genre": "news",
            "access": "free",
            "sensitivity": {},
            "policy": {},
            "platform": "web",
        },
        "schedule": {"publish_at": LATER, "expire_at": LATEST},
        "embargo": {"until": LATER},
        "unschedule": {},
        "keys": {
            "name": "Harbour Wire",
            "role": "partner",
            "scopes": ["embargo"],
            "expires_at": LATEST,
        },
        "rotate": {"overlap_hours": 1},
        "revoke": {},
        "authors": {
            "name": "Cy Dorn",
            "slug": "cy-dorn",
            "role": "Reporter",
            "bio": "Reports.",
            "email": "cy@courier.example",
            "links": [PAGE],
            "portrait": stock.manage["asset"],
            "listed": True,
        },
        "sections": {
            "name": "Sport",
            "slug": "sport",
            "parent": "unused",
            "description": "Games",
            "ordinal": 3,
            "data_mining": "reserve",
        },
        "tags": {
            "name": "Tariffs",
            "slug": "tariffs",
            "kind": "topic",
            "description": "Duties",
            "iptc_code": "medtop:20000205",
            "iab_code": "132",
            "listed": True,
        },
        "authors merge": {"into": "bo-lind"},
        "tags merge": {"into": "unused"},
        "media": {
            "kind": "image",
            "url": "https://images.courier.example/new.jpg",
            "mime_type": "image/jpeg",
            "width": 800,
            "height": 600,
            "duration": 1.5,
            "alt": "A crane",
            "caption": "A crane",
            "credit": "Ada Reed",
            "focal_point": {"x": 0.5, "y": 0.25},
            "renditions": [{"name": "card", "url": PAGE, "width": 4, "height": 3}],
            "rights": rights,
            "ads": True,
            "listed": True,
        },
        "sponsors": {
            "name": "Ropeworks",
            "key": "ropeworks",
            "type": "sponsored",
            "link": PAGE,
            "about_link": PAGE,
            "logo": {"light": {"url": PAGE, "width": 40, "height": 30}},
            "valid_from": NOON,
            "valid_to": "2027-05-01T12:00:00Z",
            "editions": ["uk"],
            "published_since": NOON,
            "is_exclusive": False,
        },
        "ad-slots": _slot(),
        "ad-policies": _policy(),
        "menus": body_of_menu(),
        "fronts": _front(),
        "ads-txt": _sellers(),
    }


def _sellers() -> Json:
    record = {
        "domain": "adsystem.example",
        "account": "pub-1",
        "relationship": "DIRECT",
        "certification": "f08c47",
        "comment": "Ours",
        "seller_id": "1",
    }
    return {
        "records": [record],
        "owner_domain": "courier.example",
        "managers": [{"domain": "sales.example", "country": "GB"}],
        "contacts": ["ads@courier.example"],
        "subdomains": ["news.courier.example"],
        "inventory_partner_domains": ["partner.example"],
    }


def _front() -> Json:
    card = {
        "article": "ferry",
        "headline": "It is back",
        "kicker": "Harbour",
        "label": "Live",
        "place": 1,
        "active_from": NOON,
        "active_to": "2027-05-01T12:00:00Z",
    }
    container = {
        "key": "top",
        "title": "Top",
        "layout": "lead",
        "role": "promo",
        "level": "secondary",
        "sponsor": "harbour-bank",
        "places": 2,
        "cards": [card],
        "fill": {
            "sections": ["world"],
            "authors": ["ada-reed"],
            "tags": ["trade"],
            "types": ["article"],
            "genres": ["news"],
            "order": "updated",
        },
        "active_from": NOON,
        "active_to": "2027-05-01T12:00:00Z",
    }
    return {"title": "World", "description": "The world", "containers": [container]}


def body_for(operation: Operation, bodies: Mapping[str, Json]) -> Json:
    """The full body of one write."""
    parts = operation.path.split("/")
    last = [part for part in parts if not part.startswith("{")][-1]
    if last == "merge":
        last = f"{parts[-3]} merge"
    if operation.path.endswith("/ads/preview"):
        last = "ads preview"
    return dict(bodies["by-external-id" if "by-external-id" in parts else last])


def headers_for(operation: Operation) -> dict[str, str]:
    """The headers a change needs besides the key: made from whatever is there."""
    whole = ("/menus/{menu}", "/fronts/{front:path}", "/ads-txt/{sellers}")
    replaces = operation.path.endswith(whole) and operation.method == "PUT"
    if operation.takes_version or replaces:
        return {"If-Match": "*"}
    return {}


def _story(stock: Stock) -> Json:
    return {
        "headline": "Crane arrives",
        "section": "world",
        "slug": "crane",
        "type": "article",
        "genre": "news",
        "language": "en",
        "access": "free",
        "kicker": "Port",
        "standfirst": "A crane came.",
        "teaser": "Crane",
        "byline": "By Ada Reed",
        "headlines": {"short": "Crane", "seo": "Crane", "social": "A", "print": "B"},
        "authors": ["ada-reed"],
        "sections": ["world/europe"],
        "tags": ["trade"],
        "lead_media": stock.manage["asset"],
        "sponsor": "harbour-bank",
        "related": ["ferry"],
        "body": _blocks(stock),
        "rights": {"copyright_holder": "The Courier"},
        "seo": {"title": "Crane", "description": "A crane"},
        "sensitivity": {},
        "links": [],
        "canonical_url": PAGE,
        "edition": "uk",
        "note": "First",
    }


def _blocks(stock: Stock) -> list[object]:
    """One full sample of each block, with ids of what is in stock."""
    return [_with_ids(block, stock) for block in SAMPLES]


def _with_ids(value: object, stock: Stock) -> object:
    if isinstance(value, dict):
        return {name: _with_ids(member, stock) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_ids(member, stock) for member in value]
    known = {MEDIA_ID: stock.manage["asset"], ARTICLE_ID: stock.manage["article"]}
    return known.get(value, value) if isinstance(value, str) else value


def _slot() -> Json:
    return {
        **SLOT,
        "key": "inline",
        "kind": "display",
        "platforms": ["web"],
        "repeatable": True,
        "max_instances": 3,
        "unit_path": "/{network}/{site}/{section_path}",
        "app_unit_ids": {"app_ios": "1", "app_android": "2"},
        "reserve": [],
        "label": "Advertisement",
        "collapse": None,
        "lazy": {"fetch_margin_pct": 100, "render_margin_pct": 50},
        "targeting": {"pos": ["mid"]},
        "fallback_slot": "f",
        "include": {"sections": ["world"], "tags": [], "types": ["article"]},
        "exclude": {"sections": [], "tags": ["trade"], "types": []},
        "active_from": NOON,
        "active_to": "2027-05-01T12:00:00Z",
        "status": "active",
        "priority": 5,
    }


def _policy() -> Json:
    return {
        "key": "other",
        "name": "Other rules",
        "priority": 2,
        "page_types": ["article"],
        "sections": ["world"],
        "tags": ["trade"],
        "flags": [],
        "min_words": 100,
    }
