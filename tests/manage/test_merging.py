"""A tag or an author becomes another one, and whatever named it follows."""

from collections.abc import Callable

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.changes.models import Change
from app.kit.db import Database
from app.publishing import merging, refreshing
from tests.conftest import Clock
from tests.newsroom import SLOT_SIZES, Json, Newsroom, if_match
from tests.publishing.backstage import desk_at, events, log, position

KINDS = pytest.mark.parametrize("kind", ["tags", "authors"])


def make(newsroom: Newsroom, kind: str, name: str, **more: object) -> Json:
    return newsroom.send("POST", f"/{kind}", json={"name": name, **more})


def merge(newsroom: Newsroom, kind: str, old: Json, into: object) -> Response:
    path = f"/{kind}/{old['id']}/merge"
    return newsroom.request("POST", path, json={"into": into}, headers=if_match(old))


def merged(newsroom: Newsroom, kind: str, old: Json, new: Json) -> Json:
    answer = merge(newsroom, kind, old, new["id"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def move(database: Database, clock: Clock) -> Callable[[], int]:
    """Do what the background does after a merge."""
    desk = desk_at(clock)
    return lambda: merging.run_pending(database, desk, pause=lambda _: None)


@KINDS
def test_articles_name_what_the_old_one_was_merged_into(
    newsroom: Newsroom, client: TestClient, kind: str, move: Callable[[], int]
) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New")
    draft = newsroom.draft("Draft", **{kind: [old["id"]]})
    live = newsroom.published("Live", **{kind: [old["id"], new["id"]]})
    gone = newsroom.withdraw(newsroom.published("Gone", **{kind: [old["id"]]}))

    answer = merged(newsroom, kind, old, new)
    move()

    assert (answer["id"], answer["merged_into"]) == (old["id"], new["id"])
    for article in (draft, live, gone):
        kept = newsroom.send("GET", f"/articles/{article['id']}")
        assert kept[kind] == [new["id"]]
        assert kept["version"] == article["version"]
        assert not kept["has_unreleased_changes"]
    newsroom.restore(gone)
    for article in (live, gone):
        shown = client.get(f"/v1/articles/{article['id']}").json()
        assert [each["slug"] for each in shown[kind]] == ["new"]
        assert shown["version"] in (1, 2)


@KINDS
def test_readers_who_ask_for_the_old_one_are_led_to_the_new_one(
    newsroom: Newsroom, client: TestClient, kind: str, move: Callable[[], int]
) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New")
    newer = make(newsroom, kind, "Newer")
    live = newsroom.published("Live", **{kind: [old["id"]]})
    old = newsroom.patch(kind, old, slug="renamed")
    merged(newsroom, kind, old, new)
    merged(newsroom, kind, new, newer)
    move()

    named = kind.removesuffix("s")
    for ref in ("old", "renamed", old["id"], "new", new["id"]):
        answer = client.get(f"/v1/{kind}/{ref}", follow_redirects=False)
        assert answer.status_code == 308, ref
        assert answer.headers["location"].endswith(f"/v1/{kind}/newer")
        listed = client.get("/v1/articles", params={named: ref}).json()["data"]
        assert [each["id"] for each in listed] == [live["id"]], ref
        none = client.get("/v1/articles", params={named: f"-{ref}"}).json()["data"]
        assert none == []
    found = client.get("/v1/resolve", params={"path": f"/{kind}/old"}).json()
    assert (found["status"], found["location"]) == ("moved", f"/{kind}/newer")
    everyone = client.get(f"/v1/{kind}").json()["data"]
    assert [each["slug"] for each in everyone] == ["newer"]
    assert [each["slug"] for each in newsroom.send("GET", f"/{kind}")["data"]] == [
        "newer"
    ]


@KINDS
def test_menus_slots_and_policies_follow(newsroom: Newsroom, kind: str) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New")
    item = {"label": "There", kind.removesuffix("s"): old["id"]}
    items = [{"label": "Above", "items": [item]}]
    newsroom.send("PUT", "/menus/main", json={"items": items})
    tags = [old["id"], new["id"]] if kind == "tags" else []
    slot: Json = {"key": "f", "name": "F", "position": "article_end"}
    slot["exclude"] = {"tags": tags}
    slot |= {"page_types": ["article"], "sizes": SLOT_SIZES}
    newsroom.send("POST", "/ad-slots", json=slot)
    policy = {"key": "p", "name": "P", "tags": tags}
    newsroom.send("POST", "/ad-policies", json=policy)

    merged(newsroom, kind, old, new)

    [above] = newsroom.send("GET", "/menus/main")["items"]
    assert above["items"][0][kind.removesuffix("s")] == new["id"]
    followed = [new["id"]] if tags else []
    assert newsroom.send("GET", "/ad-slots/f")["exclude"]["tags"] == followed
    assert newsroom.send("GET", "/ad-policies/p")["tags"] == followed
    assert newsroom.client.get("/v1/ad-slots/f").json()["exclude"]["tags"] == followed


@KINDS
def test_whoever_writes_the_old_name_later_means_the_new_one(
    newsroom: Newsroom, kind: str
) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New")
    early = newsroom.draft("Early", **{kind: [old["id"]]})
    merged(newsroom, kind, old, new)

    draft = newsroom.draft("Draft", **{kind: ["old", new["slug"], old["id"]]})
    reverted = newsroom.verb(newsroom.edit(early, **{kind: []}), "revert", revision=1)

    assert draft[kind] == reverted[kind] == [new["id"]]
    taken = newsroom.request("POST", f"/{kind}", json={"name": "Old", "slug": "old"})
    assert taken.status_code == 409


@KINDS
def test_a_merge_that_makes_no_sense_is_refused(newsroom: Newsroom, kind: str) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New")

    def code(answer: Response) -> tuple[int, str]:
        return answer.status_code, answer.json()["type"].rpartition("/")[2]

    assert code(merge(newsroom, kind, old, "old")) == (422, "into-itself")
    assert code(merge(newsroom, kind, old, "no")) == (422, "unknown-reference")
    late = {**old, "version": 9}
    assert code(merge(newsroom, kind, late, "new")) == (412, "precondition-failed")
    old = merged(newsroom, kind, old, new)
    assert code(merge(newsroom, kind, new, "old")) == (422, "into-itself")
    assert code(merge(newsroom, kind, old, "new")) == (409, "already-merged")
    for method in ("PATCH", "DELETE"):
        content = {"name": "Other"} if method == "PATCH" else None
        path = f"/{kind}/{old['id']}"
        headers = if_match(old)
        refused = newsroom.request(method, path, json=content, headers=headers)
        assert code(refused) == (409, "already-merged")
    assert newsroom.send("GET", f"/{kind}/old")["merged_into"] == new["id"]


@KINDS
def test_what_others_were_merged_into_is_in_use_as_long_as_they_are(
    newsroom: Newsroom, client: TestClient, kind: str, move: Callable[[], int]
) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New", listed=True)
    draft = newsroom.draft("Draft", **{kind: [old["id"]]})
    merged(newsroom, kind, old, new)
    path, headers = f"/{kind}/{new['id']}", if_match(new)

    before = newsroom.request("DELETE", path, headers=headers)
    move()
    after = newsroom.request("DELETE", path, headers=headers)
    newsroom.edit(draft, **{kind: []})

    assert [before.status_code, after.status_code] == [409, 409]
    assert [fault["detail"] for fault in before.json()["errors"]] == [
        f"article {draft['id']}: {draft['slug']}"
    ]
    newsroom.send("DELETE", path, headers=headers)
    assert newsroom.request("GET", f"/{kind}/old").status_code == 404
    assert client.get(f"/v1/{kind}/new").status_code == 410


@KINDS
def test_the_log_names_every_answer_that_a_merge_makes_stale(
    newsroom: Newsroom, database: Database, client: TestClient, kind: str
) -> None:
    old, new = make(newsroom, kind, "Old", listed=True), make(newsroom, kind, "New")
    item = {"label": "There", kind.removesuffix("s"): old["id"]}
    newsroom.send("PUT", "/menus/main", json={"items": [item]})
    named = kind.removesuffix("s")
    asked = [
        f"/v1/{kind}",
        f"/v1/{kind}/old",
        f"/v1/{kind}/{old['id']}",
        f"/v1/resolve?path=/{kind}/old",
        f"/v1/articles?{named}=old",
        f"/v1/articles?{named}={old['id']}",
        "/v1/menus/main",
    ]
    depends = [set(client.get(each).headers["surrogate-key"].split()) for each in asked]
    before = position(database)

    merged(newsroom, kind, old, new)

    rows = log(database, before)
    [row] = [row for row in rows if row.event == f"{named}.merged"]
    assert (str(row.resource_id), row.paths) == (old["id"], [f"/{kind}/old"])
    assert [row.event for row in rows] == [
        f"{named}.merged",
        f"{named}.created",
        "menu.updated",
    ]
    told = {key for row in rows for key in row.keys}
    assert [each for each in depends if not each & told] == []


@KINDS
def test_merging_what_readers_never_had_tells_them_nothing(
    newsroom: Newsroom, database: Database, client: TestClient, kind: str
) -> None:
    old, new = make(newsroom, kind, "Old"), make(newsroom, kind, "New", listed=True)
    newsroom.draft("Draft", **{kind: [old["id"]]})
    before = position(database)

    merged(newsroom, kind, old, new)

    assert events(database, before) == []
    for ref in ("old", old["id"]):
        assert client.get(f"/v1/{kind}/{ref}").status_code == 404


def test_the_portrait_of_a_merged_author_closes(
    newsroom: Newsroom, client: TestClient
) -> None:
    portrait = newsroom.media("portrait")["id"]
    old = make(newsroom, "authors", "Old", portrait=portrait, listed=True)
    new = make(newsroom, "authors", "New")
    before = client.get(f"/v1/media/{portrait}").status_code

    merged(newsroom, "authors", old, new)

    assert (before, client.get(f"/v1/media/{portrait}").status_code) == (200, 410)


def test_a_merge_of_many_stories_goes_on_where_it_was_stopped(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    old, new = newsroom.tag("Old"), newsroom.tag("New")
    count = refreshing.BATCH + 3
    section = newsroom.section()["id"]
    for number in range(count):
        newsroom.published(f"Story {number}", section=section, tags=[old["id"]])
    merged(newsroom, "tags", old, new)
    before = position(database)

    class Stopped(Exception):
        """The process ends."""

    def stop(_seconds: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        merging.run_pending(database, desk_at(clock), pause=stop)
    first = log(database, before)
    merging.run_pending(database, desk_at(clock), pause=lambda _: None)

    assert 0 < len(first) < count
    rows: list[Change] = list(log(database, before))
    assert {row.event for row in rows} == {"article.refreshed"}
    assert len({row.resource_id for row in rows}) == len(rows) == count
    assert merging.run_pending(database, desk_at(clock), pause=lambda _: None) == 0
