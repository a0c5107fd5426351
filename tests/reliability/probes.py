"""Everything that can be asked of the public API, made from its own description.

All operations, with what they declare and with what others declare, about what is
visible, hidden, old and unknown.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import quote

from tests.newsroom import Json
from tests.reliability.worlds import CANARY, World

UNKNOWN_ID = "01890a5d-ac96-774b-bcce-b302099a8057"

FOREIGN = {
    "status": "draft",
    "state": "draft",
    "preview": "true",
    "draft": "1",
    "include": "drafts",
    "revision": "2",
    "version": "2",
    "has_unreleased_changes": "true",
    "external_id": CANARY,
}
WHOLE = "resource,menus,ads,related,front"
TIMES = ("2026-11-23T10:30:00Z", "2026-11-23T11:30:00Z", "2030-01-01T00:00:00Z")
WAYS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("HEAD", {}),
    ("GET", {"Accept": "text/html"}),
    ("GET", {"Accept": "application/xml;q=0.1, */*;q=0"}),
    ("GET", {"Accept": "application/vnd.courier.draft+json"}),
    ("GET", {"If-None-Match": "*"}),
    ("GET", {"If-Modified-Since": "Mon, 23 Nov 2026 10:30:00 GMT"}),
    ("GET", {"If-Modified-Since": "Mon, 23 Nov 2026 23:00:00 GMT"}),
)


@dataclass(frozen=True)
class Probe:
    """One request."""

    path: str
    params: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)


def probes(document: Json, world: World) -> Iterator[Probe]:
    """Make every request that the API's description leads to."""
    known = _values(world)
    operations = list(_operations(document))
    foreign = {name for _, params in operations for name in params}
    for template, params in operations:
        queries = {name for name, where in params.items() if where == "query"}
        for place in _places(template, params, known):
            yield from _plain(place, queries)
            for name in sorted(queries):
                for value in known.get(name, ["x"]):
                    needed = _needed(queries, but=name)
                    yield Probe(place, (*needed, (name, value)))
        place = next(_places(template, params, known))
        for name in sorted(foreign - queries - params.keys()):
            yield Probe(place, ((name, known.get(name, ["x"])[0]),))
        for name, value in FOREIGN.items():
            yield Probe(place, ((name, value),))
    yield from _counted(known)
    yield from _gathered(known)


def more_probes(document: Json, world: World, count: int) -> Iterator[Probe]:
    """Make up requests: any operation, any few parameters, any headers."""
    known, choose = _values(world), random.Random(20_261_123)  # noqa: S311
    operations = list(_operations(document))
    names = sorted({name for _, params in operations for name in params} | set(FOREIGN))
    for _ in range(count):
        template, params = choose.choice(operations)
        queries = {name for name, where in params.items() if where == "query"}
        asked = [*_needed(queries, but="")]
        for name in choose.sample(names, choose.randint(0, 3)):
            values = known.get(name, [FOREIGN.get(name, "x")])
            asked.append((name, choose.choice(values)))
        method, headers = choose.choice((("GET", {}), *WAYS))
        place = choose.choice(list(_places(template, params, known)))
        yield Probe(place, tuple(asked), method, headers)


def walks() -> Iterator[Probe]:
    """Make the first page of each list that is read to its end."""
    for order in ("newest", "oldest", "updated"):
        yield Probe("/v1/articles", (("limit", "2"), ("order", order)))
    for name, value in (("section", "world"), ("tag", "trade"), ("-", "")):
        filters = ((name, value),) if value else (("tag", f"-{CANARY}-tag"),)
        yield Probe("/v1/articles", (("limit", "2"), ("total", "true"), *filters))
    for place in ("authors", "tags", "menus", "fronts", "ad-slots", "ad-policies"):
        yield Probe(f"/v1/{place}", (("limit", "1"),))
    for by in ("author", "section", "tags"):
        yield Probe("/v1/articles/story-1/related", (("by", by), ("limit", "1")))
    yield Probe("/v1/articles/story-0/versions", (("limit", "1"),))


def _operations(document: Json) -> Iterator[tuple[str, dict[str, str]]]:
    """List each operation's path, and where each of its parameters stands."""
    for path, methods in document["paths"].items():
        for operation in methods.values():
            named = operation.get("parameters", [])
            yield path, {each["name"]: each["in"] for each in named}


def _plain(place: str, queries: set[str]) -> Iterator[Probe]:
    needed = _needed(queries, but="")
    yield Probe(place, needed)
    for method, headers in WAYS:
        yield Probe(place, needed, method, headers)


def _needed(queries: set[str], *, but: str) -> tuple[tuple[str, str], ...]:
    """Give what an operation cannot be asked without."""
    always = {"by": "author", "path": "/world"}
    return tuple((n, v) for n, v in always.items() if n in queries and n != but)


def _counted(known: Mapping[str, list[str]]) -> Iterator[Probe]:
    for name in ("section", "author", "tag", "type", "genre", "language", "access"):
        for value in known[name]:
            yield Probe("/v1/articles", ((name, value), ("total", "true")))


def _gathered(known: Mapping[str, list[str]]) -> Iterator[Probe]:
    for path in known["path"]:
        yield Probe("/v1/resolve", (("path", path), ("include", WHOLE)))
    for article in known["{article}"]:
        yield Probe(f"/v1/articles/{article}/related")
        yield Probe(f"/v1/articles/{article}/ads")
        for asked in (("include", "ads"), ("ads", "inline")):
            yield Probe(f"/v1/articles/{article}", (asked,))
    for q in known["q"]:
        for narrowed in ((), (("total", "true"),), (("section", "world"),)):
            yield Probe("/v1/search", (("q", q), *narrowed))
        yield Probe("/v1/suggest", (("q", q),))
        yield Probe("/v1/suggest", (("q", f"{q} zqc"),))


def _places(
    template: str, params: Mapping[str, str], known: Mapping[str, list[str]]
) -> Iterator[str]:
    names = [f"{{{name}}}" for name, where in params.items() if where == "path"]
    for values in product(*(known[name] for name in names)):
        place = template
        for name, value in zip(names, values, strict=True):
            place = place.replace(name, quote(value))
        yield place


def _values(world: World) -> dict[str, list[str]]:
    """List what to ask each parameter about; both worlds are asked the same."""
    made = world.made
    hidden = {name: each["id"] for name, each in made.items() if "hidden" in name}
    stories = [made[f"story {number}"]["id"] for number in (0, 2, 7)]
    gone, killed = made["gone 0"]["id"], made["ended kill"]["id"]
    drafts = [each for name, each in hidden.items() if "draft" in name]
    authors = [made["author"]["id"], hidden["hidden author"], UNKNOWN_ID]
    tags = [made["tag"]["id"], made["double"]["id"], hidden["hidden tag"], UNKNOWN_ID]
    sections = [made["asia"]["id"], "world", "world/asia", "arts", "culture"]
    slugs = ["story-0", "story-2", "story-7", "story-seven", "withdrawn-0"]
    slugs += ["ended-kill", "ended-legal"]
    secret = [f"{CANARY}-0", f"{CANARY}-5", f"{CANARY}-story-2", f"{CANARY}-gone-0"]
    paths = [
        "/",
        "/world",
        "/arts",
        "/culture",
        "/authors/ben-okri",
        "/tags/trade",
        "/no",
    ]
    return {
        "{article}": [
            *stories,
            gone,
            killed,
            *drafts,
            UNKNOWN_ID,
            *slugs,
            *secret,
            "no",
        ],
        "{author}": [*authors, "ada-reed", "ben-okri", f"{CANARY}-author", "no"],
        "{tag}": [*tags, "trade", "ada-lovelace", f"{CANARY}-tag", "no"],
        "{section}": [*sections, UNKNOWN_ID, f"world/{CANARY}-0", "no/no"],
        "{media}": [made["media"]["id"], hidden["hidden media"], UNKNOWN_ID],
        "{picture}": [made["upload"]["id"], hidden["hidden upload"], UNKNOWN_ID],
        "{file}": [
            made[name]["url"].rpartition("/")[2] for name in ("upload", "hidden upload")
        ],
        "{slot}": [made["slot"]["id"], "f", "no"],
        "{policy}": ["no", UNKNOWN_ID],
        "{menu}": [made["menu"]["id"], "main", "no"],
        "{front}": [made["front"]["id"], "home", "world", f"world/{CANARY}-0", "no"],
        "{channel}": [
            *("home", "world", "authors/ada-reed", "tags/trade"),
            *(f"world/{CANARY}-0", f"authors/{CANARY}-author", f"tags/{CANARY}-tag"),
        ],
        "{month}": ["2026-11", "2026-12", "2030-01", "no"],
        "{embargoed}": [*drafts[:1], UNKNOWN_ID],
        "{token}": [made["taken back"]["token"], *drafts[:1], "no"],
        "{number}": ["1", "2"],
        "from": ["1", "2"],
        "to": ["1", "2"],
        "at": [*TIMES],
        "section": [*sections, f"-{sections[0]}", "world,arts", "no"],
        "author": [*authors, "ben-okri", f"{CANARY}-author", f"-{authors[1]}"],
        "tag": [*tags, "trade", f"{CANARY}-tag", f"-{tags[2]}", f"trade,{tags[2]}"],
        "type": ["article", "gallery", "-article", "draft"],
        "genre": ["news", "analysis", "-news"],
        "language": ["en", "de", "fr"],
        "access": ["free", "subscriber", "registered"],
        "published_after": [*TIMES],
        "published_before": [*TIMES],
        "updated_after": [*TIMES],
        "ids": [
            ",".join([*stories, gone, killed, *drafts[:4]]),
            drafts[0],
            UNKNOWN_ID,
        ],
        "exclude": [stories[0], ",".join(drafts[:3])],
        "order": ["newest", "oldest", "updated", "draft"],
        "total": ["true", "false"],
        "fields": ["headline", "body", "id,body.target_id", "state", CANARY],
        "limit": ["1", "100", "0"],
        "cursor": ["x"],
        "q": ["tra", CANARY, "zqc", "a", "%"],
        "kind": ["topic", "person", "place"],
        "flat": ["true"],
        "by": ["author", "section", "tags", "editors"],
        "include": [WHOLE, "related", "ads", "drafts"],
        "ads": ["inline"],
        "platform": ["web", "app_ios"],
        "body": ["html", "markdown", "text"],
        "path": [
            *paths,
            *(f"/world/{slug}" for slug in (*slugs, *secret)),
            *(f"/{place}/{slug}" for place in ("arts", "culture") for slug in secret),
            *(f"/world/asia/{slug}" for slug in ("story-1", "withdrawn-1")),
            f"/authors/{CANARY}-author",
            f"/tags/{CANARY}-tag",
        ],
    }
