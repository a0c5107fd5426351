"""Every filter of the list of articles: any of, all of, none of, and refusals."""

import pytest
from starlette.testclient import TestClient

from tests.delivery.reading import page, refusal, slugs
from tests.delivery.stories import four_stories
from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def paper(lasting_newsroom: Newsroom) -> Newsroom:
    """Four stories that no test of this file changes."""
    return four_stories(lasting_newsroom)


@pytest.fixture
def client(paper: Newsroom) -> TestClient:
    """Anybody who reads them."""
    return paper.client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "four three two one"),
        ("section=world", "four two one"),
        ("section=/world", "four two one"),
        ("section=world/europe", "one"),
        ("section=sport", "three two"),
        ("section=world,sport", "four three two one"),
        ("section=world&section=sport", "two"),
        ("section=-world/europe", "four three two"),
        ("section=-world", "three"),
        ("section=world&section=-sport", "four one"),
        ("author=ada", "two one"),
        ("author=ada,bo", "three two one"),
        ("author=ada&author=bo", "two"),
        ("author=-ada", "four three"),
        ("author=-ada,-bo", "four"),
        ("author=-ada&author=-bo", "four"),
        ("author=bo&author=-ada", "three"),
        ("tag=nato", "two one"),
        ("tag=nato,eu&tag=-cycling", "three one"),
        ("tag=nato&tag=eu", "one"),
        ("tag=nato,cycling&tag=eu,cycling", "two one"),
        ("type=video", "two"),
        ("type=video,gallery", "three two"),
        ("type=-article", "three two"),
        ("genre=news", "four one"),
        ("genre=-news,-opinion", "two"),
        ("language=de", "three"),
        ("language=en-GB", "one"),
        ("language=EN-gb", "one"),
        ("language=-en", "three one"),
        ("access=free", "four one"),
        ("access=registered,subscriber", "three two"),
        ("section=world&author=ada&tag=nato&genre=news", "one"),
        ("section=sport&tag=eu&access=subscriber&language=de&type=gallery", "three"),
        ("section=world&author=-ada", "four"),
        ("published_after=2026-05-02T06:00:00Z", "four three two"),
        ("published_before=2026-05-02T06:00:00Z", "one"),
        (
            "published_after=2026-05-02T06:00:00Z&published_before=2026-05-04T06:00:00Z",
            "three two",
        ),
        ("published_after=2026-05-02T08:00:00%2B02:00", "four three two"),
        ("author=ada&published_after=2026-05-02T00:00:00Z", "two"),
    ],
)
def test_a_filter_finds_what_it_says(
    client: TestClient, query: str, found: str
) -> None:
    assert slugs(client, query) == found.split()


@pytest.mark.parametrize(
    "query",
    [
        "author=cleo",
        "author=nobody",
        "tag=unused",
        "tag=never-heard-of",
        "section=nowhere/at/all",
        "section=europe",
        "author=0198c0de-0000-7000-8000-000000000000",
        "author=ada&author=nobody",
        "language=pt-BR",
        "genre=obituary",
    ],
)
def test_a_well_formed_value_that_names_nothing_gives_an_empty_list(
    client: TestClient, query: str
) -> None:
    answer = page(client, f"{query}&total=true")

    assert answer["data"] == []
    assert answer["links"]["next"] is None
    assert answer["meta"] == {"limit": 20, "total": 0, "total_is_capped": False}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("author=ada,nobody", "two one"),
        ("tag=never-heard-of,eu", "three one"),
        ("author=-nobody", "four three two one"),
        ("tag=-unused,-nato", "four three"),
    ],
)
def test_an_unknown_name_among_known_ones_adds_nothing(
    client: TestClient, query: str, found: str
) -> None:
    assert slugs(client, query) == found.split()


@pytest.mark.parametrize("kind", ["section", "author", "tag"])
def test_filters_take_ids(client: TestClient, kind: str) -> None:
    story = client.get("/v1/articles/two").json()
    named = story["section"] if kind == "section" else story[f"{kind}s"][0]

    by_id = slugs(client, f"{kind}={named['id']}")

    assert by_id == slugs(client, f"{kind}={named['id'].upper()}")
    assert "two" in by_id


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("tag=nato,-eu", "tag"),
        ("tag=-nato,eu", "tag"),
        ("section=-world,sport", "section"),
        ("genre=-news,opinion", "genre"),
        ("tag=", "tag"),
        ("tag=nato,", "tag"),
        ("author=,ada", "author"),
        ("tag=-", "tag"),
        ("tag=nato,,eu", "tag"),
        ("tag=NATO", "tag"),
        ("tag=na%20to", "tag"),
        ("tag=--nato", "tag"),
        ("section=world//europe", "section"),
        ("author=ad%C3%A4", "author"),
        ("genre=gossip", "genre"),
        ("type=podcast", "type"),
        ("access=paid", "access"),
        ("language=english", "language"),
        ("published_after=yesterday", "published_after"),
        ("published_after=2026-05-02", "published_after"),
        ("published_before=2026-05-02T06:00:00", "published_before"),
        ("updated_after=0", "updated_after"),
        ("ids=1,2", "ids"),
        ("ids=", "ids"),
        ("exclude=one", "exclude"),
        ("order=random", "order"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("total=perhaps", "total"),
        ("cursor=AAAA", "cursor"),
        ("sections=world", "sections"),
        ("order=newest&order=oldest", "order"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(
    client: TestClient, query: str, parameter: str
) -> None:
    assert refusal(client, query)["parameter"] == parameter


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("gerne=news", "genre"),
        ("genre=gossip", "obituary"),
        ("type=podcast", "liveblog"),
        ("access=paid", "subscriber"),
    ],
)
def test_a_refusal_tells_what_would_do(
    client: TestClient, query: str, told: str
) -> None:
    assert told in refusal(client, query)["detail"]


@pytest.mark.parametrize("kind", ["tag", "author", "section"])
def test_at_most_fifty_values_of_a_filter(client: TestClient, kind: str) -> None:
    fifty = ",".join(f"x{number}" for number in range(50))

    assert slugs(client, f"{kind}={fifty}") == []
    assert refusal(client, f"{kind}={fifty},y")["parameter"] == kind
    assert refusal(client, f"{kind}={fifty}&{kind}=y")["parameter"] == kind


def test_at_most_a_hundred_ids(client: TestClient) -> None:
    ids = [f"0198c0de-0000-7000-8000-{number:012}" for number in range(101)]

    assert slugs(client, f"ids={','.join(ids[:100])}") == []
    assert refusal(client, f"ids={','.join(ids)}")["parameter"] == "ids"
    assert refusal(client, f"exclude={','.join(ids)}")["parameter"] == "exclude"
