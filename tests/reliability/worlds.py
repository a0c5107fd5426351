"""Two newspapers that readers must not be able to tell apart.

Both have the same public life. The second has, besides, everything that readers
must know nothing of: drafts in every state, unreleased edits, what only these name,
and other words in what was withdrawn or killed. Each step has ids of its own, so that
what is hidden takes no id from what is public.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from uuid import UUID

import httpx
from fastapi import FastAPI
from starlette.testclient import TestClient

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from app.kit.ids import id_source
from app.kit.settings import Settings
from app.main import create_app
from app.publishing import merging, refreshing
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import Clock
from tests.newsroom import SLOT_SIZES, Json, Newsroom, if_match, paragraph
from tests.pictures.drawing import picture

CANARY = "zqcanary"
LATER = "2099-01-01T00:00:00Z"

Answer = tuple[int, list[tuple[str, str]], bytes]


@dataclass
class World:
    """One newspaper: its application, its clock, and what was made in it by name."""

    app: FastAPI
    client: TestClient
    clock: Clock
    newsroom: Newsroom
    has_secrets: bool
    made: dict[str, Json] = field(default_factory=dict)
    hidden_ids: set[str] = field(default_factory=set)

    @contextmanager
    def step(self, name: str, *, is_hidden: bool = False) -> Iterator[None]:
        """Do something with ids that depend on nothing but the step's name."""
        numbers = count()

        def make() -> UUID:
            digest = blake2b(f"{name} {next(numbers)}".encode(), digest_size=16)
            made = UUID(bytes=digest.digest())
            if is_hidden:
                self.hidden_ids.add(str(made))
            return made

        with id_source(make):
            yield


@contextmanager
def open_world(settings: Settings, *, has_secrets: bool) -> Iterator[World]:
    """Found a newspaper in an empty database, with its whole life behind it."""
    with Database(settings.database_url) as database:
        schema.migrate(database)
    clock = Clock()
    app = create_app(settings, clock=clock)
    with TestClient(app, raise_server_exceptions=False) as client:
        database = app.state.database
        with database.write() as session:
            key = keys.create(session, name="e", role=Role.publisher, now=clock())[1]
        world = World(
            app, client, clock, Newsroom(client, key, clock), has_secrets=has_secrets
        )
        _live(world)
        desk = Desk(now=clock(), by="system", site=Site.of(settings))
        with world.step("in the background"):
            refreshing.run_pending(database, lambda: desk, pause=lambda _: None)
            merging.run_pending(database, lambda: desk, pause=lambda _: None)
        yield world


def _live(world: World) -> None:
    """Let everything happen, what is hidden in between what is public."""
    for public, hidden in (
        (_found, _hide_people),
        (_publish, _hide_drafts),
        (_withdraw, _hide_edits),
        (_end, _hide_endings),
        (_rename, _hide_more),
        (_link, _hide_plans),
    ):
        world.clock.advance(hours=1)
        public(world)
        if world.has_secrets:
            hidden(world)


def _make(
    world: World, step: str, verb: Callable[..., Json], /, **content: object
) -> Json:
    with world.step(step, is_hidden=step.startswith("hidden")):
        world.made[step] = verb(**content)
    return world.made[step]


def _found(world: World) -> None:
    desk = world.newsroom
    parent = _make(world, "section", desk.section, name="World")["id"]
    _make(world, "asia", desk.section, name="Asia", parent=parent)
    _make(world, "culture", desk.section, name="Culture")
    portrait = _make(world, "media", desk.media, name="quay")["id"]
    _make(world, "upload", desk.upload, content=picture(), alt="The quay")
    _make(world, "author", desk.author, name="Ada Reed", portrait=portrait)
    _make(world, "other author", desk.author, name="Ben Okri")
    _make(world, "tag", desk.tag, name="Trade")
    _make(world, "person", desk.tag, name="Ada Lovelace", kind="person")


def _publish(world: World) -> None:
    desk, made = world.newsroom, world.made
    for number in range(8):
        sections = ("section", "asia", "culture")
        names: Json = {
            "section": made[sections[number % 3]]["id"],
            "authors": [made[("author", "other author")[number % 2]]["id"]],
            "tags": [made["tag"]["id"]]
            + ([made["person"]["id"]] if number % 3 else []),
            "lead_media": made["upload" if number == 3 else "media"]["id"]
            if number % 2
            else None,
            "genre": ("news", "opinion")[number % 2],
            "type": ("article", "gallery")[number == 5],
            "access": ("free", "subscriber")[number == 6],
            "language": ("en", "de")[number == 7],
            "slug": f"story-{number}",
            "body": [paragraph(f"The ferry came back {number} times.")],
        }
        draft = _make(
            world, f"draft {number}", desk.draft, headline=f"Story {number}", **names
        )
        world.clock.advance(minutes=7)
        _make(world, f"story {number}", desk.publish, article=draft)
    slot: Json = {"key": "f", "name": "article bottom", "position": "article_end"}
    slot |= {"page_types": ["article"], "sizes": SLOT_SIZES}
    with world.step("slot"):
        made["slot"] = desk.send("POST", "/ad-slots", json=slot)
    items = [
        {"label": "World", "section": made["section"]["id"]},
        {"label": "Story", "article": made["story 1"]["id"]},
        {"label": "Advertise", "url": "https://www.courier.example/ads"},
    ]
    with world.step("menu"):
        made["menu"] = desk.send("PUT", "/menus/main", json={"items": items})
    cards = [{"article": made["story 2"]["id"], "label": "Live"}]
    containers = [{"key": "top", "cards": cards, "fill": {}}]
    with world.step("front"):
        made["front"] = desk.send(
            "PUT", "/fronts/home", json={"containers": containers}
        )


def _withdraw(world: World) -> None:
    """Publish and withdraw two stories, of which each world has other words."""
    desk, made = world.newsroom, world.made
    words = CANARY if world.has_secrets else "plain"
    for number in range(2):
        body = [
            {**paragraph(f"{words} {each}"), "id": f"p{each}"}
            for each in range(1 + world.has_secrets)
        ]
        draft = _make(
            world,
            f"withdrawn draft {number}",
            desk.draft,
            headline=f"{words} {number}",
            standfirst=words,
            slug=f"withdrawn-{number}",
            section=made["asia"]["id"],
            authors=[made["author"]["id"]],
            tags=[made["tag"]["id"]],
            body=body,
        )
        released = _make(world, f"gone {number}", desk.publish, article=draft)
        made[f"gone {number}"] = _make(
            world,
            f"withdrawn {number}",
            desk.withdraw,
            article=released,
            reason=words,
            note="Taken back." if number else None,
        )


def _end(world: World) -> None:
    """Kill a public story and withhold one, of which each world has other words."""
    desk, made = world.newsroom, world.made
    words = CANARY if world.has_secrets else "plain"
    for verb in ("kill", "legal"):
        story: Json = {"slug": f"ended-{verb}", "standfirst": words}
        story |= {"section": made["section"]["id"], "tags": [made["tag"]["id"]]}
        draft = _make(
            world, f"draft to {verb}", desk.draft, headline=f"{words} {verb}", **story
        )
        released = _make(world, f"public {verb}", desk.publish, article=draft)
        with world.step(f"ended {verb}"):
            made[f"ended {verb}"] = desk.verb(
                released, verb, reason=words, note="It was wrong."
            )


def _rename(world: World) -> None:
    """Leave old slugs and paths of all but articles behind."""
    desk, made = world.newsroom, world.made
    with world.step("rename"):
        desk.patch("sections", made["culture"], slug="arts")
        desk.patch("authors", made["other author"], slug="benjamin-okri")
        desk.patch("tags", made["person"], slug="countess")
    with world.step("merge"):
        double = desk.tag("Commerce", listed=True)
        made["double"] = _merge(desk, double, made["tag"]["id"])


def _link(world: World) -> None:
    """Leave a story's old path behind, and link to what is and is not public."""
    desk, made = world.newsroom, world.made
    story = made["story 7"]
    with world.step("re-slug"):
        edited = desk.edit(story, slug="story-seven", headline="Story seven")
        made["story 7"] = desk.publish(edited)
    links = [
        {"type": "related", "id": "r1", "target_id": made["story 2"]["id"]},
        {"type": "related", "id": "r2", "target_id": made["gone 0"]["id"]},
        {**paragraph("And on it went."), "id": "p1"},
    ]
    with world.step("link"):
        picks = [made["gone 0"]["id"], made["story 2"]["id"]]
        edited = desk.edit(made["story 0"], body=links, related=picks)
        made["story 0"] = desk.publish(edited)


def _merge(desk: Newsroom, tag: Json, into: str) -> Json:
    path = f"/tags/{tag['id']}/merge"
    return desk.send("POST", path, json={"into": into}, headers=if_match(tag))


def _hide_people(world: World) -> None:
    """Make authors, tags, pictures and a sponsor that no release names."""
    desk = world.newsroom
    face = _make(
        world, "hidden media", desk.media, name=CANARY, alt=CANARY, caption=CANARY
    )
    _make(
        world,
        "hidden author",
        desk.author,
        name=f"{CANARY} Person",
        bio=CANARY,
        role=CANARY,
        email=f"{CANARY}@courier.example",
        portrait=face["id"],
    )
    content = picture(comment=CANARY)
    _make(world, "hidden upload", desk.upload, content=content, alt=CANARY)
    _make(world, "hidden tag", desk.tag, name=f"Trade {CANARY}", description=CANARY)
    with world.step("hidden sponsor", is_hidden=True):
        sponsor = {"key": CANARY, "name": CANARY, "type": "sponsored"}
        world.made["hidden sponsor"] = desk.send("POST", "/sponsors", json=sponsor)


def _secrets(world: World) -> Json:
    """Everything an article can say, each with the canary in it."""
    made = world.made
    return {
        "headline": f"{CANARY} headline",
        "kicker": CANARY,
        "standfirst": f"{CANARY} standfirst",
        "teaser": CANARY,
        "byline": CANARY,
        "headlines": {"short": CANARY, "seo": CANARY, "social": CANARY},
        "authors": [made["hidden author"]["id"], made["author"]["id"]],
        "tags": [made["hidden tag"]["id"], made["tag"]["id"]],
        "lead_media": made["hidden media"]["id"],
        "sponsor": made["hidden sponsor"]["id"],
        "seo": {"title": CANARY, "description": CANARY},
        "links": [{"label": CANARY, "url": f"https://{CANARY}.example/"}],
        "canonical_url": f"https://{CANARY}.example/story",
        "edition": CANARY,
        "genre": "analysis",
        "language": "fr",
        "body": [
            paragraph(f"{CANARY} at the start"),
            {"type": "image", "media_id": made["hidden media"]["id"]},
            {"type": "image", "media_id": made["hidden upload"]["id"]},
            {"type": "divider"},
            paragraph(f"and at the end {CANARY}"),
        ],
        "note": CANARY,
    }


def _hide_drafts(world: World) -> None:
    """Write drafts, in public sections and with public names among their own."""
    desk = world.newsroom
    for number, place in enumerate(("section", "asia", "culture") * 2):
        _make(
            world,
            f"hidden draft {number}",
            desk.draft,
            **{
                **_secrets(world),
                "slug": f"{CANARY}-{number}",
                "section": world.made[place]["id"],
            },
        )


def _hide_endings(world: World) -> None:
    """Hand a draft in, and kill or withhold drafts that readers never had."""
    desk, made = world.newsroom, world.made
    with world.step("hidden endings", is_hidden=True):
        desk.verb(made["hidden draft 1"], "submit")
        for number, verb in ((2, "kill"), (3, "legal")):
            draft = made[f"hidden draft {number}"]
            desk.verb(draft, verb, reason=CANARY, note=CANARY)


def _hide_plans(world: World) -> None:
    """Plan releases for later, and make a link to a draft and take it back."""
    desk, made = world.newsroom, world.made
    with world.step("hidden plans", is_hidden=True):
        desk.verb(made["hidden draft 0"], "embargo", until=LATER)
        desk.verb(made["hidden draft 4"], "schedule", publish_at=LATER)
        desk.verb(made["story 6"], "schedule", expire_at=LATER)
        place = f"/articles/{made['hidden draft 4']['id']}/preview"
        made["taken back"] = desk.send("POST", place, json={})
        desk.send("DELETE", place)


def _hide_edits(world: World) -> None:
    """Edit what is published and what is withdrawn, and release none of it."""
    desk, made = world.newsroom, world.made
    for name in ("story 2", "story 3", "story 4", "gone 0"):
        changes = {**_secrets(world), "slug": f"{CANARY}-{name.replace(' ', '-')}"}
        changes["section"] = made["culture"]["id"]
        with world.step(f"hidden edit {name}", is_hidden=True):
            desk.edit(made[name], **changes)


def _hide_more(world: World) -> None:
    """Rename what only drafts name, delete a draft, and fail at some things."""
    desk, made = world.newsroom, world.made
    with world.step("hidden rename", is_hidden=True):
        desk.patch("tags", made["hidden tag"], slug=f"{CANARY}-tag")
        desk.patch("authors", made["hidden author"], slug=f"{CANARY}-author")
        desk.patch("media", made["hidden media"], credit=CANARY)
        draft = made["hidden draft 5"]
        path = f"/articles/{draft['id']}"
        late = {"If-Match": '"v99"'}
        refused = desk.request("POST", f"{path}/publish", json={}, headers=late)
        assert refused.status_code == 412
        desk.send("DELETE", path, headers=if_match(draft))
        double = desk.tag(f"{CANARY} double")
        desk.draft(f"{CANARY} doubled", tags=[double["id"]], section="world")
        _merge(desk, double, made["tag"]["id"])


def answer_of(response: httpx.Response) -> Answer:
    """Take from an answer all that must be the same in both worlds."""
    headers = sorted(
        (name, value)
        for name, value in response.headers.multi_items()
        if name not in ("date", "x-request-id")
    )
    content = response.content
    request_id = response.headers.get("x-request-id", "")
    return response.status_code, headers, content.replace(request_id.encode(), b"")
