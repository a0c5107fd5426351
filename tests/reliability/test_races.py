"""Editors who act at the same moment: nothing is lost, doubled or half old.

Everything goes through a real server and its real thread and connection pools.
"""

import threading
import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

import orjson
from sqlalchemy import select

from app.delivery.store.models import Document, Facet, Listing
from app.kit.db import Database
from app.newsroom.articles.models import Article, ArticleTag
from app.newsroom.tags.models import Tag
from app.publishing import merging, refreshing
from app.publishing.desk import Desk
from tests.reliability.crew import Crew, at_once, statuses

ROUNDS, FEW = 30, 8

Desks = Callable[[], Desk]


def test_of_two_publishes_at_once_one_is_told_that_it_came_late(crew: Crew) -> None:
    section = crew.make("/sections", name="World")["id"]
    for number in range(10):
        story = crew.draft(f"Ferry {number}", section=section)

        answers = at_once([partial(crew.publish, story)] * 2)

        assert statuses(answers) == [200, 412]
        assert crew.read(f"/articles/{story['id']}")["release"] == 1


def test_no_article_keeps_the_name_from_before_a_rename(
    crew: Crew, database: Database, desk: Desks
) -> None:
    section = crew.make("/sections", name="World")
    author = crew.make("/authors", name="Name 0")
    stories = [
        crew.draft(f"Story {each}", section=section["id"], authors=[author["id"]])
        for each in range(4)
    ]
    for number in range(1, ROUNDS + 1):
        rename = partial(crew.change, "authors", author, name=f"Name {number}")
        move = partial(crew.change, "sections", section, slug=f"world-{number}")

        *published, renamed, moved = at_once(
            [*(partial(crew.publish, story) for story in stories), rename, move]
        )

        assert {answer.status_code for answer in published} == {200}
        assert (renamed.status_code, moved.status_code) == (200, 200)
        stories = [dict(answer.json()) for answer in published]
        author, section = renamed.json(), moved.json()
        refreshing.run_pending(database, desk, pause=lambda _: None)
        assert _names_shown(database) == {(f"Name {number}", f"/world-{number}")}


def test_refreshes_and_releases_at_once_never_wait_for_each_other(
    crew: Crew, database: Database, desk: Desks
) -> None:
    section = crew.make("/sections", name="World")["id"]
    author = crew.make("/authors", name="Name 0")
    stories = [
        crew.draft(f"Story {each}", section=section, authors=[author["id"]])
        for each in range(4)
    ]
    done = threading.Event()

    def refresh() -> None:
        while not done.is_set():
            refreshing.run_pending(database, desk, pause=lambda _: None)
            time.sleep(0.002)

    refreshers = [threading.Thread(target=refresh) for _ in range(2)]
    for refresher in refreshers:
        refresher.start()
    try:
        for number in range(1, FEW + 1):
            rename = partial(crew.change, "authors", author, name=f"Name {number}")
            *published, renamed = at_once(
                [*(partial(crew.publish, story) for story in stories), rename]
            )
            assert {answer.status_code for answer in [*published, renamed]} == {200}
            stories = [dict(answer.json()) for answer in published]
            author = renamed.json()
    finally:
        done.set()
        for refresher in refreshers:
            refresher.join()
    refreshing.run_pending(database, desk, pause=lambda _: None)

    assert _names_shown(database) == {(f"Name {FEW}", "/world")}


def test_stories_with_one_headline_get_slugs_of_their_own(crew: Crew) -> None:
    section = crew.make("/sections", name="World")["id"]
    story = {"headline": "Ferry returns", "section": section}

    answers = at_once([partial(crew.send, "POST", "/articles", story)] * 30)

    assert set(statuses(answers)) == {201}
    numbered = {f"ferry-returns-{number}" for number in range(2, 31)}
    assert {answer.json()["slug"] for answer in answers} == {"ferry-returns"} | numbered


def test_the_first_stories_of_an_author_can_be_published_at_once(
    crew: Crew, database: Database
) -> None:
    section = crew.make("/sections", name="World")["id"]
    for number in range(FEW):
        author = crew.make("/authors", name=f"Author {number}")["id"]
        tag = crew.make("/tags", name=f"Tag {number}")["id"]
        named = {"section": section, "authors": [author], "tags": [tag]}
        stories = [
            crew.draft(
                f"Story {number} {each}", language=f"a{chr(97 + number)}", **named
            )
            for each in range(6)
        ]

        answers = at_once([partial(crew.publish, story) for story in stories])

        assert set(statuses(answers)) == {200}
        assert _listed(database, "author", author) == {s["id"] for s in stories}
        assert _listed(database, "tag", tag) == {s["id"] for s in stories}


def test_a_section_that_moves_takes_what_is_released_meanwhile_along(
    crew: Crew, database: Database, desk: Desks
) -> None:
    parents = [crew.make("/sections", name=name) for name in ("Here", "There")]
    section = crew.make("/sections", name="World", parent=parents[0]["id"])
    below = crew.make("/sections", name="Asia", parent=section["id"])
    places = {"section": below["id"], "sections": [section["id"]]}
    stories = [crew.draft(f"Story {each}", **places) for each in range(3)]
    for number in range(FEW):
        target = parents[(number + 1) % 2]
        move = partial(crew.change, "sections", section, parent=target["id"])

        *published, moved = at_once(
            [*(partial(crew.publish, story) for story in stories), move]
        )

        assert statuses([*published, moved]) == [200] * 4
        stories = [dict(answer.json()) for answer in published]
        section = moved.json()
        refreshing.run_pending(database, desk, pause=lambda _: None)
        every = {story["id"] for story in stories}
        assert _listed(database, "section", target["id"]) == every
        assert _listed(database, "section", parents[number % 2]["id"]) == set()
        assert _section_paths(database) == {f"/{target['slug']}/world/asia"}


def test_sections_made_and_moved_at_once_stay_one_tree(crew: Crew) -> None:
    for number in range(FEW):
        parent = crew.make("/sections", name=f"Parent {number}")
        child = crew.make("/sections", name="Child", parent=parent["id"])
        other = crew.make("/sections", name=f"Other {number}")
        grandchild = {"name": "Grandchild", "parent": child["id"]}

        answers = at_once(
            [
                partial(crew.change, "sections", parent, parent=other["id"]),
                partial(crew.change, "sections", other, parent=parent["id"]),
                partial(crew.send, "POST", "/sections", grandchild),
            ]
        )

        assert sorted(statuses(answers[:2])) == [200, 409]
        assert answers[2].status_code == 201
    _assert_tree(crew)


def test_a_tag_is_never_deleted_from_under_a_story(
    crew: Crew, database: Database
) -> None:
    section = crew.make("/sections", name="World")["id"]
    for number in range(FEW * 2):
        tag = crew.make("/tags", name=f"Tag {number}")
        story = {"headline": "Ferry", "section": section, "tags": [tag["id"]]}
        other = crew.draft("Other", section=section)

        deleted, saved, edited = at_once(
            [
                partial(crew.delete, "tags", tag),
                partial(crew.send, "POST", "/articles", story),
                partial(crew.change, "articles", other, tags=[tag["id"]]),
            ]
        )

        assert deleted.status_code in (204, 409)
        assert saved.status_code in ((409, 422) if deleted.is_success else (201,))
        assert edited.status_code in ((409, 422) if deleted.is_success else (200,))
    assert _dangling_tags(database) == set()


def test_a_tag_that_is_merged_meanwhile_is_left_by_every_story(
    crew: Crew, database: Database, desk: Desks
) -> None:
    section = crew.make("/sections", name="World")["id"]
    for number in range(FEW // 2):
        old, new = (crew.make("/tags", name=f"{name} {number}") for name in "ab")
        story = {"headline": "Ferry", "section": section, "tags": [old["id"]]}
        drafts = [crew.make("/articles", **story) for _ in range(3)]
        path, into = f"/tags/{old['id']}/merge", {"into": new["id"]}

        *published, saved, edited, merged = at_once(
            [
                *(partial(crew.publish, draft) for draft in drafts[:2]),
                partial(crew.send, "POST", "/articles", story),
                partial(crew.change, "articles", drafts[2], kicker="Port"),
                partial(crew.send, "POST", path, into, old["version"]),
            ]
        )

        assert statuses([*published, saved, edited, merged]) == [200] * 4 + [201]
        merging.run_pending(database, desk, pause=lambda _: None)
        shown = {each["id"] for each in drafts[:2]}
        assert _listed(database, "tag", new["id"]) == shown
        assert _listed(database, "tag", old["id"]) == set()
        for each in (*drafts, saved.json()):
            assert crew.read(f"/articles/{each['id']}")["tags"] == [new["id"]]
        assert _linked(database, old["id"]) == 0


def _names_shown(database: Database) -> set[tuple[str, str]]:
    """Which author's name and section's path the stories show, in all forms."""
    with database.read() as session:
        rows = session.scalars(select(Document).where(Document.kind == "article"))
        parts = [(row.detail, row.summary) for row in rows]
    return {_names(part) for both in parts for part in both}


def _names(content: bytes) -> tuple[str, str]:
    story = orjson.loads(content)
    (author,) = story["authors"]
    return author["name"], story["section"]["path"]


def _section_paths(database: Database) -> set[str]:
    with database.read() as session:
        rows = session.scalars(
            select(Document.summary).where(Document.kind == "article")
        )
        return {orjson.loads(row)["section"]["path"] for row in rows}


def _listed(database: Database, kind: str, value: str) -> set[str]:
    with database.read() as session:
        rows = session.scalars(
            select(Listing.id)
            .join(Facet, Facet.id == Listing.facet_id)
            .where(Facet.kind == kind, Facet.value == value)
        )
        return {str(each) for each in rows}


def _linked(database: Database, tag: str) -> int:
    with database.read() as session:
        links = select(ArticleTag).where(ArticleTag.tag_id == UUID(tag))
        return len(session.scalars(links).all())


def _dangling_tags(database: Database) -> set[str]:
    with database.read() as session:
        known = {str(each) for each in session.scalars(select(Tag.id))}
        stories = session.scalars(select(Article.content))
        return {tag for content in stories for tag in content["tags"]} - known


def _assert_tree(crew: Crew) -> None:
    found = crew.read("/sections?limit=100")["data"]
    by_id = {section["id"]: section for section in found}
    for section in found:
        above = by_id.get(section["parent_id"])
        prefix = f"{above['path']}/" if above else ""
        assert section["path"] == prefix + section["slug"]
