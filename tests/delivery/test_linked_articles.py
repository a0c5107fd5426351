"""Stories that a body leads to: shown as they are now, and gone when withdrawn."""

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.delivery.reading import page
from tests.newsroom import Json, Newsroom, paragraph
from tests.publishing.backstage import log, position


@pytest.fixture
def guide(newsroom: Newsroom) -> Json:
    """A published story that leads to two others, one of them twice, and away."""
    ferry = newsroom.published("Ferry returns", slug="ferry")
    quay = newsroom.published("Quay reopens", slug="quay")
    links = [
        {"target_id": ferry["id"], "label": "The ferry"},
        {"target_id": quay["id"]},
        {"url": "https://tides.example/", "label": "Tides"},
    ]
    inside = [{"type": "related", "target_id": quay["id"]}, paragraph("Inside.")]
    body = [
        paragraph(),
        {"type": "related", "target_id": ferry["id"]},
        {"type": "link_list", "title": "More", "items": links},
        {"type": "box", "kind": "factbox", "title": "Facts", "blocks": inside},
    ]
    return newsroom.published("A guide", slug="guide", body=body)


def body(client: TestClient) -> list[Json]:
    blocks: list[Json] = client.get("/v1/articles/guide").json()["body"]
    return blocks


def labels(client: TestClient) -> list[str]:
    """Read the headlines of the link list."""
    [links] = [block for block in body(client) if block["type"] == "link_list"]
    return [
        item["article"]["headline"] if item["article"] else item["label"]
        for item in links["items"]
    ]


def test_a_link_shows_the_story_it_leads_to(client: TestClient, guide: Json) -> None:
    _, related, links, box = body(client)

    summary = client.get("/v1/articles/ferry").json()
    card = related["article"]
    assert card["headline"] == "Ferry returns"
    assert card == {name: summary[name] for name in card}
    assert labels(client) == ["Ferry returns", "Quay reopens", "Tides"]
    assert box["blocks"][0]["article"]["path"] == "/world/quay"
    assert links["items"][2]["article"] is None


def test_a_link_shows_a_story_as_it_is_now(
    newsroom: Newsroom, client: TestClient, guide: Json
) -> None:
    before = client.get("/v1/articles/guide")
    ferry = newsroom.send("GET", "/articles/ferry")

    newsroom.publish(newsroom.edit(ferry, headline="Ferry sinks"))

    after = client.get("/v1/articles/guide")
    assert labels(client) == ["Ferry sinks", "Quay reopens", "Tides"]
    assert "Ferry returns" not in after.text
    assert before.headers["ETag"] != after.headers["ETag"]
    assert after.json()["version"] == 1


def test_a_link_to_a_withdrawn_story_is_not_there(
    newsroom: Newsroom, client: TestClient, guide: Json
) -> None:
    ferry = newsroom.send("GET", "/articles/ferry")
    withdrawn = newsroom.withdraw(ferry)

    assert [block["type"] for block in body(client)] == [
        "paragraph",
        "link_list",
        "box",
    ]
    assert labels(client) == ["Quay reopens", "Tides"]
    assert ferry["id"] not in client.get("/v1/articles/guide").text

    newsroom.restore(withdrawn)
    assert labels(client) == ["Ferry returns", "Quay reopens", "Tides"]


def test_a_link_to_a_draft_appears_with_its_release(
    newsroom: Newsroom, client: TestClient
) -> None:
    draft = newsroom.draft("Still secret", slug="secret")
    links = [{"type": "related", "target_id": draft["id"]}, paragraph()]
    newsroom.published("A guide", slug="guide", body=links)

    hidden = client.get("/v1/articles/guide")
    assert [block["type"] for block in hidden.json()["body"]] == ["paragraph"]
    assert draft["id"] not in hidden.text

    newsroom.publish(draft)
    assert body(client)[0]["article"]["headline"] == "Still secret"


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_no_form_of_a_body_holds_the_words_of_another_story(
    newsroom: Newsroom, client: TestClient, guide: Json, form: str
) -> None:
    newsroom.withdraw(newsroom.send("GET", "/articles/ferry"))

    shown = client.get(f"/v1/articles/guide?body={form}")

    assert "Ferry returns" not in shown.text
    assert "Inside." in shown.json()[f"body_{form}"]


def test_bodies_in_lists_are_filled_in_the_same_way(
    newsroom: Newsroom, client: TestClient, guide: Json
) -> None:
    query = f"ids={guide['id']}&fields=body"
    assert page(client, query)["data"][0]["body"] == body(client)

    newsroom.withdraw(newsroom.send("GET", "/articles/ferry"))

    assert page(client, query)["data"][0]["body"] == body(client)
    newest = page(client, "fields=slug,body")["data"]
    assert [item["body"] for item in newest if item["slug"] == "guide"] == [
        body(client)
    ]


@pytest.mark.parametrize("url", ["/v1/articles/guide", "/v1/articles?fields=body"])
def test_the_log_names_a_key_of_the_answer_when_a_linked_story_comes_or_goes(
    newsroom: Newsroom, client: TestClient, database: Database, guide: Json, url: str
) -> None:
    ferry = newsroom.send("GET", "/articles/ferry")
    for verb in ("withdraw", "restore"):
        kept = client.get(url).headers["Surrogate-Key"].split()
        before = position(database)

        ferry = newsroom.verb(ferry, verb)

        [row] = log(database, before)
        assert set(kept) & set(row.keys)


def test_no_header_names_a_draft_that_a_story_leads_to(
    newsroom: Newsroom, client: TestClient
) -> None:
    draft = newsroom.draft("Still secret")
    links = [{"type": "related", "target_id": draft["id"]}]
    newsroom.published("A guide", slug="guide", body=links)

    answer = client.get("/v1/articles/guide")

    assert draft["id"] not in str(answer.headers)


def test_an_answer_that_leads_to_very_many_names_all_articles(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = [newsroom.draft(f"Story {number}")["id"] for number in range(60)]
    items = [{"target_id": each} for each in made]
    newsroom.published(
        "A guide", slug="guide", body=[{"type": "link_list", "items": items}]
    )

    keys = client.get("/v1/articles/guide").headers["Surrogate-Key"].split()

    assert "articles" in keys
    assert len(keys) < 45


def test_a_change_of_a_linked_story_is_no_time_of_the_article(
    client: TestClient, guide: Json
) -> None:
    assert "Last-Modified" not in client.get("/v1/articles/guide").headers
    assert "Last-Modified" in client.get("/v1/articles/ferry").headers
