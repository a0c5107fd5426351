"""Withdrawing and restoring: gone from everywhere at once, and back as it was."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match
from tests.publishing.backstage import log


@pytest.fixture
def withdrawn(newsroom: Newsroom) -> Json:
    """An article that was renamed once and then taken back."""
    newsroom.section("World")
    newsroom.section("Europe", parent="world")
    newsroom.author("Ada Reed")
    newsroom.tag("Trade")
    article = newsroom.published(
        slug="ferry", section="world/europe", authors=["ada-reed"], tags=["trade"]
    )
    moved = newsroom.publish(newsroom.edit(article, slug="big-ferry"))
    return newsroom.withdraw(moved, reason="The source", note="Taken back: an error.")


@pytest.mark.parametrize("ref", ["id", "big-ferry", "ferry"])
def test_a_withdrawn_article_is_gone_with_its_public_note(
    client: TestClient, withdrawn: Json, ref: str
) -> None:
    named = withdrawn["id"] if ref == "id" else ref

    gone = client.get(f"/v1/articles/{named}")

    assert gone.status_code == 410
    assert gone.json()["detail"] == "Taken back: an error."
    assert "max-age" in gone.headers["Cache-Control"]
    assert "The source" not in gone.text


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"section": "world/europe"},
        {"section": "world"},
        {"author": "ada-reed"},
        {"tag": "trade"},
        {"genre": "news"},
        {"tag": "-fish"},
    ],
    ids=str,
)
def test_a_withdrawn_article_is_in_no_list(
    client: TestClient, withdrawn: Json, params: dict[str, str]
) -> None:
    assert client.get("/v1/articles", params=params).json()["data"] == []


def test_a_withdrawn_article_is_in_no_batch(
    client: TestClient, withdrawn: Json
) -> None:
    page = client.get("/v1/articles", params={"ids": withdrawn["id"]}).json()

    assert page["data"] == []


@pytest.mark.parametrize("slug", ["big-ferry", "ferry"])
def test_every_path_of_a_withdrawn_article_is_gone(
    client: TestClient, withdrawn: Json, slug: str
) -> None:
    path = f"/world/europe/{slug}"

    gone = client.get("/v1/resolve", params={"path": path}).json()

    assert gone == {
        "status": "gone",
        "http_status": 410,
        "location": None,
        "reason": "withdrawn",
        "note": "Taken back: an error.",
        "kind": "article",
        "id": withdrawn["id"],
    }


def test_a_withdrawal_without_a_note_says_nothing(
    newsroom: Newsroom, client: TestClient
) -> None:
    article = newsroom.withdraw(newsroom.published(), reason="Legal threat")

    gone = client.get(f"/v1/articles/{article['id']}")

    assert gone.status_code == 410
    assert "Legal threat" not in gone.text


def test_the_log_row_of_a_withdrawal_names_every_path(
    withdrawn: Json, database: Database
) -> None:
    published, row = log(database)[-2:]

    assert (row.event, row.version, row.change) == ("article.withdrawn", 2, None)
    assert row.path == "/world/europe/big-ferry"
    assert row.paths == ["/world/europe/ferry"]
    assert row.facets_before == published.facets_after
    assert row.facets_after == []
    assert set(published.keys) <= set(row.keys)


def test_editors_still_have_a_withdrawn_article(
    newsroom: Newsroom, withdrawn: Json
) -> None:
    edited = newsroom.edit(withdrawn, headline="Ferry returns, corrected")

    assert (edited["state"], edited["path"]) == ("withdrawn", "/world/europe/big-ferry")
    assert edited["version"] == withdrawn["version"] + 1


def test_authors_and_tags_stay_public(client: TestClient, withdrawn: Json) -> None:
    assert client.get("/v1/authors/ada-reed").status_code == 200
    assert client.get("/v1/tags/trade").status_code == 200


def test_a_restored_article_is_back_as_it_was(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    article = newsroom.published(published_at="2026-05-01T06:00:00Z")
    before = client.get(f"/v1/articles/{article['id']}").json()
    withdrawn = newsroom.withdraw(article)
    newsroom.edit(withdrawn, headline="Unreleased words")
    clock.advance(days=1)

    newsroom.restore(newsroom.send("GET", f"/articles/{article['id']}"))

    after = client.get(f"/v1/articles/{article['id']}").json()
    assert after == {**before, "version": 2, "change": "restored"}


def test_a_restored_article_is_back_in_its_lists_and_at_its_paths(
    newsroom: Newsroom, client: TestClient, withdrawn: Json, database: Database
) -> None:
    newsroom.restore(withdrawn)

    for params in ({}, {"section": "world"}, {"author": "ada-reed"}, {"tag": "trade"}):
        page = client.get("/v1/articles", params=params).json()
        assert [each["id"] for each in page["data"]] == [withdrawn["id"]]
    moved = client.get("/v1/resolve", params={"path": "/world/europe/ferry"}).json()
    assert (moved["status"], moved["location"]) == ("moved", "/world/europe/big-ferry")
    old = client.get("/v1/articles/ferry", follow_redirects=False)
    assert old.status_code == 308
    row = log(database)[-1]
    assert (row.event, row.version, row.change) == ("article.restored", 3, "restored")
    assert row.paths == ["/world/europe/ferry"]


def test_a_racing_save_does_not_block_a_withdrawal(
    newsroom: Newsroom, client: TestClient
) -> None:
    article = newsroom.published()
    newsroom.edit(article, headline="Saved meanwhile")

    newsroom.send("POST", f"/articles/{article['id']}/withdraw", json={})

    assert client.get(f"/v1/articles/{article['id']}").status_code == 410


def test_a_withdrawal_from_an_old_version_is_refused_when_it_names_one(
    newsroom: Newsroom, client: TestClient
) -> None:
    article = newsroom.published()
    newsroom.edit(article, headline="Saved meanwhile")

    refused = newsroom.request(
        "POST",
        f"/articles/{article['id']}/withdraw",
        json={},
        headers=if_match(article),
    )

    assert refused.status_code == 412
    assert client.get(f"/v1/articles/{article['id']}").status_code == 200


def test_restoring_needs_the_version(newsroom: Newsroom, withdrawn: Json) -> None:
    refused = newsroom.request("POST", f"/articles/{withdrawn['id']}/restore", json={})

    assert refused.status_code == 428


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("draft", "withdraw"),
        ("draft", "restore"),
        ("published", "restore"),
        ("withdrawn", "withdraw"),
        ("withdrawn", "publish"),
    ],
)
def test_a_verb_in_the_wrong_state_is_a_conflict(
    newsroom: Newsroom, database: Database, state: str, verb: str
) -> None:
    article = newsroom.draft()
    if state != "draft":
        article = newsroom.publish(article)
    if state == "withdrawn":
        article = newsroom.withdraw(article)
    before = len(log(database))

    refused = newsroom.request(
        "POST",
        f"/articles/{article['id']}/{verb}",
        json={},
        headers=if_match(article),
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/docs/problems/wrong-state")
    assert newsroom.send("GET", f"/articles/{article['id']}") == article
    assert len(log(database)) == before
