"""Every save is kept, can be read and compared, and gone back to."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import insert
from starlette.requests import Request

from app.access.roles import Role
from app.kit.db import Database
from app.kit.pages import encode_cursor, query_digest
from app.newsroom.articles.models import Revision
from tests.conftest import START, Clock
from tests.contract.problems import problem_of
from tests.newsroom import Json, Newsroom, if_match, paragraph

MANY = 10_000


def revisions(newsroom: Newsroom, article: Json, **query: object) -> Json:
    return newsroom.send("GET", f"/articles/{article['id']}/revisions", params=query)


def diff(newsroom: Newsroom, article: Json, **query: int) -> Json:
    return newsroom.send("GET", f"/articles/{article['id']}/diff", params=query)


def test_every_save_is_listed_with_who_when_and_why(
    newsroom: Newsroom, clock: Clock, make_key: Callable[[Role], str]
) -> None:
    draft = newsroom.draft("Ferry returns", note="First take")
    clock.advance(minutes=5)
    reporter = Newsroom(newsroom.client, make_key(Role.reporter), clock)
    reporter.edit(draft, kicker="Harbour")

    listed = revisions(newsroom, draft)["data"]

    assert listed == [
        {
            "number": 2,
            "saved_at": "2026-11-23T09:05:00Z",
            "saved_by": "reporter",
            "note": None,
            "releases": [],
        },
        {
            "number": 1,
            "saved_at": "2026-11-23T09:00:00Z",
            "saved_by": "editor",
            "note": "First take",
            "releases": [],
        },
    ]


def test_a_revision_tells_as_which_versions_readers_got_it(newsroom: Newsroom) -> None:
    first = newsroom.published()
    second = newsroom.publish(newsroom.edit(first, kicker="Harbour"))
    newsroom.restore(newsroom.withdraw(second))

    listed = revisions(newsroom, first)["data"]

    releases = {
        each["number"]: [one["release"] for one in each["releases"]] for each in listed
    }
    assert releases == {2: [2, 3], 1: [1]}
    assert listed[0]["releases"][0]["released_by"] == "editor"


def test_a_revision_is_read_in_the_shape_it_is_written_in(newsroom: Newsroom) -> None:
    draft = newsroom.draft("Ferry returns", kicker="Harbour")
    edited = newsroom.edit(draft, headline="Ferry is late", body=[paragraph("Late.")])
    path = f"/articles/{draft['id']}"

    content = newsroom.send("GET", f"{path}/revisions/1")["content"]
    again = newsroom.send("PATCH", path, json=content, headers=if_match(edited))

    assert content["headline"] == "Ferry returns"
    assert {name: again[name] for name in content} == content


def test_no_revision_is_changed_by_what_comes_later(newsroom: Newsroom) -> None:
    draft = newsroom.draft("Ferry returns")
    path = f"/articles/{draft['id']}/revisions/1"
    before = newsroom.send("GET", path)

    newsroom.edit(newsroom.publish(draft), headline="Ferry is late")

    assert newsroom.send("GET", path)["content"] == before["content"]


def test_a_revision_that_was_never_saved_is_not_found(newsroom: Newsroom) -> None:
    draft = newsroom.draft()

    answer = newsroom.request("GET", f"/articles/{draft['id']}/revisions/2")
    compared = newsroom.request("GET", f"/articles/{draft['id']}/diff?from=1&to=2")

    assert problem_of(answer)["code"] == "not-found"
    assert problem_of(compared)["errors"][0]["parameter"] == "to"


def test_a_diff_names_fields_and_blocks(newsroom: Newsroom) -> None:
    first, second, third = (
        {"id": f"b-{name}", **paragraph(name)} for name in ("one", "two", "three")
    )
    draft = newsroom.draft("Ferry returns", body=[first, second, third])
    newsroom.edit(
        draft,
        headline="Ferry is late",
        body=[third, {**first, "html": "One"}, {"id": "b-four", **paragraph("four")}],
    )

    changes = diff(newsroom, draft)

    assert (changes["from_revision"], changes["to_revision"]) == (1, 2)
    assert changes["fields"] == [
        {"name": "headline", "before": "Ferry returns", "after": "Ferry is late"}
    ]
    assert [(each["id"], each["change"]) for each in changes["blocks"]] == [
        ("b-three", "moved"),
        ("b-two", "removed"),
        ("b-one", "changed"),
        ("b-four", "added"),
    ]
    assert changes["blocks"][2]["after"]["text"] == "One"


def test_a_diff_of_a_revision_with_itself_is_empty(newsroom: Newsroom) -> None:
    draft = newsroom.draft()

    assert diff(newsroom, draft)["blocks"] == []
    assert diff(newsroom, draft, **{"from": 1, "to": 1})["fields"] == []


def test_going_back_saves_the_old_content_anew(newsroom: Newsroom) -> None:
    draft = newsroom.draft("Ferry returns", slug="ferry")
    published = newsroom.publish(draft)
    edited = newsroom.edit(published, headline="Ferry is late", slug="late", tags=[])

    back = newsroom.verb(edited, "revert", revision=1)

    assert (back["revision"], back["version"]) == (3, 4)
    assert (back["headline"], back["slug"]) == ("Ferry returns", "ferry")
    assert back["body"] == draft["body"]
    latest, before, _ = revisions(newsroom, draft)["data"]
    assert latest["note"] == "Reverted to revision 1."
    assert before["number"] == 2


def test_going_back_to_what_is_there_changes_nothing(newsroom: Newsroom) -> None:
    draft = newsroom.draft()

    back = newsroom.verb(draft, "revert", revision=1)

    assert (back["revision"], back["version"]) == (1, 1)


def test_going_back_is_made_from_a_version(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    newsroom.edit(draft, kicker="Harbour")

    path = f"/articles/{draft['id']}/revert"
    old = {"json": {"revision": 1}, "headers": if_match(draft)}

    assert newsroom.request("POST", path, **old).status_code == 412
    assert newsroom.request("POST", path, json={"revision": 1}).status_code == 428


def test_going_back_to_what_names_a_deleted_tag_is_refused(newsroom: Newsroom) -> None:
    tag = newsroom.tag("Trade")
    edited = newsroom.edit(newsroom.draft(tags=["trade"]), tags=[])
    newsroom.send("DELETE", f"/tags/{tag['id']}", headers=if_match(tag))

    path = f"/articles/{edited['id']}/revert"
    answer = newsroom.request(
        "POST", path, json={"revision": 1}, headers=if_match(edited)
    )

    assert problem_of(answer)["code"] == "revision-outdated"


def test_going_back_to_what_never_was_is_refused(newsroom: Newsroom) -> None:
    draft = newsroom.draft()

    path = f"/articles/{draft['id']}/revert"
    answer = newsroom.request(
        "POST", path, json={"revision": 9}, headers=if_match(draft)
    )

    assert problem_of(answer)["errors"][0]["pointer"] == "/revision"


def test_ten_thousand_revisions_are_listed_at_the_end_as_at_the_start(
    newsroom: Newsroom, database: Database, statements: list[str]
) -> None:
    draft = newsroom.draft()
    _save_often(database, UUID(draft["id"]))

    costs: list[int] = []
    page: Json = {}
    for after in (MANY + 1, MANY // 2, 101):
        statements.clear()
        page = revisions(newsroom, draft, limit=100, cursor=_cursor(draft, after))
        costs.append(sum(not each.startswith("BEGIN") for each in statements))
        assert [each["number"] for each in page["data"]] == [
            *range(after - 1, after - 101, -1)
        ]

    # The key, the article, the page and the releases of it.
    assert costs == [4, 4, 4]
    assert page["links"]["next"] is None
    assert not any("revisions.content" in each for each in statements)


@pytest.mark.parametrize("number", [2**31, 2**62, -(2**63)])
def test_a_forged_place_in_the_list_breaks_nothing(
    newsroom: Newsroom, number: int
) -> None:
    draft = newsroom.draft()

    page = revisions(newsroom, draft, cursor=_cursor(draft, number))

    assert len(page["data"]) == (1 if number > 0 else 0)


def _cursor(article: Json, after: int) -> str:
    """Make the cursor that goes on after a revision, as anybody could."""
    path = f"/manage/v1/articles/{article['id']}/revisions"
    scope = {"type": "http", "path": path, "query_string": b"", "headers": []}
    return encode_cursor((after,), query_digest(Request(scope)))


def _save_often(database: Database, article_id: UUID) -> None:
    rows: list[Json] = [
        {
            "article_id": article_id,
            "number": number,
            "content": {},
            "saved_at": START,
            "saved_by": "editor",
            "note": None,
            "version": number,
        }
        for number in range(2, MANY + 1)
    ]
    with database.write() as session:
        session.execute(insert(Revision), rows)
