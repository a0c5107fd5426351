"""Previews: one revision for whoever has the token, and a trace of it nowhere else."""

from collections.abc import Callable
from threading import Thread
from uuid import UUID

import pytest
from httpx import Response
from sqlalchemy import update
from starlette.testclient import TestClient

from app.access.roles import Role
from app.kit.db import Database
from app.newsroom.articles.models import Article
from app.tables import metadata
from tests.conftest import Clock
from tests.contract.problems import problem_of
from tests.hostile.standing import contents_of
from tests.newsroom import Json, Newsroom, paragraph
from tests.publishing.searching import public_tables, tables_with

CANARY = "zqcanary"
FORMS = ("", "?body=html", "?body=markdown", "?body=text", "?fields=headline,authors")


def read(client: TestClient, preview: Json, query: str = "") -> Response:
    """Follow the link of a preview, without a key."""
    path = preview["url"].removeprefix("https://api.courier.example")
    answer: Response = client.get(f"{path}{query}", headers={"X-Request-ID": "one"})
    return answer


def headline(client: TestClient, preview: Json) -> str:
    return str(read(client, preview).json()["headline"])


@pytest.fixture
def draft(newsroom: Newsroom) -> Json:
    """A draft that says the canary, and leads to what is public and to what is not."""
    section = newsroom.section()["id"]
    newsroom.author("Ada Reed")
    newsroom.tag(CANARY)
    picture = newsroom.media(CANARY)
    shown, hidden = newsroom.published(section=section), newsroom.draft(section=section)
    targets = [{"type": "related", "target_id": each["id"]} for each in (shown, hidden)]
    return newsroom.draft(
        f"{CANARY} one",
        section=section,
        authors=["ada-reed"],
        tags=[CANARY],
        lead_media=picture["id"],
        body=[paragraph(f"{CANARY} <em>at</em> length."), *targets],
    )


def test_a_preview_is_to_the_byte_what_a_release_is(
    newsroom: Newsroom, client: TestClient, clock: Clock, draft: Json
) -> None:
    url, article = f"/v1/articles/{draft['id']}", draft
    for change in ({}, {"kicker": "Harbour"}, {}):
        clock.advance(minutes=5)
        article = newsroom.edit(article, **change)
        made = newsroom.preview(article)
        previewed = [read(client, made, form).content for form in FORMS]

        article = newsroom.publish(article)

        assert previewed == [client.get(f"{url}{form}").content for form in FORMS]


def test_it_shows_the_revision_that_was_asked_for_as_it_was(
    newsroom: Newsroom, client: TestClient, draft: Json
) -> None:
    newsroom.edit(draft, headline="Two")

    latest, first = newsroom.preview(draft), newsroom.preview(draft, revision=1)
    author = newsroom.send("GET", "/authors/ada-reed")
    newsroom.patch("authors", author, name="Ada Marsh")

    assert (latest["revision"], first["revision"]) == (2, 1)
    assert headline(client, latest) == "Two"
    assert headline(client, first) == f"{CANARY} one"
    assert read(client, first).json()["byline"] == "Ada Reed"


def test_a_preview_changes_nothing_but_the_list_of_previews(
    newsroom: Newsroom, client: TestClient, database: Database, draft: Json
) -> None:
    before, listed = contents_of(database), client.get("/v1/articles")

    read(client, newsroom.preview(draft))

    after = contents_of(database)
    assert {name for name in before if after[name] != before[name]} == {"previews"}
    again = client.get("/v1/articles")
    assert (again.content, again.headers["ETag"]) == (
        listed.content,
        listed.headers["ETag"],
    )


def test_nobody_keeps_it_and_no_search_engine_takes_it(
    newsroom: Newsroom, client: TestClient, draft: Json
) -> None:
    made = newsroom.preview(draft)

    for answer in (read(client, made), client.get("/v1/preview/other")):
        headers = answer.headers
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert not {"ETag", "Last-Modified", "CDN-Cache-Control"} & set(headers)


def test_unknown_expired_and_taken_back_are_one_and_the_same(
    newsroom: Newsroom, client: TestClient, clock: Clock, draft: Json
) -> None:
    def told(preview: Json) -> tuple[object, ...]:
        answer = read(client, preview)
        own = {"instance": f"/v1/preview/{preview['token']}"}
        assert answer.json() | own == answer.json()
        return (
            answer.status_code,
            {**answer.json(), "instance": None},
            {**answer.headers, "date": None, "content-length": None},
        )

    lasting, short = newsroom.preview(draft), newsroom.preview(draft, ttl_seconds=60)
    clock.advance(seconds=59)
    assert read(client, short).status_code == 200
    clock.advance(seconds=1)
    expired = told(short)
    newsroom.send("DELETE", f"/articles/{draft['id']}/preview")
    unknown = short | {
        "url": short["url"][:-1] + "-",
        "token": short["token"][:-1] + "-",
    }

    assert expired[0] == 404
    assert told(lasting) == told(unknown) == expired


def test_living_previews_are_listed_without_what_opens_them(
    newsroom: Newsroom, client: TestClient, clock: Clock, draft: Json
) -> None:
    other = newsroom.preview(newsroom.draft("Other"))
    newsroom.preview(draft, ttl_seconds=60)
    made = newsroom.preview(draft)
    path = f"/articles/{draft['id']}/preview"
    clock.advance(minutes=5)

    listed = newsroom.request("GET", path)
    newsroom.send("DELETE", path)

    plain = {name: made[name] for name in made.keys() - {"token", "url"}}
    assert listed.json()["data"] == [plain]
    assert newsroom.send("GET", path)["data"] == []
    assert read(client, made).status_code == 404
    assert headline(client, other) == "Other"


@pytest.mark.parametrize("end", ["kill", "legal", "delete"])
def test_what_ends_has_no_preview(
    publisher: Newsroom, client: TestClient, database: Database, draft: Json, end: str
) -> None:
    made = publisher.preview(draft)
    assert tables_with(database, CANARY, public_tables())

    if end == "delete":
        path = f"/articles/{draft['id']}"
        publisher.send("DELETE", path, headers={"If-Match": "*"})
    else:
        publisher.verb(draft, end)

    assert read(client, made).status_code == 404
    assert tables_with(database, CANARY, public_tables()) == []


def test_no_preview_is_made_while_its_story_is_being_killed(
    newsroom: Newsroom, database: Database, draft: Json
) -> None:
    path, answers = f"/articles/{draft['id']}/preview", list[Response]()

    def ask() -> None:
        answers.append(newsroom.request("POST", path, json={}))

    asking = Thread(target=ask)
    with database.write() as session:
        own = Article.id == UUID(draft["id"])
        session.execute(update(Article).where(own).values(state="killed"))
        asking.start()
        asking.join(timeout=0.3)
    asking.join()

    assert [problem_of(answer)["code"] for answer in answers] == ["wrong-state"]


def test_a_token_is_stored_nowhere_and_told_again_to_a_retry(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    make_key: Callable[[Role], str],
    draft: Json,
) -> None:
    path, named = f"/articles/{draft['id']}/preview", {"Idempotency-Key": "one"}

    first = newsroom.request("POST", path, json={}, headers=named)
    again = newsroom.request("POST", path, json={}, headers=named)
    colleague = Newsroom(client, make_key(Role.editor), newsroom.clock)
    theirs = colleague.request("POST", path, json={}, headers=named)

    token = first.json()["token"]
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert headline(client, again.json()) == f"{CANARY} one"
    assert theirs.json()["token"] != token
    assert len(newsroom.send("GET", path)["data"]) == 2
    assert (
        tables_with(database, token.removeprefix("bp_"), metadata.sorted_tables) == []
    )


def test_reading_one_asks_no_table_of_the_newsroom(
    newsroom: Newsroom, client: TestClient, draft: Json, statements: list[str]
) -> None:
    made = newsroom.preview(draft)
    statements.clear()

    read(client, made)

    asked = {each.split("FROM ")[1].split()[0] for each in statements if "FROM" in each}
    assert (
        {"previews", "documents"} <= asked <= {table.name for table in public_tables()}
    )


def test_what_cannot_be_shown_is_refused(newsroom: Newsroom, draft: Json) -> None:
    path = f"/articles/{draft['id']}"
    for sent, pointer in (
        ({"revision": 2}, "/revision"),
        ({"ttl_seconds": 86_401}, "/ttl_seconds"),
        ({"ttl_seconds": 0}, "/ttl_seconds"),
    ):
        refused = newsroom.request("POST", f"{path}/preview", json=sent)
        [fault] = problem_of(refused)["errors"]
        assert fault["pointer"] == pointer

    newsroom.edit(draft, authors=[])
    newsroom.send("DELETE", "/authors/ada-reed", headers={"If-Match": "*"})

    outdated = newsroom.request("POST", f"{path}/preview", json={"revision": 1})
    assert problem_of(outdated)["code"] == "revision-outdated"
