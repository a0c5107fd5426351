"""Finding stories by words: the same ones on both databases, whatever is typed."""

import re
from collections.abc import Iterator
from html import escape
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.delivery.reading import refusal, slugs, walk
from tests.newsroom import Json, Newsroom, paragraph

SEARCH = "/v1/search"

STORIES: dict[str, Json] = {
    "ferry": {
        "headline": "Ferry returns to the harbour",
        "standfirst": "After eleven days",
        "text": "The night ferry came back to Aldmere with two hundred on board.",
        "section": "world",
        "tags": ["ports"],
        "published_at": "2026-05-01T06:00:00Z",
    },
    "strike": {
        "headline": "Dockers go back to work",
        "text": "The harbour was shut for a week. Ferries waited at sea, and a harbour"
        " pilot & his <crew> slept on board.",
        "section": "business",
        "published_at": "2026-05-02T06:00:00Z",
    },
    "bridge": {
        "headline": "The bridge at Saltgate is closed",
        "text": "Buses go round by the night road until the summer.",
        "section": "world",
        "published_at": "2026-05-03T06:00:00Z",
    },
    "old": {
        "headline": "Ferry returns to the harbour again",
        "text": "The night ferry came back to Aldmere with two hundred on board.",
        "section": "world",
        "published_at": "1996-05-01T06:00:00Z",
    },
    "wahl": {
        "headline": "Häuser am Hafen",
        "text": "Die Häuser am alten Hafen sind verkauft, nur das Café bleibt.",
        "language": "de",
        "section": "business",
        "published_at": "2026-05-04T06:00:00Z",
    },
}


@pytest.fixture(scope="module")
def client(lasting_newsroom: Newsroom) -> Iterator[TestClient]:
    """Anybody who looks for something in five stories, and in none that is hidden."""
    desk = lasting_newsroom
    for name in ("World", "Business"):
        desk.section(name)
    desk.tag("Ports")
    for slug, story in STORIES.items():
        content = dict(story)
        body = [paragraph(escape(content.pop("text")))]
        at = content.pop("published_at")
        desk.publish(desk.draft(slug=slug, body=body, **content), published_at=at)
    desk.draft("A secret ferry", section="world")
    desk.withdraw(desk.published("The ferry that was not", section="world"))
    return desk.client


def found(client: TestClient, q: str, **more: str) -> list[str]:
    answer = client.get(SEARCH, params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.json()["data"]]


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("ferry", "ferry old strike"),
        ("Ferries", "ferry old strike"),
        ("ferry harbour", "ferry old strike"),
        ("ferry nothere", ""),
        ('"night ferry"', "ferry old"),
        ('"ferry night"', ""),
        ('"night ferry', "ferry old"),
        ("“night ferry”", "ferry old"),
        ("night", "bridge ferry old"),
        ("night -ferry", "bridge"),
        ('night -"night ferry"', "bridge"),
        ('"night ferry" -again', "ferry"),
        ("bridge OR dockers", "bridge strike"),
        ("ferry OR bridge -saltgate", "ferry old strike"),
        ("OR ferry OR", "ferry old strike"),
        ("headline:harbour", "ferry old"),
        ('headline:"the harbour" again', "old"),
        ("HEADLINE:harbour -again", "ferry"),
        ("haus", "wahl"),
        ("hauser", "wahl"),
        ("cafe", "wahl"),
        ("Häuser OR bridge", "bridge wahl"),
        ("ports", "ferry"),
        ("secret", ""),
        ("-ferry", ""),
        ("", ""),
        ('"" - OR', ""),
        ("ferry's", "ferry old strike"),
    ],
)
def test_a_question_finds(client: TestClient, q: str, slugs: str) -> None:
    assert sorted(found(client, q)) == slugs.split()
    in_list = client.get("/v1/articles", params={"q": q, "total": "true"}).json()
    assert sorted(item["slug"] for item in in_list["data"]) == slugs.split()
    assert in_list["meta"]["total"] == len(slugs.split())


def test_the_best_come_first_and_of_equal_ones_the_new(client: TestClient) -> None:
    assert found(client, "harbour ferry")[0] == "ferry"
    assert found(client, "headline:harbour") == ["ferry", "old"]
    assert slugs(client, "q=headline:harbour&order=relevance") == ["ferry", "old"]


def test_the_answers_to_a_question_can_be_narrowed_and_ordered(
    client: TestClient,
) -> None:
    assert found(client, "ferry", order="newest") == ["strike", "ferry", "old"]
    assert found(client, "ferry", order="oldest") == ["old", "ferry", "strike"]
    assert found(client, "ferry", section="business") == ["strike"]
    assert found(client, "ferry", section="-business") == ["ferry", "old"]
    assert found(client, "ferry", tag="ports") == ["ferry"]
    assert found(client, "ferry", published_after="2000-01-01T00:00:00Z") == [
        *("ferry", "strike")
    ]
    assert found(client, "ferry", section="nowhere") == []
    seen = client.get("/v1/articles/ferry").json()["id"]
    assert found(client, "ferry", exclude=seen) == ["old", "strike"]


@pytest.mark.parametrize("order", ["relevance", "newest"])
def test_they_come_in_pages(client: TestClient, order: str) -> None:
    whole = found(client, "ferry OR bridge", order=order)

    query = f"q=ferry+OR+bridge&order={order}&limit=1"
    pages = walk(client, query, SEARCH)

    assert [item["slug"] for each in pages for item in each["data"]] == whole
    assert len(pages) == 4


def test_a_hit_shows_where_the_words_are(client: TestClient) -> None:
    answer = client.get(SEARCH, params={"q": "harbour board"}).json()
    [ferry, *_] = [each for each in answer["data"] if each["slug"] == "ferry"]
    [strike] = [each for each in answer["data"] if each["slug"] == "strike"]

    assert ferry["highlights"] == {
        "headline": "Ferry returns to the <mark>harbour</mark>",
        "standfirst": None,
        "body": "The night ferry came back to Aldmere with two hundred on"
        " <mark>board</mark>.",
    }
    assert strike["highlights"]["headline"] is None
    assert "<mark>harbour</mark> pilot &amp; his &lt;crew> slept on <mark>board" in (
        strike["highlights"]["body"].replace("&gt;", ">")
    )
    summary = client.get("/v1/articles?section=business").json()["data"]
    assert {k: v for k, v in strike.items() if k != "highlights"} in summary


def test_fields_of_a_hit_can_be_picked(client: TestClient) -> None:
    query = {"q": "bridge", "fields": "slug,highlights.body"}
    [item] = client.get(SEARCH, params=query).json()["data"]

    assert item == {"slug": "bridge", "highlights": {"body": None}}


@pytest.mark.parametrize(
    ("path", "query", "parameter"),
    [
        (SEARCH, "", "q"),
        (SEARCH, "q=" + "x" * 201, "q"),
        (SEARCH, "q=a&order=best", "order"),
        (SEARCH, "q=a&cursor=x", "cursor"),
        (SEARCH, "q=a&ids=x", "ids"),
        ("/v1/articles", "order=relevance", "order"),
        ("/v1/articles", f"order=relevance&ids={UUID(int=1)}", "order"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    client: TestClient, path: str, query: str, parameter: str
) -> None:
    assert refusal(client, query, path)["parameter"] == parameter


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("b", "section:Business"),
        ("bri", "article:The bridge at Saltgate is closed"),
        ("The Bri", "article:The bridge at Saltgate is closed"),
        ("PÓRT", "tag:Ports"),
        ("ferry ret", "article:Ferry returns to the harbour"),
        ("secret", ""),
        ("%", ""),
        ("", ""),
    ],
)
def test_while_it_is_typed_a_question_has_suggestions(
    client: TestClient, q: str, names: str
) -> None:
    answer = client.get("/v1/suggest", params={"q": q}).json()

    found = {f"{each['kind']}:{each['name']}" for each in answer["data"]}
    wanted = re.findall(r"\w+:[^:]+(?= \w+:|$)", names)
    assert set(wanted) <= found
    assert bool(found) == bool(wanted)


def test_a_suggestion_leads_to_its_page(client: TestClient) -> None:
    [tag] = client.get("/v1/suggest?q=por&limit=1").json()["data"]

    resolved = client.get("/v1/resolve", params={"path": tag["path"]}).json()
    assert (resolved["kind"], resolved["id"]) == (tag["kind"], tag["id"])
    assert tag["url"].endswith(tag["path"])


TYPED = st.text(
    st.sampled_from("ferry harbourORNOT\"-:*()&|!<>{}^\\/'%_+~ headline:äß日本\u0301")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=60,
)


@given(TYPED)
@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_typed_is_a_question(client: TestClient, q: str) -> None:
    for path in (SEARCH, "/v1/suggest", "/v1/articles"):
        answer = client.get(path, params={"q": q})

        assert answer.status_code == 200, answer.text
