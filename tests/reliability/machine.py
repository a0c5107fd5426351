"""A newsroom at work, as Hypothesis drives it: every verb, and the account of it."""

from collections.abc import Callable, Mapping
from itertools import count

from httpx import Response
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from starlette.testclient import TestClient

from app.access.roles import Role
from app.kit.db import Database
from app.publishing import refreshing
from app.publishing.desk import Desk
from tests.conftest import Clock, empty
from tests.newsroom import Json, Newsroom, if_match, paragraph
from tests.prove.figures import size
from tests.reliability.auditing import Auditor
from tests.reliability.model import Named, Paper, Story

SLUGS = ("ferry", "strike", "harbour", "bridge")
WORDS = st.sampled_from(["Ferry returns", "Strike ends", "Bridge closed", "Zürich"])
MINUTE = 60.0

COMPARED = size(4, long=1)
"""After every so many steps the tables are compared, and at the end of a sequence."""

_which = st.integers(0, 30)


class NewspaperMachine(RuleBasedStateMachine):
    """A newsroom at work; the class attributes are the application it works on."""

    database: Database
    client: TestClient
    clock: Clock
    make_key: Callable[[Role], str]
    desk: Callable[[], Desk]
    refreshes = True
    sequences = count()

    def __init__(self) -> None:
        super().__init__()
        empty(self.database)
        key = self.make_key(Role.editor)
        self.newsroom = Newsroom(self.client, key, self.clock)
        self.auditor = Auditor(self.database, self.client, self.desk)
        self.paper = Paper()
        self.steps = 0

    @initialize()
    def found(self) -> None:
        """Begin with a few sections, people, tags and pictures."""
        world = self._made("section", self.newsroom.section("World"))
        self._made("section", self.newsroom.section("Asia", parent=world.id))
        self._made("section", self.newsroom.section("Culture"))
        for name in ("quay", "bridge"):
            self._made("media", self.newsroom.media(name))
        for name in ("Ada Reed", "Ben Okri"):
            self._made("author", self.newsroom.author(name))
        for name in ("Trade", "Sea"):
            self._made("tag", self.newsroom.tag(name))
        for number in range(2):
            self._write("Strike ends", section=number, author=number, tag=number)
        for story in self.paper.stories.values():
            assert self._verb(story, "publish").status_code == 200
            self._release(story, minor=False)
        self._after()

    @rule(headline=WORDS, section=_which, author=_which, tag=_which)
    def write(self, headline: str, section: int, author: int, tag: int) -> None:
        self._write(headline, section=section, author=author, tag=tag)
        self._after()

    def _write(self, headline: str, *, section: int, author: int, tag: int) -> None:
        content: Json = {
            "headline": headline,
            "section": self._pick("section", section).id,
            "authors": [self._pick("author", author).id],
            "tags": [self._pick("tag", tag).id],
        }
        answer = self.newsroom.draft(**content)
        defaults = {name: answer[name] for name in _WRITTEN}
        working = {**defaults, **content, "text": "The ferry came back on Monday."}
        story = Story(answer["id"], answer["version"], working)
        self.paper.stories[story.id] = story

    @precondition(lambda self: self.paper.stories)
    @rule(story=_which, field=st.sampled_from(["words", "names", "slug"]), n=_which)
    def edit(self, story: int, field: str, n: int) -> None:
        edited = self._story(story)
        every: dict[str, Json] = {
            "words": {
                "headline": f"Headline {n}",
                "standfirst": f"Standfirst {n}" if n % 2 else None,
                "genre": ("news", "opinion", "analysis")[n % 3],
                "type": ("article", "gallery")[n % 2],
                "access": ("free", "subscriber")[n % 2],
                "language": ("en", "de", "pt-BR")[n % 3],
                "text": f"Paragraph {n}.",
            },
            "names": {
                "section": self._pick("section", n).id,
                "authors": list(
                    dict.fromkeys(
                        [self._pick("author", n).id, self._pick("author", n + 1).id]
                    )
                ),
                "tags": [self._pick("tag", n).id] if n % 3 else [],
                "lead_media": self._pick("media", n).id if n % 2 else None,
            },
            "slug": {"slug": SLUGS[n % len(SLUGS)]},
        }
        self._edit(edited, every[field])
        self._after()

    @precondition(lambda self: self.paper.stories)
    @rule(story=_which, minor=st.booleans())
    def publish(self, story: int, *, minor: bool) -> None:
        released = self._story(story)
        answer = self._verb(released, "publish", minor=minor)
        path = self._path_of(released)
        texts = [f"article/{released.working['slug']}", path]
        if released.state == "withdrawn":
            assert answer.status_code == 409
        elif self.paper.is_held(texts, by_other_than=released.id):
            assert answer.status_code == 409, answer.text
        else:
            assert answer.status_code == 200, answer.text
            self._release(released, minor=minor)
        self._after()

    @precondition(lambda self: self.paper.published)
    @rule(story=_which, note=st.sampled_from([None, "Taken back.", "Under review."]))
    def withdraw(self, story: int, note: str | None) -> None:
        published = self.paper.published
        taken = published[story % len(published)]
        answer = self._verb(taken, "withdraw", note=note)
        assert answer.status_code == 200, answer.text
        taken.state = "withdrawn"
        taken.version = answer.json()["version"]
        self.paper.close(taken.id, note)
        self._close_pictures({taken.released["lead_media"]})
        self._after()

    @precondition(lambda self: self.paper.stories)
    @rule(story=_which)
    def restore(self, story: int) -> None:
        restored = self._story(story)
        answer = self._verb(restored, "restore")
        if restored.state == "withdrawn":
            assert answer.status_code == 200, answer.text
            restored.change = "restored"
            self._put_out(restored)
        else:
            assert answer.status_code == 409
        self._after()

    @precondition(lambda self: self.paper.stories)
    @rule(story=_which)
    def delete(self, story: int) -> None:
        deleted = self._story(story)
        path = f"/articles/{deleted.id}"
        answer = self.newsroom.request("DELETE", path, headers=_from(deleted))
        assert answer.status_code == (409 if deleted.release else 204)
        if not deleted.release:
            del self.paper.stories[deleted.id]
        self._after()

    @precondition(lambda self: self.paper.stories)
    @rule(story=_which, verb=st.sampled_from(["publish", "withdraw", "edit"]))
    def come_late(self, story: int, verb: str) -> None:
        stale = self._story(story)
        headers = {"If-Match": f'"v{stale.version + 1}"'}
        path = f"/articles/{stale.id}"
        if verb == "edit":
            late = {"headline": "Too late"}
            answer = self.newsroom.request("PATCH", path, json=late, headers=headers)
        else:
            path = f"{path}/{verb}"
            answer = self.newsroom.request("POST", path, json={}, headers=headers)
        assert answer.status_code == 412
        self._after()

    @rule(kind=st.sampled_from(["section", "author", "tag", "media"]), n=_which)
    def rename(self, kind: str, n: int) -> None:
        thing = self._pick(kind, n)
        name = f"{kind.title()} {self.steps}"
        changes = {"alt" if kind == "media" else "name": name}
        self._changed(thing, changes)
        thing.name = name
        self._shown(thing)
        self._after()

    @rule(kind=st.sampled_from(["section", "author", "tag"]), n=_which)
    def re_slug(self, kind: str, n: int) -> None:
        thing = self._pick(kind, n)
        slug = ("one", "two", thing.slug)[n % 3]
        old, thing.slug = thing.slug, slug
        is_taken = any(
            other.key == thing.key for other in self.paper.of(kind) if other != thing
        )
        thing.slug = old
        self._moved(thing, {"slug": slug}, is_refused=is_taken)
        if not is_taken:
            thing.slug = slug
            self._shown(thing)
        self._after()

    @rule(n=_which, to=st.none() | _which)
    def move(self, n: int, to: int | None) -> None:
        section = self._pick("section", n)
        parent = self._pick("section", to) if to is not None else None
        key = f"{parent.key}/{section.slug}" if parent else section.slug
        is_taken = key != section.key and any(
            other.key == key for other in self.paper.of("section")
        )
        is_loop = parent is not None and section.id in parent.lineage
        change = {"parent": parent.id if parent else None}
        self._moved(section, change, is_refused=is_taken or is_loop)
        if not (is_taken or is_loop):
            section.parent = parent
            self._shown(section)
        self._after()

    @rule(n=_which, picture=st.none() | _which)
    def portray(self, n: int, picture: int | None) -> None:
        author = self._pick("author", n)
        portrait = self._pick("media", picture) if picture is not None else None
        self._changed(author, {"portrait": portrait.id if portrait else None})
        author.portrait = portrait
        self._shown(author)
        self._after()

    @rule(n=_which, kind=st.sampled_from(["author", "tag"]))
    def remove(self, n: int, kind: str) -> None:
        thing = self._pick(kind, n)
        used = any(
            self.paper.uses(content, thing)
            for story in self.paper.stories.values()
            for content in (story.working, story.released)
            if content
        )
        path = f"/{kind}s/{thing.id}"
        headers = {"If-Match": f'"v{thing.version}"'}
        answer = self.newsroom.request("DELETE", path, headers=headers)
        assert answer.status_code == (409 if used else 204), answer.text
        if not used:
            self.paper.public.discard(thing.id)
            self.paper.close(thing.id, None)
            del self.paper.things[thing.id]
            if thing.portrait:
                self._close_pictures({thing.portrait.id})
            make = self.newsroom.author if kind == "author" else self.newsroom.tag
            self._made(kind, make(f"New {kind} {self.steps}"))
        self._after()

    def teardown(self) -> None:
        self.auditor.check_tables(self.paper)
        # What is answered from the tables takes as long to compare as all the steps.
        if self.refreshes and next(self.sequences) % 3 == 0:
            self.auditor.check_answers(self.paper)
            self.auditor.check_search_index()

    def _after(self) -> None:
        """Let a minute pass and all refreshes end, and compare now and then."""
        self.steps += 1
        self.clock.advance(seconds=MINUTE)
        if self.refreshes:
            refreshing.run_pending(self.database, self.desk, pause=lambda _: None)
        if self.steps % COMPARED == 0:
            self.auditor.check_tables(self.paper)

    def _made(self, kind: str, answer: Json) -> Named:
        name = answer.get("name") or answer["alt"]
        parent = self.paper.things.get(answer.get("parent_id") or "")
        thing = Named(
            answer["id"], kind, answer["version"], name, answer.get("slug", ""), parent
        )
        self.paper.things[thing.id] = thing
        if kind == "section":
            self.paper.show(thing)
        return thing

    def _pick(self, kind: str, n: int) -> Named:
        known = self.paper.of(kind)
        return known[n % len(known)]

    def _story(self, n: int) -> Story:
        known = list(self.paper.stories.values())
        return known[n % len(known)]

    def _verb(self, story: Story, verb: str, **data: object) -> Response:
        path = f"/articles/{story.id}/{verb}"
        return self.newsroom.request("POST", path, json=data, headers=_from(story))

    def _edit(self, story: Story, changes: Json) -> None:
        slug = changes.get("slug")
        others = (s for s in self.paper.stories.values() if s is not story)
        is_taken = slug in {other.working["slug"] for other in others}
        sent = {name: value for name, value in changes.items() if name != "text"}
        if "text" in changes:
            sent["body"] = [{**paragraph(changes["text"]), "id": "only"}]
        path = f"/articles/{story.id}"
        answer = self.newsroom.request("PATCH", path, json=sent, headers=_from(story))
        if is_taken:
            assert answer.status_code == 409
            return
        assert answer.status_code == 200, answer.text
        story.is_edited |= answer.json()["version"] != story.version
        story.version = answer.json()["version"]
        story.working = {**story.working, **changes}

    def _path_of(self, story: Story) -> str:
        if story.path is None:
            section = self.paper.things[story.working["section"]]
            return f"{section.path}/{story.working['slug']}"
        return f"{story.path.rpartition('/')[0]}/{story.working['slug']}"

    def _release(self, story: Story, *, minor: bool) -> None:
        story.change = (
            ("minor" if minor else "updated") if story.release else "published"
        )
        story.published_at = story.published_at or self.clock.now
        if story.is_edited or not story.release:
            story.updated_at = self.clock.now
        story.path = self._path_of(story)
        dropped = {story.released.get("lead_media")} - {story.working["lead_media"]}
        story.released = dict(story.working)
        story.is_edited = False
        self._put_out(story)
        self._close_pictures(dropped)

    def _put_out(self, story: Story) -> None:
        story.state = "published"
        story.release += 1
        story.version += 1
        self.paper.settle("article", story.id, story.keys)
        content = story.released
        named = [*content["authors"], *content["tags"], content["lead_media"]]
        for each in named:
            if each is not None:
                self.paper.show(self.paper.things[each])

    def _close_pictures(self, dropped: set[str | None]) -> None:
        """Let the account follow what no released story shows any more."""
        for each in dropped - {None}:
            picture = self.paper.things[str(each)]
            if not self.paper.is_shown(picture):
                self.paper.public.discard(picture.id)
                self.paper.close(picture.id, None)

    def _changed(self, thing: Named, changes: Mapping[str, object]) -> None:
        self._moved(thing, changes, is_refused=False)

    def _moved(
        self, thing: Named, changes: Mapping[str, object], *, is_refused: bool
    ) -> None:
        plural = "media" if thing.kind == "media" else f"{thing.kind}s"
        path = f"/{plural}/{thing.id}"
        headers = {"If-Match": f'"v{thing.version}"'}
        answer = self.newsroom.request("PATCH", path, json=changes, headers=headers)
        assert answer.status_code == (409 if is_refused else 200), answer.text
        if not is_refused:
            for each in self.paper.of("section"):
                has_moved = thing.kind == "section" and thing.id in each.lineage
                if each is not thing and has_moved:
                    shown = self.newsroom.send("GET", f"/sections/{each.id}")
                    each.version = shown["version"]
            thing.version = answer.json()["version"]

    def _shown(self, thing: Named) -> None:
        """Let the account follow a change of something that readers know."""
        if thing.kind == "section":
            for each in self.paper.of("section"):
                if thing.id in each.lineage:
                    self.paper.show(each)
        elif thing.id in self.paper.public:
            self.paper.show(thing)


_WRITTEN = (
    "slug",
    "type",
    "genre",
    "language",
    "access",
    "kicker",
    "standfirst",
    "teaser",
    "edition",
    "lead_media",
)


def _from(story: Story) -> dict[str, str]:
    return if_match({"version": story.version})
